"""Sites that commands change, and what must hold of them before and after."""

import re
from pathlib import Path

import feedparser
import msgspec

from gazepress.build import BuildOptions, build, read_site
from gazepress.model import ToArticle, ToPage, ToSitePath
from support import read_tree, write_site

NOW = "2026-01-01T10:00:00Z"
SETTINGS = """\
title: The Gaze
url: https://gaze.example/news/
menu:
  - {title: Steel, url: /tags/steel/}   # the menu
  - title: The report
    url: "/2025/10/glass-makers/#numbers"
sections:
  - slug: industry
    name: Industry
"""
GLASS = """\
\ufeff---
# desk
title: "Glass makers: who sells what"   # short
date: 2025-10-27 12:30
tags: [steel, "Armour glass"]
authors: [iryna, Tom Placeholder]
image:
  src: map.svg
  alt: A map
---

Text. See [about](../../../pages/about.md) and ![map](map.svg "A map").

## Numbers

An [own place](#numbers).
""".replace("\n", "\r\n")
LAW = """\
---
title: The law
date: 2025-11-01
tags: [steel]
related:
  - glass-makers
  # by title
  - "Glass makers: who sells what"
---

As The Gaze reported earlier, [glass is sold](../industry/2025/glass-makers.md#numbers). See
[[Glass makers: who sells what]], [[glass-makers|this]], [a path](/2025/10/glass-makers/?x=1#numbers),
[words][one], [one], and [tag](/tags/steel/).

Read more on The Gaze: Glass makers: who sells what

Read more:

- [[industry/2025/glass-makers.md]]
- [glass](../industry/2025/glass-makers)
- “Glass Makers: Who Sells What”

[one]: ../industry/2025/glass-makers.md "title"
"""
FILES = {
    "site.yaml": SETTINGS,
    "content/articles/industry/2025/glass-makers.md": GLASS,
    "content/articles/industry/2025/map.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "content/articles/policy/law.md": LAW,
    "content/articles/policy/draft.md": (
        "---\ntitle: A draft\ndate: 2025-11-05\nstatus: draft\n---\nRefers to [[glass-makers]].\n"
    ),
    "content/pages/about.md": "---\ntitle: About\n---\nSee [it](<../articles/industry/2025/glass-makers.md>).\n",
    "content/authors/iryna.md": (
        "---\nname: Iryna Vyhadko\n---\nSee [her piece](../articles/industry/2025/glass-makers.md).\n"
    ),
    "content/_front.yaml": (
        "lead: glass-makers # today\nslots:\n  - title: A\n    articles: [law, industry/2025/glass-makers]\n"
    ),
}


def make_site(folder: Path, files=FILES) -> Path:
    return write_site(folder, files)


def change(site, name, *arguments):
    """Run a command that changes sources, and return its exit status."""
    from importlib import import_module

    command = import_module(f"gazepress.cli.{name}").command
    return command.main([*arguments, "--site", str(site), "--now", NOW, "--yes"], prog_name=name, standalone_mode=False)


def leave_half_done(site, article, slug):
    """Leave a site as a renaming does that is killed before it changes the first file."""
    from gazepress.desk.draft import Draft
    from gazepress.desk.edits import _rewrites
    from gazepress.desk.rename import find_text, move_text

    checked = read_site(BuildOptions(site=site, now=NOW, jobs=1, drafts=True))
    draft = Draft(checked.value, checked.diagnostics)
    move_text(draft, find_text(draft, article), slug)
    rewrites = _rewrites(site, draft.change())
    (site / ".gazepress/changes.journal").write_bytes(msgspec.msgpack.encode(rewrites))


def sources(site):
    return {path: data for path, data in read_tree(site).items() if not path.startswith((".", "public", "urls.lock"))}


def published(site):
    """Build a site and return the files of its output; it must have no errors."""
    result = build(BuildOptions(site=site, now=NOW, jobs=1, record=True))
    assert result.published is not None, result.diagnostics
    return {path: data for path, data in read_tree(site / "public").items() if ".gazepress" not in path}


def edges(site):
    """Return by text where its references lead, in their order; what is held back counts too."""
    room = read_site(BuildOptions(site=site, now=NOW, jobs=1, drafts=True)).value
    files = {path: file for file, path in room.paths.items()}

    def place(target):
        if isinstance(target, ToArticle | ToPage):
            return target.id
        return files.get(target.path.partition("?")[0], target) if isinstance(target, ToSitePath) else target

    return {path: [place(target) for target in targets] for path, targets in room.graph.targets.items()}


def pages(output):
    """Return the addresses of all pages, stubs that send readers on included."""
    return {"/" + path.removesuffix("index.html") for path in output if path.endswith(".html")}


def names_in_feeds(output):
    """Return what feeds of articles call their items."""
    feeds = (
        feedparser.parse(data)
        for path, data in output.items()
        if path.endswith("feed.xml") and not path.startswith("corrections/")
    )
    return {entry.id for feed in feeds for entry in feed.entries}


def target_of(output, address):
    """Return where the page at an address sends its readers; None if it is a page of its own."""
    page = output[address.lstrip("/") + "index.html"].decode()
    found = re.search(r'http-equiv="refresh" content="0; ?url=([^"]+)"', page)
    return found[1] if found else None
