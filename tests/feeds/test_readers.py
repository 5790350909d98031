"""What feed readers make of the feeds: feedparser, rss-parser of npm, and a whole reader with a memory."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import feedparser
import pytest

from support import NOW, Command, article, write_site

RSS_PARSER = Path(__file__).parents[2] / ".venv/feeds/node_modules/rss-parser"
SETTINGS = "title: The Gaze\nurl: https://gaze.example/\n"


def test_feedparser_reads_all_without_complaint(feeds):
    for path, data in feeds.items():
        if path.endswith(".xml"):
            read = feedparser.parse(data)
            assert not read.bozo, (path, read.bozo_exception)
            assert read.version in ("rss20", "atom10")
            assert read.entries, path
            assert all(entry.id and entry.title and entry.link.startswith("https://") for entry in read.entries)


def test_feedparser_reads_the_same_from_rss_and_atom(feeds):
    rss, atom = (feedparser.parse(feeds[name]) for name in ("feed.xml", "atom.xml"))
    for name in ("title", "link", "language"):
        assert rss.feed[name] == atom.feed.get(name, rss.feed[name])
    for one, other in zip(rss.entries, atom.entries, strict=True):
        for name in ("id", "title", "link", "published_parsed"):
            assert one[name] == other[name], name
        assert one.content[0].value == other.content[0].value
        assert [tag.label or tag.term for tag in one.get("tags", ())] == [tag.label for tag in other.get("tags", ())]
        assert one.get("media_credit") == other.get("media_credit")
        assert (one if "updated" in one else other).updated_parsed == other.updated_parsed


def test_rss_parser_reads_all(feeds, tmp_path):
    if not shutil.which("node") or not RSS_PARSER.exists():
        required = os.environ.get("GAZEPRESS_BROWSER") == "required"
        (pytest.fail if required else pytest.skip)("rss-parser of npm is not installed; `make test` does it")
    paths = [path for path in feeds if path.endswith(".xml")]
    write_site(tmp_path, {path: feeds[path] for path in paths})
    program = Path(__file__).parent / "read.cjs"
    command = ["node", program, RSS_PARSER, *paths]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    found = dict(zip(paths, json.loads(run.stdout), strict=True))
    assert all(feed["items"] for feed in found.values())
    for name in ("feed.xml", "atom.xml"):
        assert found[name]["title"] == "The Gaze & <Friends>"
        assert found[name]["link"] == "https://gaze.example/news/"
        titles = ["Скло", "Retraction: Mill to close", "It went on"]
        assert [item["title"] for item in found[name]["items"]] == titles
        assert found[name]["items"][0]["isoDate"] == "2025-05-04T21:00:00.000Z"
    older = [item for path in ("feed/1.xml", "feed/2.xml") for item in found[path]["items"]]
    (rich,) = [item for item in older if item["title"] == "Mills & <more>"]
    assert rich["creator"] == "Anna Kovalenko"
    assert rich["media"]["$"]["width"] == "640"
    assert rich["enclosure"]["type"] == "image/jpeg"


# ------------------------------------------------------------------------------------- what a subscriber is shown


class Subscriber:
    """Somebody who reads a feed with the library `reader`, and marks as read what there is."""

    def __init__(self, site, feed):
        from reader import make_reader

        self.site, self.feed = site, str(site / "public" / feed)
        self.reader = make_reader(":memory:", feed_root="")
        self.reader.add_feed(self.feed)
        self.told = []
        self.reader.after_entry_update_hooks.append(lambda _, entry, status: self.told.append((status.value, entry.id)))

    def look(self):
        """Return what is new and what has changed since the last look, by title."""
        self.told.clear()
        self.reader.update_feed(self.feed)
        titles = {entry.id: entry.title for entry in self.reader.get_entries()}
        return sorted((status, titles[id_]) for status, id_ in self.told)


@pytest.fixture
def site(tmp_path):
    """Return the folder of a site of two articles, and a function that writes files and builds it."""
    files = {"site.yaml": SETTINGS}
    files |= {"content/articles/a.md": article("A", date="2025-01-01"), "content/articles/b.md": article("B")}

    def build(**changes):
        write_site(tmp_path, changes)
        built = Command(tmp_path)("build", "--now", NOW)
        assert built.returncode == 0, built.stderr

    build(**files)
    return tmp_path, build


def test_a_subscriber_is_shown_a_new_article_and_a_correction_once_each_and_a_renamed_one_never_again(site):
    folder, build = site
    subscribers = [Subscriber(folder, "feed.xml"), Subscriber(folder, "atom.xml"), Subscriber(folder, "feed.json")]

    def looked():
        seen = [one.look() for one in subscribers]
        assert seen[0] == seen[1] == seen[2]
        return seen[0]

    assert looked() == [("new", "A"), ("new", "B")]
    build(**{"content/articles/c.md": article("C", date="2025-12-01")})
    assert looked() == [("new", "C")]
    corrected = article("B", corrections="[{date: 2025-12-02, text: 'It was 5, not 6.'}]")
    build(**{"content/articles/b.md": corrected})
    assert looked() == [("modified", "B")]
    (folder / "content/articles/c.md").unlink()
    renamed = article("C", date="2025-12-01", aliases="[/2025/12/c/]")
    build(**{"content/articles/better-name.md": renamed})
    assert looked() == [("modified", "C")]  # its link has changed; it is not new
    assert all(one.reader.get_entry_counts().total == 3 for one in subscribers)
    assert looked() == []
