"""A newsroom with all that a feed can hold, built once, and its feeds."""

import fcntl
import os

import pytest

from support import NOW, Command, article, photograph, read_tree, write_site

FEED_NAMES = ("feed.xml", "atom.xml", "feed.json")
EVERY = "{formats: [rss, atom, json], content: full, items: 3, archive: on}"
SETTINGS = f"""
title: The Gaze & <Friends>
url: https://gaze.example/news/
publication: The Gaze
description: Steel & "glass".
timezone: Europe/Kyiv
sections: [{{slug: steel, name: Steel & Iron, description: Mills.}}]
feeds:
  site: {EVERY}
  sections: {EVERY}
  tags: {EVERY.replace("full", "summary")}
  authors: {EVERY.replace("full", "headline")}
  storylines: {EVERY}
  hub: https://hub.example/
"""
RICH = """See the figures[^1] and [the list](#orders) and [[Plain report]].

## Orders

| plant | tons |
| --- | ---: |
| A & B | 5 < 6 |

![A furnace](furnace.jpg "The furnace")

[A test](https://www.youtube.com/watch?v=abcdefghijk)

> [!FACTS] In short
> Two shifts.

Read more: Plain report

[^1]: By their own count.
"""
FILES = {
    "site.yaml": SETTINGS,
    "content/authors/anna.md": "---\nname: Anna Kovalenko\n---\nWrites.\n",
    "content/articles/steel/furnace.jpg": photograph((640, 360)),
    "content/articles/steel/rich.md": article(
        "Mills & <more>",
        RICH,
        date="2025-05-01 10:00",
        tags="[steel, R&D]",
        authors="[anna, Bo Li]",
        image="{src: furnace.jpg, alt: A furnace, caption: 'The furnace, lit', credit: Anna Kovalenko}",
        kind="analysis",
    ),
    "content/articles/steel/plain.md": article("Plain report", "Text.", date="2025-04-01", tags="[steel]"),
    "content/articles/steel/follows.md": article("It went on", "Text.", date="2025-05-03", follows="[plain]"),
    "content/articles/steel/corrected.md": article(
        "Prices rise",
        "They rise.",
        date="2025-05-02",
        tags="[steel]",
        corrections="[{date: 2025-05-20 12:00, text: 'It was 5, not 6.'}]",
    ),
    "content/articles/steel/retracted.md": article(
        "Mill to close",
        "SECRET claim.",
        date="2025-05-04",
        tags="[steel]",
        summary="SECRET summary.",
        corrections="[{date: 2025-05-21, kind: retraction, text: No such decision was made.}]",
    ),
    "content/articles/glass/own-id.md": article("Glass", "Text.", date="2025-03-01", id="desk-17", authors="[anna]"),
    "content/articles/glass/skl.md": article("Скло", "Текст.", date="2025-05-05", lang="uk", authors="[anna]"),
    "content/articles/glass/elsewhere.md": article(
        "A picture from elsewhere",
        "Text.",
        date="2025-02-01",
        image="{src: 'https://cdn.example/a.webp', alt: A vase}",
        authors="[anna]",
    ),
    "content/articles/glass/opinion.md": article(
        "A view", "Text.", date="2025-01-01", kind="opinion", authors="[anna]"
    ),
}


@pytest.fixture(scope="session")
def tree(tmp_path_factory):
    """Return all files of the built newsroom by their paths; one process builds it for all."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / "feeds-newsroom"
    with (base / "feeds-newsroom.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "public").exists():
            write_site(folder, FILES)
            built = Command(folder)("build", "--now", NOW)
            assert built.returncode == 0, built.stderr
    return read_tree(folder / "public")


@pytest.fixture(scope="session")
def feeds(tree):
    """Return all feeds and archives by their paths."""
    return {path: data for path, data in tree.items() if is_feed(path)}


def is_feed(path):
    folder, _, name = path.rpartition("/")
    return name in FEED_NAMES or folder.rpartition("/")[2] in ("feed", "atom")
