"""Who has read a mistake in any feed is told once that it was one: three builds, read with feedparser."""

import feedparser
import pytest

from support import Command, article, write_site

SETTINGS = """
title: The Gaze
url: https://gaze.example/
feeds: {tags: {formats: [rss, atom]}, authors: {formats: [rss]}, storylines: {formats: [rss]}}
"""
FIRST = "content/articles/steel/first.md"
MIDDLE = "content/articles/steel/middle.md"
LAST = "content/articles/steel/last.md"
FILES = {
    "site.yaml": SETTINGS,
    FIRST: article("First", "One.", date="2025-01-01", tags="[mills]", authors="[Ann]"),
    MIDDLE: article("Middle", "SECRET.", date="2025-01-02", tags="[Mills, R&D]", authors="[Ann]", follows="[first]"),
    LAST: article("Last", "Three.", date="2025-01-03", tags="[mills]", authors="[Ann]", follows="[middle]"),
    "content/articles/glass/other.md": article("Other", "Text.", date="2024-12-01", tags="[glass]", authors="[Bo]"),
}
TOLD = "Retraction: Middle"
CARRIED = [
    "feed.xml",
    "atom.xml",
    "sections/steel/feed.xml",
    "tags/mills/feed.xml",
    "tags/mills/atom.xml",
    "authors/ann/feed.xml",
]
OTHERS = ["sections/glass/feed.xml", "tags/glass/feed.xml", "authors/bo/feed.xml"]


def retracted(path):
    _, head, body = FILES[path].split("---\n", 2)
    note = "corrections: [{date: 2025-02-01, kind: retraction, text: Not so.}]"
    return f"---\n{head}{note}\n---\n{body}"


@pytest.fixture
def read(tmp_path):
    """Return what builds the site with changes to its files, and returns what reads a feed: titles by id."""
    write_site(tmp_path, FILES)

    def build(**files):
        write_site(tmp_path, files)
        built = Command(tmp_path)("build")
        assert built.returncode == 0, built.stderr

        def titles(feed):
            found = feedparser.parse((tmp_path / "public" / feed).read_bytes())
            assert not found.bozo, found.bozo_exception
            by_id = {entry.id: entry.title for entry in found.entries}
            assert len(by_id) == len(found.entries)
            told = {entry.id: entry.summary for entry in found.entries if entry.title.startswith("Retraction")}
            assert set(told.values()) <= {"Retraction, 2025-02-01: Not so."}
            return by_id

        return titles

    return build


def test_every_feed_that_had_an_article_tells_once_that_it_was_retracted(read):
    had = read()
    before = {feed: had(feed) for feed in [*CARRIED, *OTHERS]}
    assert all("Middle" in before[feed].values() for feed in CARRIED)
    tells = read(**{MIDDLE: retracted(MIDDLE)})
    for feed in CARRIED:
        assert list(tells(feed).values()).count(TOLD) == 1, feed
        assert tells(feed).keys() == before[feed].keys(), feed  # an entry of the same id: readers show it as changed
    for feed in OTHERS:
        assert tells(feed) == before[feed]
    later = read(**{"content/articles/steel/new.md": article("New", date="2025-03-01", tags="[mills]")})
    for feed in CARRIED[:-1]:
        assert next(iter(later(feed).values())) == "New"
        assert list(later(feed).values()).count(TOLD) == 1, feed


SOLE = "content/articles/glass/other.md"
FEEDS_OF_SOLE = ["sections/glass/feed.xml", "tags/glass/feed.xml", "tags/glass/atom.xml", "authors/bo/feed.xml"]


def test_where_nothing_else_is_left_the_feed_stays_and_tells_though_it_is_offered_no_more(read, tmp_path):
    had = {feed: read()(feed) for feed in FEEDS_OF_SOLE}
    files = {SOLE: retracted(SOLE)}
    tells = read(**files)
    for feed in FEEDS_OF_SOLE:
        assert tells(feed) == dict.fromkeys(had[feed], "Retraction: Other"), feed
        found = feedparser.parse((tmp_path / "public" / feed).read_bytes()).feed
        assert (found.title.partition(": ")[2].lower(), found.link) == (feed.split("/")[1], "https://gaze.example/")
        assert not (tmp_path / "public" / feed).with_name("index.html").exists()
        assert feed not in (tmp_path / "public/feeds.opml").read_text("utf-8")
        assert feed not in (tmp_path / "public/feeds/index.html").read_text("utf-8")
    site = SETTINGS + "redirects: {moved: {/tags/glass/: /tags/mills/, /sections/glass/: /sections/}}\n"
    again = read(**{"site.yaml": site})
    assert not (tmp_path / "public/tags/glass/feed.xml").exists()
    rules = (tmp_path / "public/_redirects").read_text("utf-8")
    assert "/tags/glass/feed.xml /tags/mills/feed.xml 301" in rules
    assert list(again("sections/glass/feed.xml").values()) == ["Retraction: Other"]


def test_the_feed_of_a_storyline_stays_where_a_retraction_leaves_one_report_or_none(read, tmp_path):
    had = read(**{LAST: FILES[LAST].replace("follows: [middle]", "kind: report")})("storylines/first/feed.xml")
    assert list(had.values()) == ["Middle", "First"]
    one = read(**{FIRST: retracted(FIRST)})("storylines/first/feed.xml")
    assert list(one.values()) == ["Middle", "Retraction: First"]
    none = read(**{MIDDLE: retracted(MIDDLE)})("storylines/first/feed.xml")
    assert list(none.values()) == [TOLD, "Retraction: First"]
    assert had.keys() == one.keys() == none.keys()
    stub = (tmp_path / "public/storylines/first/index.html").read_text("utf-8")
    assert "https://gaze.example/2025/01/first/" in stub


def test_a_storyline_tells_of_a_report_that_was_retracted_and_leads_on_if_that_was_its_first(read, tmp_path):
    new = {"content/articles/steel/new.md": article("New", date="2025-03-01", follows="[last]")}
    had = read(**new)("storylines/first/feed.xml")
    assert list(had.values()) == ["New", "Last", "Middle", "First"]
    middle = read(**{MIDDLE: retracted(MIDDLE)})("storylines/last/feed.xml")
    assert list(middle.values()) == ["New", "Last", TOLD]
    assert middle.keys() <= had.keys()
    first = read(**{MIDDLE: FILES[MIDDLE], FIRST: retracted(FIRST)})("storylines/middle/feed.xml")
    assert list(first.values()) == ["New", "Last", "Middle", "Retraction: First"]
    assert first.keys() == had.keys()
    stub = (tmp_path / "public/storylines/first/index.html").read_text("utf-8")
    assert "https://gaze.example/storylines/middle/" in stub
    rules = (tmp_path / "public/_redirects").read_text("utf-8")
    assert "/storylines/first/feed.xml /storylines/middle/feed.xml 301" in rules
