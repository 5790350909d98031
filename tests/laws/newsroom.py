"""A newsroom's site of some thirty articles, and whatever its editors do to it."""

import os
import re
import shutil
from pathlib import Path

import yaml

from gazepress import theme
from gazepress.build import BuildOptions, build
from support import article, photograph, write_site

OF_THE_MACHINE = ("cache-rebuilt", "output-mended", "output-foreign")
"""Codes that tell of this folder's cache and output, and nothing of the site."""

MOMENTS = [
    "2025-12-01T00:00:00+00:00",
    "2026-01-01T12:00:00+00:00",
    "2026-02-28T23:59:59+00:00",
    "2026-03-01T00:00:00+00:00",
    "2026-06-01T07:00:00+00:00",
    "2027-01-01T00:00:00+00:00",
]
SETTINGS = {
    "title": "The Gaze",
    "url": "https://gaze.example/",
    "description": "Steel and glass.",
    "timezone": "Europe/Kyiv",
    "per_page": 5,
    "sections": [{"slug": "policy", "name": "Policy"}, {"slug": "drones", "name": "Drones", "description": "Wings."}],
    "menu": [{"title": "Policy", "url": "/sections/policy/"}, {"title": "About", "url": "/about/"}],
    "feeds": {"site": {"items": 6, "archive": True}, "sections": {"formats": ["rss"], "items": 6}},
    "related": {"count": 3, "newer": False},
    "partners": {"ninjs": True, "items": 5, "api": True, "oembed": True},
    "theme": {"css": "/custom.css"},
    "precompress": ["gzip"],
}
TAGS = ["radar", "Radar", "steel", "optics", "engines", "export", "ammunition"]
AUTHORS = ["ann", "Bo Li", "Cy Dee"]
FOLDERS = ["policy", "drones", "drones/2025", "industry", ""]
PHOTOGRAPH = "content/articles/industry/yard.jpg"
MARKERS = {"status": "draft", "embargo": '"2026-06-01T09:00:00+02:00"', "date": "2026-03-01"}


def newsroom_files():
    """Return the files of the site by their paths."""
    files = {"site.yaml": yaml.safe_dump(SETTINGS, sort_keys=False)}
    for number in range(30):
        folder = FOLDERS[number % len(FOLDERS)]
        tags = f"[{TAGS[number % 7]}, {TAGS[number * 3 % 7]}]"
        name = f"r{number:02}/index.md" if number % 9 == 4 else f"r{number:02}.md"
        matter = {"tags": tags, "authors": f"[{AUTHORS[number % 3]}]"}
        matter["date"] = f"2025-{number % 11 + 1:02}-{number % 5 + 10} 09:{number:02}"
        matter |= {2: {"summary": "A summary."}, 3: {"status": "draft"}, 8: {"embargo": MARKERS["embargo"]}}.get(
            number, {}
        )
        matter |= {13: {"date": "2026-03-01"}, 17: {"updated": "2025-12-01 10:00"}}.get(number, {})
        matter |= {6: {"lang": "de", "translates": "r21"}, 22: {"lang": "uk", "translates": "Report 21"}}.get(
            number, {}
        )
        matter |= {16: {"follows": "[r05]"}, 27: {"follows": "[Report 16]"}, 20: {"aliases": "[/old/20/]"}}.get(
            number, {}
        )
        matter |= {21: {"related": "[r10, r11]"}, 24: {"mood": "good"}, 25: {"kind": "analysis"}}.get(number, {})
        files[f"content/articles/{folder}/{name}".replace("//", "/")] = article(
            f"Report {number}", TEXTS.get(number, f"What number {number} has to say.\n\n## Prices\n\nHigh."), **matter
        )
    files["content/_front.yaml"] = "slots:\n  - {title: Furnaces, articles: [r23, Report 10]}\n"
    files["content/articles/industry/r23.md"] += "\n![A furnace](furnace.svg)\n"
    files["content/articles/industry/furnace.svg"] = "<svg xmlns='http://www.w3.org/2000/svg'><title>1</title></svg>"
    files["content/articles/drones/2025/r22/plan.svg"] = (
        "<svg xmlns='http://www.w3.org/2000/svg'><title>2</title></svg>"
    )
    files["content/authors/ann.md"] = "---\nname: Ann Lee\nrole: Editor\n---\nBiography, with [[Report 10]].\n"
    files["content/authors/bo.md"] = "---\nname: Bo Li\n---\nBiography.\n"
    files["content/pages/about.md"] = "---\ntitle: About\n---\nWe wrote [[Report 11]].\n"
    files["content/pages/contact.md"] = "---\ntitle: Contact\n---\nWrite to us.\n"
    files[PHOTOGRAPH] = photograph()
    files["static/images/logo.svg"] = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    files["static/notes.txt"] = "Notes.\n"
    files["static/custom.css"] = "a { mask: url(images/logo.svg) }\n"
    files["templates/partials/footer-note.html"] = "<p>{{ site.title }}, founded in 1911.</p>\n"
    return files


TEXTS = {
    4: "See [[Report 2]] and [the prices](../policy/r05.md#prices).",
    7: "Read more on The Gaze: Report 2",
    9: "**Read also:**\n\n- Report 1\n- [[r05]]",
    12: "As The Gaze reported earlier, [something else](../../industry/r23.md) happened.",
    14: "As The Gaze reported earlier, something happened. The Gaze reports this, referring to the Ministry.",
    22: "![A plan](plan.svg)\n\nУ тексті є план.",
    18: "Text with <script>alert(1)</script> in it, and [[Report 12|a link]].",
    19: "See [us](../pages/about.md), [the tag](/tags/steel/) and [the drawing](industry/furnace.svg).",
}


class Newsroom:
    """The site in a folder. All paths are from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = write_site(folder, newsroom_files())
        self.edits = 0

    def articles(self):
        return sorted(file.relative_to(self.folder).as_posix() for file in self.folder.glob("content/articles/**/*.md"))

    def sources(self):
        """Return the bytes of all that belongs to the site, by path."""
        files = {}
        for top in ("site.yaml", "urls.lock", "content", "static", "templates"):
            for file in [self.folder / top, *(self.folder / top).rglob("*")]:
                if file.is_file():
                    files[file.relative_to(self.folder).as_posix()] = file.read_bytes()
        return files

    def restore(self, files):
        """Make the site's files those that sources() once returned; what is the same is not touched."""
        now = self.sources()
        for path in now.keys() - files.keys():
            (self.folder / path).unlink()
        for path in files.keys() - now.keys() | {
            path for path in files.keys() & now.keys() if files[path] != now[path]
        }:
            self.write(path, files[path])

    def read(self, path):
        return (self.folder / path).read_text("utf-8")

    def write(self, path, text):
        write_site(self.folder, {path: text})

    def move(self, path, target):
        (self.folder / target).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).rename(self.folder / target)

    def new(self):
        """Return a number that no edit before has had."""
        self.edits += 1
        return self.edits

    def copy(self, target):
        """Copy the site as a checkout elsewhere would hold it: no output, no cache."""
        shutil.copytree(self.folder, target, ignore=shutil.ignore_patterns("public*", ".gazepress"))
        return target


def cached(room, now, memory=None, **options):
    """Build the site in this process, with the cache as soon as there is one, and what a ``Memory`` has at hand."""
    return build(BuildOptions(**{"site": room.folder, "now": now, "jobs": 1, **options}), memory=memory)


def clean(site, output, now, **options):
    """Build a site in this process without a cache."""
    return build(BuildOptions(**{"site": site, "now": now, "jobs": 1, "output": output, "cache": False, **options}))


def tree(folder):
    """Return all files and folders of an output by their paths, but for what gazepress keeps there for itself."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes() if one.is_file() else None
        for one in folder.rglob("*")
        if not one.name.startswith(".gazepress")
    }


def said(result):
    """Return what a build said of the site, and did not of the folders that it worked in."""
    found = [one for one in result.diagnostics if one.code not in OF_THE_MACHINE]
    counts = (result.counts.articles, result.counts.pages, result.counts.outputs)
    return found, counts, result.held, result.next_change


def with_key(text, key, value):
    """Return a text with a key of its front matter set, or taken out if the value is None."""
    _, matter, body = text.split("---\n", 2)
    lines = [line for line in matter.splitlines() if not line.startswith(f"{key}:")]
    lines += [f"{key}: {value}"] if value is not None else []
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def title_of(text):
    return re.search('^title: "(.*)"$', text, re.MULTILINE)[1]


# --------------------------------------------------------------------- edits: each is given the site and a Random


def _sets(key, values):
    """Return the edit that gives a key of an article another value."""

    def edit(room, random):
        path = random.choice(room.articles())
        room.write(path, with_key(room.read(path), key, random.choice(values)))

    edit.__name__ = f"set_{key}"
    return edit


def edit_body(room, random):
    path = random.choice(room.articles())
    room.write(path, f"{room.read(path)}\nSentence {room.new()}.\n")


def edit_body_and_keep_size_and_time(room, random):
    path = random.choice(room.articles())
    file = room.folder / path
    stat = file.stat()
    head, body = room.read(path).rsplit("---\n", 1)
    at = random.choice([at for at, letter in enumerate(body) if letter.isalpha() and letter.islower()])
    letter = "o" if body[at] != "o" else "a"
    room.write(path, f"{head}---\n{body[:at]}{letter}{body[at + 1 :]}")
    assert file.stat().st_size in (stat.st_size, stat.st_size - 1)  # one letter less where a Cyrillic one was
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def change_title(room, random):
    path = random.choice(room.articles())
    room.write(path, with_key(room.read(path), "title", f'"Another Report {room.new()}"'))


def change_title_and_references(room, random):
    path = random.choice(room.articles())
    old, new = title_of(room.read(path)), f"Renamed Report {room.new()}"
    for name, data in room.sources().items():
        if name.endswith(".md"):
            room.write(name, re.sub(rf"{re.escape(old)}(?!\d)", new, data.decode()))


def refer_to_another(room, random):
    path, other = random.sample(room.articles(), 2)
    title = title_of(room.read(other))
    lines = [
        f"See [[{title}]].",
        f"Read more on The Gaze: {title}",
        f"As The Gaze reported earlier, [this]({os.path.relpath(other, Path(path).parent)}) happened.",
        f"As The Gaze reported earlier, [[{title}|this]] happened.",
    ]
    room.write(path, f"{room.read(path)}\n{random.choice(lines)}\n")


def follow_another(room, random):
    path, other = random.sample(room.articles(), 2)
    key = random.choice(["follows", "related"])
    room.write(path, with_key(room.read(path), key, random.choice([f'["{title_of(room.read(other))}"]', None])))


def translate_another(room, random):
    path, other = random.sample(room.articles(), 2)
    text = with_key(room.read(path), "lang", random.choice(["uk", "de", "fr"]))
    room.write(path, with_key(text, "translates", random.choice([f'"{title_of(room.read(other))}"', None])))


def write_nonsense(room, random):
    path = random.choice(room.articles())
    nonsense = ["See [[Nothing at all]].", "<blink>Text</blink>", "[x](javascript:alert(1))", "![](none.svg)"]
    room.write(path, f"{room.read(path)}\n{random.choice(nonsense)}\n")


def break_front_matter(room, random):
    path = random.choice(room.articles())
    room.write(path, with_key(room.read(path), "date", random.choice(["never", "2025-13-01", "[", None])))


def add_article(room, random):
    number = room.new()
    date = random.choice(["2025-06-15", "2025-12-31 10:00", "2024-02-29", "2026-03-01"])
    path = f"content/articles/{random.choice([*FOLDERS, 'space'])}/new-{number}.md".replace("//", "/")
    room.write(path, article(f"New Report {number}", "New.", date=date, tags=f"[{random.choice(TAGS)}]"))


def copy_article(room, random):
    path = random.choice(room.articles())
    number = room.new()
    room.write(f"content/articles/copy-{number}.md", room.read(path))


def swap_two_articles(room, random):
    one, other = random.sample(room.articles(), 2)
    texts = room.read(one), room.read(other)
    room.write(one, texts[1])
    room.write(other, texts[0])


def move_article(room, random):
    path = random.choice(room.articles())
    folder = random.choice([*FOLDERS, "space"])
    name = Path(path).name if Path(path).name != "index.md" else f"{Path(path).parent.name}.md"
    target = f"content/articles/{folder}/{name}".replace("//", "/")
    if not (room.folder / target).exists():
        room.move(path, target)


def rename_article_with_alias(room, random):
    path = random.choice([path for path in room.articles() if not path.endswith("index.md")])
    year, month = re.search(r"date: (\d+)-(\d+)", room.read(path)).groups()
    target = f"{Path(path).parent}/renamed-{room.new()}.md"
    room.write(path, with_key(room.read(path), "aliases", f"[/{year}/{month}/{Path(path).stem.lower()}/]"))
    room.move(path, target)
    for name, data in room.sources().items():
        if name.endswith(".md") and Path(path).stem in data.decode():
            new = re.sub(rf"\b{re.escape(Path(path).stem)}\b(?!/)", Path(target).stem, data.decode())
            room.write(name, new)


def rename_article_by_case(room, random):
    path = random.choice(room.articles())
    name = Path(path).name if Path(path).name != "index.md" else Path(path).parent.name
    target = path.replace(f"/{name}", f"/{name.removesuffix('.md').swapcase()}{'.md' * name.endswith('.md')}")
    room.move(path, target)


def delete_article(room, random):
    (room.folder / random.choice(room.articles())).unlink()


def hold_back(room, random):
    path = random.choice(room.articles())
    key = random.choice(list(MARKERS))
    room.write(path, with_key(room.read(path), key, MARKERS[key]))


def release(room, random):
    held = [
        path for path in room.articles() if any(f"{key}: {mark}\n" in room.read(path) for key, mark in MARKERS.items())
    ]
    if held:
        path = random.choice(held)
        text = room.read(path)
        for key, mark in MARKERS.items():
            if f"{key}: {mark}\n" in text:
                text = with_key(text, key, "2025-11-11" if key == "date" else None)
        room.write(path, text)


def edit_author(room, random):
    choices = {
        "content/authors/ann.md": ["---\nname: Ann Lee\nrole: {}\n---\nText.\n", "---\nname: Ann {}\n---\nText.\n"],
        "content/authors/bo.md": [
            "---\nname: Bo Li\n---\nBiography {}.\n",
            "---\nname: Bo Li\nsummary: {}.\n---\nText.\n",
        ],
        "content/authors/cy.md": [
            "---\nname: Cy Dee\n---\nBiography {}.\n",
            "---\nname: Cy Dee\nrole: {}\n---\n[[r10]]\n",
        ],
    }
    path = random.choice(list(choices))
    room.write(path, random.choice(choices[path]).replace("{}", f"Number {room.new()}"))


def edit_standing_page(room, random):
    path = random.choice([f"content/pages/{name}.md" for name in ("contact", "imprint", "corrections")])
    if not path.endswith("contact.md") and (room.folder / path).exists():
        (room.folder / path).unlink()
    else:
        room.write(path, f"---\ntitle: Page {random.choice('AB')}\n---\nText {room.new()}, see [[Report 10]].\n")


def record_other_addresses(room, random):
    """Let articles have been published elsewhere before, one of them in another folder, and one that is gone."""
    lines = []
    for path in random.sample(room.articles(), 4):
        number = room.new()
        file = random.choice([path, path.replace("articles/", "articles/elsewhere/")])
        given_up = random.choice(["", " given-up"])
        lines.append(f"/before/{number}/ 2025-01-01T00:00:00Z {file} https://gaze.example/id/{number}/{given_up}\n")
    room.write("urls.lock", "".join(lines))


def retract(room, random):
    path = random.choice(room.articles())
    note = "[{date: 2025-11-20, kind: retraction, text: All wrong.}]"
    room.write(path, with_key(room.read(path), "corrections", random.choice([note, None])))


def take_down(room, random):
    path = random.choice(room.articles())
    room.write(path, with_key(room.read(path), "status", random.choice(["gone", None])))


def edit_settings(room, random):
    settings = yaml.safe_load(room.read("site.yaml"))
    key = random.choice(list(OTHER_SETTINGS))
    settings[key] = random.choice([value for value in OTHER_SETTINGS[key] if value != settings.get(key)])
    room.write("site.yaml", yaml.safe_dump({key: value for key, value in settings.items() if value is not None}))


OTHER_SETTINGS = {
    "title": ["The Gaze", "The Stare"],
    "publication": [None, "The Gaze", "Gaze"],
    "description": ["Steel and glass.", "Steel, glass & wood.", None],
    "url": ["https://gaze.example/", "https://gaze.example/news/"],
    "per_page": [3, 5, 20],
    "language": ["en", "uk", "de"],
    "timezone": ["Europe/Kyiv", "UTC", "Pacific/Kiritimati"],
    "permalink": ["/{year}/{month}/{slug}/", "/{section}/{slug}/"],
    "redirects": [None, {"formats": ["nginx", "s3"]}, {"moved": {"/tags/iron/": "/tags/steel/", "/x/": "/about/"}}],
    "references": ["error", "warning"],
    "partners": [SETTINGS["partners"], {"ninjs": True, "items": 2, "terms": "Ask us."}, None],
    "sections": [SETTINGS["sections"], SETTINGS["sections"][::-1], [{"slug": "policy", "name": "Politics"}]],
    "menu": [SETTINGS["menu"], SETTINGS["menu"][::-1], None],
    "feeds": [
        SETTINGS["feeds"],
        {"site": {"content": "summary"}, "sections": {"content": "headline"}, "hub": "https://hub.example/"},
        {"site": {"formats": ["json"], "items": 2, "archive": True}, "tags": {"formats": []}},
        {"site": {"items": 40, "without": ["analysis"], "language": "en"}, "tags": {"items": 1, "archive": True}},
    ],
    "related": [{"count": count, "newer": newer} for count in (0, 3, 5) for newer in (False, True)],
    "theme": [
        None,
        SETTINGS["theme"],
        {"accent": "#0b5394", "links": SETTINGS["menu"]},
        {"front": ["latest", "slots"]},
        {"front": ["opinion", "sections", "top"]},
    ],
    "precompress": [["gzip"], ["brotli", "gzip"], None],
    "phrases": [None, {"en": {"read_more": ["Read also"]}}, {"en": {"earlier": ["As it was"], "attribution": []}}],
}


COUNTING = """{% extends "theme/article.html" %}{% set n = namespace(words=0) %}
{% block main %}{% set n.words = article.words %}{{ super() }}{% endblock %}
{% block footer %}{{ n.words }}{{ super() }}{% endblock %}"""


def edit_template(room, random):
    card = (theme.TEMPLATES / "partials/card.html").read_text("utf-8")
    texts = {
        "partials/footer-note.html": ["", f"<p>Note {room.new()}.</p>", "<p>{{ site.url }}</p>", None],
        "partials/card.html": [card, card.replace('<p class="meta">', f'<p class="meta {room.new()}">'), None],
        "partials/brand.html": ["<b>{{ site.title }}</b>", None],
        "article.html": [
            '{% extends "theme/article.html" %}{% block endmatter %}<p>{{ article.words }}</p>{% endblock %}',
            '{% extends "theme/article.html" %}{% block endmatter %}{% include "extra.html" %}{% endblock %}',
            COUNTING,
            None,
            "{% if %}",
        ],
        "base.html": [
            '{% extends "theme/base.html" %}{% block footer %}{% include "extra.html" %}{{ super() }}{% endblock %}',
            '{% extends "theme/base.html" %}{% import "extra.html" as x %}{% block head %}{{ x }}{% endblock %}',
            None,
        ],
        "extra.html": [f"<i>{room.new()}</i>"],
        "redirect.html": ["<a href={{ target.url }}>{{ target.title }}</a>", None],
        "unused.html": ["Nothing uses this."],
    }
    path = random.choice(list(texts))
    text = random.choice(texts[path])
    if text is not None:
        room.write(f"templates/{path}", text)
    else:
        (room.folder / "templates" / path).unlink(missing_ok=True)


def edit_static_file(room, random):
    path = random.choice(["images/logo.svg", "notes.txt", "new/file.txt", "theme/style.css", "custom.css"])
    if path == "images/logo.svg" or (path != "custom.css" and not random.randrange(3)):
        (room.folder / "static" / path).unlink(missing_ok=True)
    if path in ("images/logo.svg", "custom.css") or random.randrange(3):
        comment = f"<svg><!-- {room.new()} --></svg>" if path.endswith(".svg") else f"/* {room.new()} */"
        room.write(f"static/{path}", comment)


def edit_picture(room, random):
    if random.randrange(2):
        room.write(PHOTOGRAPH, photograph(color=(random.randrange(256), 9, 9)))
        return
    path = f"content/articles/{random.choice(['industry/furnace.svg', 'drones/2025/r22/plan.svg'])}"
    room.write(path, f"<svg xmlns='http://www.w3.org/2000/svg'><title>{room.new()}</title></svg>")


def add_lead_picture(room, random):
    path = random.choice(room.articles())
    picture = random.choice(["content/articles/industry/furnace.svg", PHOTOGRAPH])
    place = os.path.relpath(picture, Path(path).parent)
    picture = random.choice([f"{{src: {place}, alt: A furnace}}", "{src: /images/logo.svg, alt: A logo}", None])
    room.write(path, with_key(room.read(path), "image", picture))


def lay_out_front_page(room, random):
    one, other = (title_of(room.read(path)) for path in random.sample(room.articles(), 2))
    layouts = [
        f'lead: "{one}"',
        f'slots: [{{title: Number {room.new()}, articles: ["{one}", "{other}"]}}]',
        "{}",
        "lead: [",
    ]
    room.write("content/_front.yaml", f"{random.choice(layouts)}\n")
    if not random.randrange(4):
        (room.folder / "content/_front.yaml").unlink()


def lead_until(room, random):
    path = random.choice(room.articles())
    text = with_key(room.read(path), *random.choice([("lead", "true"), ("weight", "3")]))
    room.write(path, with_key(text, "until", random.choice([MARKERS["embargo"], '"2026-02-01T09:00:00+02:00"'])))


def touch(room, random):
    for path in room.sources():
        if random.randrange(2):
            os.utime(room.folder / path, (random.randrange(10**9), random.randrange(10**9)))


EDITS = [
    record_other_addresses,
    retract,
    take_down,
    edit_body,
    edit_body_and_keep_size_and_time,
    change_title,
    change_title_and_references,
    refer_to_another,
    follow_another,
    translate_another,
    write_nonsense,
    break_front_matter,
    add_article,
    copy_article,
    swap_two_articles,
    move_article,
    rename_article_with_alias,
    rename_article_by_case,
    delete_article,
    hold_back,
    release,
    edit_author,
    edit_standing_page,
    edit_settings,
    edit_template,
    edit_static_file,
    edit_picture,
    add_lead_picture,
    lay_out_front_page,
    lead_until,
    touch,
    _sets("date", ["2025-05-05", "2025-05-05 23:30", "2024-12-31 23:59", "2025-12-24"]),
    _sets("updated", ["2025-12-25", "2025-12-26 10:00", None]),
    _sets("tags", ["[radar]", "[RADAR, steel]", "[cold war]", "[]", None]),
    _sets("section", ["policy", "drones", "space", None]),
    _sets("authors", ["[ann]", "[bo, Cy Dee]", "[Dee Dee]", "[]", None]),
    _sets("summary", ["Short.", '"Quotes & <b>signs</b>"', None]),
    _sets("kind", ["opinion", "live", None]),
    _sets("lang", ["uk", "de", None]),
    _sets("weight", ["1", "2", None]),
    _sets("id", ["one-of-mine", None]),
    _sets("slug", ["a-slug", "b-slug", None]),
    _sets("corrections", ["[{date: 2025-12-24, text: It was ten.}]", None]),
    _sets("organizations", ["[NATO, Muster]", "[Muster]", None]),
    _sets("extra", ["{mood: good}", None]),
    _sets("sumary", ["An unknown key is a warning.", None]),
]


def tamper(room, random):
    """Change the output by hand: cut a file, add to it, or take it away. Return its path, or "" if there is none."""
    output = room.folder / "public"
    files = sorted(one for one in output.rglob("*") if one.is_file() and not one.name.startswith(".gazepress"))
    if not files:
        return ""
    file = random.choice(files)
    match random.randrange(4):
        case 0:
            file.unlink()
        case 1:
            file.write_bytes(file.read_bytes() + b"<!-- by hand -->")
        case 2:
            file.write_bytes(b"<p>By hand.</p>")
        case _:  # as long as it was
            file.write_bytes(bytes(byte ^ 1 for byte in file.read_bytes()))
    return file.relative_to(output).as_posix()
