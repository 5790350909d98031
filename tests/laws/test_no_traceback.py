"""Whatever stands in a site's files: a build ends soon, with diagnostics or a site, and never with a traceback."""

import os
import subprocess
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gazepress.build import BuildOptions, WrongUseError, build
from gazepress.diagnostics import CODES
from gazepress.model import AuthorMatter, FrontMatter, PageMatter
from gazepress.settings import Settings
from support import NOW, SETTINGS, article, write_site

SVG = "<svg xmlns='http://www.w3.org/2000/svg'/>"
GOOD = {
    "site.yaml": SETTINGS,
    "content/articles/industry/one.md": article("One", "Text.\n\n## Part\n\n![A map](map.svg)", tags="[boats]"),
    "content/articles/two.md": article("Two", "As The Gaze reported earlier, [one](industry/one.md).", authors="[Ann]"),
    "content/articles/industry/map.svg": SVG,
    "content/authors/ann.md": "---\nname: Ann\n---\nShe writes.\n",
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    "templates/article.html": '{% extends "theme/article.html" %}',
}
UNTIL_IT_ENDS = 10  # seconds; nearly all builds here take some hundredths of one
EXAMPLES = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def builds(files, folder):
    """Build the good site with other files in it, and say what came of it."""
    site = write_site(folder, {**GOOD, **files})
    start = time.monotonic()
    try:
        result = build(BuildOptions(site=site, now=NOW, jobs=1))
    except WrongUseError:
        return None
    assert time.monotonic() - start < UNTIL_IT_ENDS
    errors = [one for one in result.diagnostics if one.severity == "error"]
    assert (result.published is None) == bool(errors), result.diagnostics
    for one in result.diagnostics:
        assert one.code in CODES
        assert one.message
    return result


# ------------------------------------------------------------------------------------------------- random bytes

pieces_of_files = st.lists(
    st.one_of(
        st.sampled_from(
            [b"---\n", b"title: ", b"date: 2025-01-01\n", b"name: A\n", b"url: https://a.example/\n", b"\r\n"]
        ),
        st.sampled_from(
            [b"{%", b"%}", b"{{", b"}}", b"{#", b"<svg ", b"<!DOCTYPE", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00"]
        ),
        st.binary(max_size=12),
        st.text(max_size=8).map(lambda text: text.encode("utf-8", "surrogatepass")),
    ),
    max_size=12,
).map(b"".join)


@EXAMPLES
@given(
    path=st.sampled_from([*GOOD, "templates/base.html", "templates/partials/card.html", "static/any.html"]),
    data=pieces_of_files,
)
def test_any_file_may_hold_any_bytes(path, data, tmp_path_factory):
    builds({path: data}, tmp_path_factory.mktemp("bytes"))


# ------------------------------------------------------------------------- front matter and settings, nearly right

words = st.one_of(
    st.sampled_from(
        """
        ~ null "" '' yes no 0 -1 1e9 0x1F 1_000 .inf 12:30 2025-01-01 2025-02-30 2025-13-01T00:00 9999-12-31 0001-01-01
        01.02.2025 "2025-01-01T12:00:00+99:00" 2025-03-30T03:30 2025-10-26T03:30+25 [] {} [[]] [{}] {a:} [~] [""] {src:}
        {src: x.png} {src: map.svg, alt: [a]} [{name: N}] [{name: N, url: "javascript:x"}] [{date: x, text: t}] draft
        ready report correction One [One, Two] ../two.md /about/ "#part" [/old/] [/] [//] ["/../"] ["/%00/"] en uk x-y
        zz-ZZZZZZZZZ Europe/Kyiv Mars/Olympus ../UTC "/{slug}/" "/{year}/{slug}/" "{{ 7*7 }}" "\\ud83d" "\\0" "\\x85"
        "\\u2028" &a *a !!binary !x | > - ? : @ ` % # <<: public . .. content /tmp a/b/c warning error full summary
        """.split()
    ),
    st.text(max_size=20),
    st.text("aбв –’«😀\u202e\u0301\u200b", max_size=20),
)
values = st.one_of(
    words,
    st.lists(words, max_size=3).map(lambda many: f"[{', '.join(many)}]"),
    st.lists(words, max_size=3).map(lambda many: "".join(f"\n  - {one}" for one in many)),
    st.dictionaries(
        st.sampled_from("src alt name url date text kind slug title en items".split()), words, max_size=3
    ).map(lambda pairs: "".join(f"\n  {key}: {value}" for key, value in pairs.items())),
)


def yaml_of(record, always):
    keys = st.sampled_from([*record.__struct_fields__, "unknown", "Title", "<<", "? a"])
    pairs = st.lists(st.tuples(keys, values), max_size=4)
    return pairs.map(lambda many: "".join(f"{key}: {value}\n" for key, value in [*always.items(), *many]))


@EXAMPLES
@given(
    path=st.sampled_from(["content/articles/two.md", "content/pages/about.md", "content/authors/ann.md"]),
    data=st.data(),
)
def test_front_matter_may_be_nearly_right(path, data, tmp_path_factory):
    records = {"articles": FrontMatter, "pages": PageMatter, "authors": AuthorMatter}
    record = records[path.split("/")[1]]
    always = {"title": "Two", "date": "2025-02-01", "name": "Ann"}
    always = {key: value for key, value in always.items() if key in record.__struct_fields__}
    if data.draw(st.booleans()):
        always = {}
    yaml = data.draw(yaml_of(record, always))
    builds({path: f"---\n{yaml}---\nText.\n".encode("utf-8", "surrogatepass")}, tmp_path_factory.mktemp("matter"))


@EXAMPLES
@given(yaml=yaml_of(Settings, {"title": "The Gaze", "url": "https://gaze.example/"}))
def test_settings_may_be_nearly_right(yaml, tmp_path_factory):
    builds({"site.yaml": yaml.encode("utf-8", "surrogatepass")}, tmp_path_factory.mktemp("settings"))


# ----------------------------------------------------------------------------------- text, templates and drawings

MARKS = """
# ## > - 1. * ** _ ` ``` ~~~ ~~ | |- : \\ < > & [ ] ( ) ![ ]( [[ ]] [[One]] [[One|words]] [[#part]] [^1] [^1]:
[one](industry/one.md#part) [x](../../../x) [x](/about/) [x](#part) [x](<a b.md>) [x](javascript:y) ![x](map.svg)
![](map.svg "t") {#id} {.c onclick="x"} <div> </div> <b <script> </script> <!-- --> <svg <td> <img src=x alt=y>
</p> &amp; &#0; &#xD800; http://a.example {{ }} {% %} 😀
""".split()
PHRASES = ["Read more on The Gaze: One", "Read also:", "As The Gaze reported earlier, ", "[[ ]]", ": a definition"]
BREAKS = ["\n", "\n\n", "\n    ", "\n\n- ", "\n> ", "\t", " ", "\x00", "\u2028", "\u202e"]
SENTENCES = ["The Gaze reports this, referring to ", "The Gaze reports, citing the ministry.", "Term"]
marks = st.sampled_from([*MARKS, *PHRASES, *BREAKS, *BREAKS, *SENTENCES])
markdown = st.lists(st.one_of(marks, st.text(max_size=5)), max_size=25).map("".join)


@EXAMPLES
@given(text=markdown, kind=st.sampled_from(["article", "page", "author", "draft"]))
def test_a_text_may_hold_any_markdown(text, kind, tmp_path_factory):
    path, matter = {
        "article": ("content/articles/three.md", "title: Three\ndate: 2025-03-01\n"),
        "draft": ("content/articles/three.md", "title: Three\ndate: 2025-03-01\nstatus: draft\n"),
        "page": ("content/pages/more.md", "title: More\n"),
        "author": ("content/authors/ben.md", "name: Ben\n"),
    }[kind]
    data = f"---\n{matter}---\n{text}\n".encode("utf-8", "surrogatepass")
    builds({path: data}, tmp_path_factory.mktemp("text"))


EXPRESSIONS = """
article article.title article.titel article.extra.a.b site.menu[0].url head.title|upper article|tojson
article.published|date article.title|date("xx") x|default("") 1/0 "a"*9 []|first none.x article.body[0]|safe range(3)
self.main() caller() loop.index article["title"] article.title.format() "".join(article.tags) article.tags|sum
article.tags|sort(attribute="x") article.words|round(-1,"x") "%s%s"|format(1) article.title|truncate(-1)
article.title|wordwrap(0) article.__class__ article.title|batch(0)|list super() cycler() namespace(a=1).b
dict(a=1).items() lipsum() article.published.strftime("%Q")
""".split()
TAGS = [
    "endif",
    "endfor",
    "block main",
    "endblock",
    "raw",
    "endraw",
    'extends "base.html"',
    'extends "theme/article.html"',
    'include "article.html"',
    'include "none.html"',
    "include article.title",
    'from "partials/card.html" import card',
    "if article",
    "for x in article",
    "for x in article.tags",
    "set x = article",
    "macro m()",
    "endmacro",
    "",
]
jinja = st.lists(
    st.one_of(
        st.sampled_from(EXPRESSIONS).map("{{{{ {} }}}}".format),
        st.sampled_from(TAGS).map("{{% {} %}}".format),
        st.sampled_from(["{{", "}}", "{#", "#}", "{%-", "-%}", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"]),
        st.text(max_size=6),
    ),
    max_size=6,
).map("".join)


@EXAMPLES
@given(
    name=st.sampled_from(
        ["article.html", "base.html", "home.html", "partials/card.html", "redirect.html", "other.html"]
    ),
    source=jinja,
)
def test_a_template_may_hold_any_jinja(name, source, tmp_path_factory):
    data = source.encode("utf-8", "surrogatepass")
    builds({f"templates/{name}": data}, tmp_path_factory.mktemp("template"))


XML = """
<svg xmlns='http://www.w3.org/2000/svg'> </svg> <svg> <g/> <g> </g> <script> </script> <a\thref='x'/> <!-- -->
<!DOCTYPE <!ENTITY &a; &#0; <?xml ?> <![CDATA[ ]]> <style> </style> url(x) @import xlink:href='y' onload='z' <x:y/>
""".split()
ENCODINGS = [f"<?xml version='1.0' encoding='{name}'?>" for name in ("utf-8", "utf-16", "koi8-r", "gb2312", "x")]
drawings = st.lists(st.sampled_from([*XML, *ENCODINGS, "\x00", "\ufeff"]), max_size=8).map(" ".join)


@EXAMPLES
@given(drawing=drawings)
@example(drawing="<?xml version='1.0' encoding='no-such-thing'?><svg xmlns='http://www.w3.org/2000/svg'/>")
def test_a_drawing_may_hold_any_xml(drawing, tmp_path_factory):
    builds({"content/articles/industry/map.svg": drawing}, tmp_path_factory.mktemp("drawing"))


# ---------------------------------------------------------------------------------------------------- size and time

BOMBS = {
    "open brackets": "[" * 30_000,
    "open pictures": "![" * 15_000,
    "wiki links": "[[" * 15_000,
    "links in links": "[a](" * 10_000,
    "stars": "*a " * 10_000,
    "stars and underscores": "*_" * 15_000,
    "backticks": "".join("`" * (number % 50) + " " for number in range(2_000)),
    "angle brackets": "<a" * 15_000,
    "comments": "<!-- " * 6_000,
    "entities": "&#" * 15_000,
    "quotes": ">" * 20_000,
    "lists": "- " * 10_000,
    "deep lists": "\n".join(" " * (2 * number) + "- a" for number in range(200)),
    "braces": "[a]{" * 8_000,
    "footnotes": "[^1]" * 8_000 + "\n\n[^1]: a\n",
    "footnote definitions": "".join(f"[^{number}]: [^{number}]\n" for number in range(3_000)),
    "link definitions": "".join(f"[{number}]: /about/\n" for number in range(3_000)) + "[1] " * 5_000,
    "tables": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|b" * 5_000,
    "read-more lines": "Read more: One\n" * 3_000,
    "read-more labels": "Read more" * 5_000 + ": One",
    "colons": "a: " * 10_000,
    "earlier coverage": "As The Gaze reported earlier, " * 2_000,
    "attributions": "The Gaze reports this, referring to " * 2_000,
    "headings": "## A\n\n" * 5_000,
    "nested elements": "<div>" * 8_000,
    "open elements": "<b>" * 8_000,
    "one word": "a" * 200_000,
    "addresses": "https://a.example/" * 5_000,
    "references": "[[Nothing Like It]] [x](nothing.md) [x](/nothing/) [x](#nothing) ![x](nothing.svg)\n\n" * 500,
    "spaces": " " * 100_000 + "a",
    "line ends": "\n" * 100_000 + "a",
    "definitions": "a\n: b\n\n" * 3_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_no_text_takes_long(text, tmp_path):
    builds({"content/articles/three.md": article("Three", text)}, tmp_path)


YAML_BOMBS = {
    "lists in lists": "extra: {a: " + "[" * 5_000,
    "closed lists in lists": "extra: {a: " + "[" * 5_000 + "]" * 5_000 + "}",
    "keys in keys": "extra:\n" + "\n".join(" " * number + "a:" for number in range(1, 1_000)),
    "dashes": "tags: \n  " + "- " * 20_000,
    "aliases": "extra:\n  a: &a [x, x]\n"
    + "".join(f"  k{number}: &k{number} [{f'*k{number - 1}, ' * 9 if number else '*a'}]\n" for number in range(30)),
    "keys": "".join(f"key{number}: 1\n" for number in range(3_000)),
    "twice": "title: x\n" * 3_000,
    "a long text": "summary: " + "a " * 100_000,
    "a long key": "a" * 100_000 + ": 1",
    "tags": f"tags: [{', '.join(f'tag {number}' for number in range(2_000))}]",
    "tags as many as may be": f"tags: [{', '.join(f'tag {number}' for number in range(100))}]",
    "authors": f"authors: [{', '.join(f'author {number}' for number in range(2_000))}]",
    "references": f"related: [{', '.join(f'nothing {number}' for number in range(1_000))}]",
    "quotes": "title: " + "'" * 50_001,
    "spaces": "summary: a" + " " * 100_000 + "b",
    "anchors": "extra: " + "".join(f"&a{number} " for number in range(1_000)),
}


@pytest.mark.parametrize("yaml", YAML_BOMBS.values(), ids=YAML_BOMBS.keys())
def test_no_front_matter_takes_long(yaml, tmp_path):
    builds({"content/articles/three.md": f"---\ntitle: Three\ndate: 2025-01-01\n{yaml}\n---\nText.\n"}, tmp_path)


def test_no_drawing_takes_long(tmp_path):
    entities = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 20))
    laughs = f'<!DOCTYPE svg [<!ENTITY a0 "ha">{entities}]>{SVG[:-2]}>&a19;</svg>'
    deep = "<svg xmlns='http://www.w3.org/2000/svg'>" + "<g>" * 100_000
    for drawing in (laughs, deep, deep + "</g>" * 100_000 + "</svg>"):
        assert builds({"content/articles/industry/map.svg": drawing}, tmp_path)


# -------------------------------------------------------------------------------------------- links and odd files


def codes(result):
    return sorted((one.path, one.code) for one in result.diagnostics if one.severity == "error")


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "/dev/zero", "/dev/stdin", "../outside.md", "..", "/"])
@pytest.mark.parametrize(
    "place", ["content/articles/link.md", "content/articles/link", "static/link", "templates/link.html"]
)
def test_a_link_out_of_the_site_is_an_error_at_its_place(place, target, tmp_path):
    (tmp_path / "outside.md").write_text(article("Outside"), "utf-8")
    site = write_site(tmp_path / "site", {**GOOD, "static/a.txt": "a"})
    relative = "../" * place.count("/") + target if target.startswith("..") else target
    (site / place).symlink_to(relative)
    result = builds({}, site)
    assert codes(result) == [(place, "outside-site")]
    assert "out of the site folder" in result.diagnostics[0].message


@pytest.mark.parametrize("target", ["nothing.md", "loop.md", ".", "../..", "../articles"])
def test_a_link_that_leads_nowhere_or_in_a_circle_is_an_error_at_its_place(target, tmp_path):
    write_site(tmp_path, GOOD)
    (tmp_path / "content/articles/loop.md").symlink_to(target)
    assert codes(builds({}, tmp_path)) == [("content/articles/loop.md", "unreadable")]


def test_a_link_inside_of_the_site_is_followed(tmp_path):
    write_site(tmp_path, GOOD)
    (tmp_path / "content/articles/again.md").symlink_to("two.md")
    assert "2025/10/again/index.html" in builds({}, tmp_path).published.written


def test_a_link_into_the_output_is_an_error_at_its_place(tmp_path):
    write_site(tmp_path, GOOD)
    assert builds({}, tmp_path).published
    (tmp_path / "static").mkdir()
    (tmp_path / "static/copy").symlink_to("../public")
    assert codes(builds({}, tmp_path)) == [("static/copy", "outside-site")]


def test_pipes_sockets_and_the_like_are_not_waited_for(tmp_path):
    write_site(tmp_path, GOOD)
    for place in ("content/articles/pipe.md", "content/articles/industry/pipe.svg", "templates/pipe.html"):
        os.mkfifo(tmp_path / place)
    assert builds({}, tmp_path).published


def test_file_names_may_hold_anything(tmp_path):
    write_site(tmp_path, GOOD)
    folder = tmp_path / "content/articles/odd"
    folder.mkdir()
    for number, name in enumerate(
        ["line\nend", "t\tab", "\x1b[31m", "a'b\"c", "%s{0}", "-rf", "con", "a" * 240, "\u202eabc", "$(x)"]
    ):
        (folder / f"{name}.md").write_text(article(f"Odd {number}"), "utf-8")
    (folder / "…\x1b[31m.md").write_text("---\ntitle: [\n---\n", "utf-8")
    os.close(os.open(os.fsencode(folder) + b"/\xff\xfe.md", os.O_CREAT | os.O_WRONLY))
    result = builds({}, tmp_path)
    assert {code for _, code in codes(result)} == {"encoding", "yaml-syntax"}


def test_folders_may_be_nested_deeper_than_paths_can_name(tmp_path):
    write_site(tmp_path, GOOD)
    place = tmp_path / "content/articles/deep"
    place.mkdir()
    here = os.open(place, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("deep", dir_fd=here)
        here, above = os.open("deep", os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(here)
    try:
        assert [code for _, code in codes(builds({}, tmp_path))] == ["unreadable"]
    finally:
        subprocess.run(["rm", "-r", place], check=True)  # Python's own way is too deep for its stack


# --------------------------------------------------------------------------------------------------- the program

PROGRAMS = {
    "bytes everywhere": dict.fromkeys(GOOD, b"\xff\x00\n---\n{% {{"),
    "nothing everywhere": dict.fromkeys(GOOD, ""),
    "settings": {"site.yaml": b"\x00"},
    "half a character": {"content/articles/two.md": '---\ntitle: "\\ud83d"\ndate: 2025-01-01\n---\n'},
    "a template that never ends": {"templates/article.html": '{% include "article.html" %}'},
    "control characters": {"content/articles/\x1b]0;x\x07.md": "---\ntitle: \x1b[31m\n---\n\x1b[31m"},
}


@pytest.mark.parametrize("files", PROGRAMS.values(), ids=PROGRAMS.keys())
@pytest.mark.parametrize("shape", ["text", "json"])
def test_the_program_never_prints_a_traceback(files, shape, tmp_path, gazepress):
    write_site(tmp_path, {**GOOD, **files})
    for command in (["build", "--format", shape], ["graph"]):
        ended = gazepress(*command, "--now", NOW, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
        said = ended.stdout + ended.stderr
        assert ended.returncode in (0, 1)
        assert "Traceback" not in said
        assert "\x1b" not in said
