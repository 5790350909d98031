"""Whatever things are called: a build fails with diagnostics, or every output has a file of its own in the output."""

import unicodedata

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gazepress.build import BuildOptions, build
from gazepress.diagnostics import CODES
from support import NOW, SETTINGS, read_tree, write_site

EXAMPLES = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))

words = """
a A b boats Boats BOATS bo-ats café CAFÉ cafe index Index page pages feed feed.xml 404 404.html archive tags sections
authors storylines theme media sitemap robots.txt 2025 01 1 page-2 ß ss ﬁ fi İ i ı I K k Ω Ω човен Човен Ґ ё е́ 한 한 𝔞
ａ ａｂ ² con nul aux .hidden _set-aside -a a- a%20b %61 a+b a&b a?b a#b a:b a*b a|b "a" 'a' $a a~ untitled
""".split()
odd = [" a", "a ", "a b", "a\u200b", "\u202ea", "a\u0301\u0323", "a\u0323\u0301", "cafe\u0301", "x" * 210, "y" * 230]
nothing = ["...", "---", "…", "!!!", "%2e%2e", "%2F", "%00", "x" * 300]
names = st.one_of(
    st.sampled_from(words),
    st.sampled_from(words),
    st.sampled_from(odd),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=6),
)
doubtful = st.one_of(names, names, names, st.sampled_from(nothing))
slugs = st.one_of(st.sampled_from([word for word in words if word.isascii() and word.isalnum()]), doubtful)
file_names = names.map(lambda name: name.replace("/", "").replace("\0", "")).filter(
    lambda name: name not in ("", ".", "..") and len(name.encode("utf-8", "replace")) < 240
)
aliases = st.one_of(
    st.sampled_from(
        """
        / /a/ /A/ /a /a/index.html /a.html /a.html/ /2025/01/a/ /2025/01/A/ /2025/01/a/index.html /2025/ /2025/01/
        /tags/ /tags/a/ /Tags/A/ /page/2/ /sections/a/ /archive/2025/ /feed.xml/ /404.html /index.html
        /%61/ /b%20a/ /caf%C3%A9/ /café/ /cafe%CC%81/ /a%2Fb/ /media/a.html /theme/style.css/ /.gazepress-manifest/
        """.split()
    ),
    st.lists(doubtful, min_size=1, max_size=3).map(lambda steps: f"/{'/'.join(steps)}/"),
)


def quoted(text):
    """Return a text as YAML, in single quotes and on one line."""
    return "'" + " ".join(text.replace("'", "''").split()) + "'"


def listed(texts):
    return f"[{', '.join(map(quoted, texts))}]"


articles = st.fixed_dictionaries(
    {"folders": st.lists(file_names, max_size=2), "file": file_names, "title": names, "index": st.booleans()},
    optional={
        "slug": slugs,
        "section": names,
        "tags": st.lists(names, max_size=3),
        "authors": st.lists(names, max_size=2),
        "aliases": st.lists(aliases, max_size=2),
    },
)


def article_file(one):
    path = "/".join(["content/articles", *one["folders"], one["file"] + ("/index.md" if one["index"] else ".md")])
    matter = [f"title: {quoted(one['title'])}", "date: 2025-01-15"]
    matter += [f"{key}: {quoted(one[key])}" for key in ("slug", "section") if key in one]
    matter += [f"{key}: {listed(one[key])}" for key in ("tags", "authors", "aliases") if key in one]
    return path, "\n".join(["---", *matter, "---", "Text.", ""])


@EXAMPLES
@given(
    many=st.lists(articles, min_size=1, max_size=5),
    pages=st.lists(file_names, max_size=2),
    authors=st.lists(file_names, max_size=2),
    static=st.lists(st.lists(file_names, min_size=1, max_size=3), max_size=3),
    permalink=st.sampled_from(
        ["/{year}/{month}/{slug}/", "/{slug}/", "/{section}/{slug}/", "/tags/{slug}/", "/{year}/{slug}/"]
    ),
)
def test_every_output_has_a_file_of_its_own_in_the_output(many, pages, authors, static, permalink, tmp_path_factory):
    site = tmp_path_factory.mktemp("site")
    files = {"site.yaml": f'{SETTINGS}permalink: "{permalink}"\n'}
    files |= dict(map(article_file, many))
    files |= {f"content/pages/{name}.md": f"---\ntitle: {quoted(name)}\n---\nText.\n" for name in pages}
    files |= {f"content/authors/{name}.md": f"---\nname: {quoted(name)}\n---\nText.\n" for name in authors}
    files |= {f"static/{'/'.join(steps)}": "Static." for steps in static}
    try:
        write_site(site, {path: text.encode("utf-8", "surrogatepass") for path, text in files.items()})
    except (OSError, UnicodeEncodeError):  # one name for a file and a folder, or none that a disk can hold
        assume(False)  # noqa: FBT003 - the way to say it
    outside = read_tree(site)
    result = build(BuildOptions(site=site, now=NOW, jobs=1, cache=False))
    inside = {path: data for path, data in read_tree(site).items() if path.startswith("public/")}
    assert {path: data for path, data in read_tree(site).items() if path not in inside} == outside
    if result.published is None:
        assert any(one.severity == "error" for one in result.diagnostics)
        assert all(one.code in CODES for one in result.diagnostics)
        assert not inside
        return
    written = result.published.written
    assert len(written) == result.counts.outputs
    assert {f"public/{path}" for path in written} == {path for path in inside if "/.gazepress" not in path}
    assert len({same_on_some_disks(path) for path in written}) == len(written)
    for path in written:
        assert path.split("/")[0] not in ("..", ".", "")
        assert all(len(step.encode()) <= 255 for step in path.split("/"))


def same_on_some_disks(path):
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
