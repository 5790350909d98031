"""The feeds of a whole newsroom: by the rules of their standards, and with what editors expect of them."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5

import pytest
from lxml import etree

from feeds.conftest import is_feed
from feeds.rules import ATOM, CONTENT, HISTORY, LANG, MEDIA, broken_rules
from gazepress.serve.headers import headers_for
from support import SETTINGS, Command, read_tree, write_site

MAKE_ARCHIVE = Path(__file__).parents[2] / "benchmarks/make_archive.py"


def items(data):
    """Return the items of an RSS feed by their titles."""
    return {item.findtext("title"): item for item in etree.fromstring(data).iter("item")}


def entries(data):
    return {entry.findtext(f"{ATOM}title"): entry for entry in etree.fromstring(data).iter(f"{ATOM}entry")}


def json_items(data):
    return {item["title"]: item for item in json.loads(data)["items"]}


def every(feeds, read, pattern):
    """Return the items of a feed and all its archives."""
    found = {}
    for path in feeds:
        if re.fullmatch(pattern, path):
            found |= read(feeds[path])
    return found


# ------------------------------------------------------------------------------------------------- the standards


def test_no_feed_breaks_a_rule(feeds):
    broken = {path: wrong for path, data in feeds.items() if (wrong := sorted(set(broken_rules(path, data))))}
    assert not broken
    assert len(feeds) > 30


def test_no_feed_of_a_generated_archive_breaks_a_rule(tmp_path):
    subprocess.run([sys.executable, MAKE_ARCHIVE, tmp_path, "40"], check=True, timeout=60)
    write_site(tmp_path, {"site.yaml": SETTINGS})  # all feeds that a site has by default
    built = Command(tmp_path)("build", "--now", "2027-01-01")
    assert built.returncode == 0, built.stderr
    feeds = {path: data for path, data in read_tree(tmp_path / "public").items() if is_feed(path)}
    assert not {path: wrong for path, data in feeds.items() if (wrong := sorted(set(broken_rules(path, data))))}
    assert len(feeds) > 60


# ---------------------------------------------------------------------------------------------- what a feed holds


def test_all_formats_of_a_feed_hold_the_same_articles(feeds):
    for folder in ("", "sections/steel/", "tags/steel/", "authors/anna/", "storylines/plain/"):
        titles = [
            list(items(feeds[f"{folder}feed.xml"])),
            list(entries(feeds[f"{folder}atom.xml"])),
            list(json_items(feeds[f"{folder}feed.json"])),
        ]
        assert titles[0] == titles[1] == titles[2], folder
        assert 0 < len(titles[0]) <= 3


def test_a_storyline_has_its_newest_report_first(feeds):
    assert list(items(feeds["storylines/plain/feed.xml"])) == ["It went on", "Plain report"]


def test_a_text_is_made_for_feeds(feeds):
    page = "https://gaze.example/news/2025/05/rich/"
    rich = every(feeds, json_items, r"feed(/\d)?\.json")["Mills & <more>"]["content_html"]
    assert f'<a href="{page}#fn:1">' in rich  # the footnote's place is on the page
    assert f'<a href="{page}#orders">the list</a>' in rich
    assert '<a href="https://gaze.example/news/2025/04/plain/">Plain report</a>' in rich
    assert "<th" in rich
    assert '<img src="https://gaze.example/news/media/' in rich
    assert '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">' in rich
    assert not re.search(r'<[^>]* (class|id|style|role|tabindex|loading)="', rich)


def test_summaries_and_headlines_carry_no_more(feeds):
    summaries = every(feeds, items, r"tags/steel/feed(/\d)?\.xml")["Plain report"]
    assert summaries.findtext("description") == "Text."
    assert summaries.find(f"{CONTENT}encoded") is None
    headline = every(feeds, items, r"authors/anna/feed(/\d)?\.xml")["A view"]
    assert headline.find("description") is None
    assert every(feeds, json_items, r"authors/anna/feed(/\d)?\.json")["A view"]["content_text"] == "A view"


def test_the_lead_picture_comes_with_words_credit_size_and_file(feeds):
    item = every(feeds, items, r"feed(/\d)?\.xml")["Mills & <more>"]
    (content,) = item.findall(f"{MEDIA}content")
    assert (content.get("width"), content.get("height"), content.get("type")) == ("640", "360", "image/jpeg")
    assert [(one.tag, one.text) for one in content] == [
        (f"{MEDIA}description", "The furnace, lit"),
        (f"{MEDIA}credit", "Anna Kovalenko"),
    ]
    entry = every(feeds, entries, r"atom(/\d)?\.xml")["Mills & <more>"]
    (enclosure,) = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "enclosure"]
    file = item.find("enclosure").attrib
    assert (file["url"], file["type"]) == ("https://gaze.example/news/media/articles/steel/furnace.jpg", "image/jpeg")
    assert dict(enclosure.attrib) == {
        "href": file["url"],
        "type": file["type"],
        "length": file["length"],
        "rel": "enclosure",
    }
    elsewhere = every(feeds, items, r"feed(/\d)?\.xml")["A picture from elsewhere"]
    assert elsewhere.find("enclosure") is None
    assert elsewhere.find(f"{MEDIA}content").get("url") == "https://cdn.example/a.webp"


def test_an_article_in_another_language_says_so(feeds):
    assert every(feeds, items, r"feed(/\d)?\.xml")["Скло"].get(LANG) == "uk"
    assert every(feeds, entries, r"atom(/\d)?\.xml")["Скло"].get(LANG) == "uk"
    assert every(feeds, json_items, r"feed(/\d)?\.json")["Скло"]["language"] == "uk"
    assert every(feeds, items, r"feed(/\d)?\.xml")["Glass"].get(LANG) is None


def test_an_id_that_is_no_address_is_one_in_atom_and_the_same_in_all_feeds(feeds):
    assert every(feeds, items, r"feed(/\d)?\.xml")["Glass"].findtext("guid") == "desk-17"
    assert every(feeds, json_items, r"feed(/\d)?\.json")["Glass"]["id"] == "desk-17"
    found = {
        every(feeds, entries, pattern)["Glass"].findtext(f"{ATOM}id")
        for pattern in (r"atom(/\d)?\.xml", r"authors/anna/atom(/\d)?\.xml")
    }
    assert found == {"urn:uuid:" + str(uuid5(NAMESPACE_URL, "desk-17"))}


# --------------------------------------------------------------------------------------------------- corrections


def test_a_corrected_article_has_moved_and_begins_with_the_correction(feeds):
    entry = every(feeds, entries, r"atom(/\d)?\.xml")["Prices rise"]
    assert entry.findtext(f"{ATOM}published") == "2025-05-02T00:00:00+03:00"
    assert entry.findtext(f"{ATOM}updated") == "2025-05-20T12:00:00+03:00"
    note = "Correction, 2025-05-20: It was 5, not 6."
    assert entry.findtext(f"{ATOM}summary") == f"{note} They rise."
    assert entry.findtext(f"{ATOM}content").startswith(
        "<p><strong>Correction, 2025-05-20:</strong> It was 5, not 6.</p>\n<p>They rise."
    )
    item = every(feeds, items, r"tags/steel/feed(/\d)?\.xml")["Prices rise"]
    assert item.findtext("description") == f"{note} They rise."
    assert item.findtext(f"{ATOM}updated") == "2025-05-20T12:00:00+03:00"
    assert every(feeds, json_items, r"feed(/\d)?\.json")["Prices rise"]["date_modified"] == "2025-05-20T12:00:00+03:00"


def test_a_feed_is_as_new_as_its_latest_correction(feeds):
    updated = etree.fromstring(feeds["atom.xml"]).findtext(f"{ATOM}updated")
    assert datetime.fromisoformat(updated) == datetime(2025, 5, 20, 21, 0, tzinfo=UTC)


def test_of_a_retracted_article_feeds_say_that_and_nothing_else(feeds):
    assert not [path for path, data in feeds.items() if b"SECRET" in data]
    for path in ("feed.xml", "sections/steel/feed.xml"):
        assert "Retraction: Mill to close" in items(feeds[path]), path
    item = items(feeds["feed.xml"])["Retraction: Mill to close"]
    assert item.findtext("description") == "Retraction, 2025-05-21: No such decision was made."
    assert item.findtext(f"{CONTENT}encoded") == (
        "<p><strong>Retraction, 2025-05-21:</strong> No such decision was made.</p>\n"
    )
    assert item.findtext("guid") == "https://gaze.example/news/2025/05/retracted/"


# ------------------------------------------------------------------------------------------------------ archives


@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_the_archives_lead_from_the_newest_article_to_the_oldest_and_back(feeds, name):
    stem = name.partition(".")[0]
    seen, address, before = [], f"https://gaze.example/news/{name}", None
    while address:
        data = feeds[address.removeprefix("https://gaze.example/news/")]
        root = etree.fromstring(data)
        links = {
            link.get("rel"): link.get("href")
            for link in root.iter(f"{ATOM}link")
            if link.getparent() in (root, root[0])
        }
        seen += items(data) or entries(data)
        assert links["hub"] == "https://hub.example/"
        assert links["self"] == address
        assert (root.find(f".//{HISTORY}archive") is not None) == (before is not None)
        if before is not None:
            assert links["current"] == f"https://gaze.example/news/{name}"
            assert links.get("next-archive") == (before if f"/{stem}/" in before else None)
        before, address = address, links.get("prev-archive")
    assert len(dict.fromkeys(seen)) == 9
    assert seen[-1] == "A view"


def test_the_pages_of_a_json_feed_are_found_through_next_url(feeds):
    seen, path = [], "feed.json"
    while path:
        feed = json.loads(feeds[path])
        assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
        seen += [item["title"] for item in feed["items"]]
        path = feed.get("next_url", "").removeprefix("https://gaze.example/news/")
    assert len(dict.fromkeys(seen)) == 9


def test_servers_name_the_hub_with_every_feed_and_the_feed_itself(tree, tmp_path):
    output = write_site(tmp_path, {"_headers": tree["_headers"]})
    names = [name for name in tree if re.search(r"(?:^|/)(?:feed|atom)\.(?:xml|json)$", name)]
    assert {name.partition("/")[0] for name in names} > {"sections", "tags", "authors", "storylines", "corrections"}
    for name in names:
        own = f"https://gaze.example/news/{name}"
        link = headers_for(output, f"/news/{name}")["Link"]
        (hub, its), (self_, itself) = re.findall(r'<([^>]+)>; rel="(\w+)"', link)
        assert (name, hub, its, urljoin(own, self_), itself) == (name, "https://hub.example/", "hub", own, "self")
    assert "Link" not in headers_for(output, "/news/")


def rules_in(headers):
    return {rule.splitlines()[0]: rule.splitlines()[1:] for rule in headers.decode().strip().split("\n\n")}


def test_servers_say_of_which_format_each_feed_is_and_let_it_be_kept_for_minutes(tree):
    rules = rules_in(tree["_headers"])
    types = {"feed.xml": "rss+xml", "atom.xml": "atom+xml", "feed.json": "feed+json"}
    pages = ("", "sections/:section/", "tags/:tag/", "authors/:author/", "storylines/:storyline/", "corrections/")
    told = {path for path in rules if path.rpartition("/")[2] in types}
    assert told == {f"/news/{page}{name}" for page in pages for name in types}
    for path in told:
        kind = f"  Content-Type: application/{types[Path(path).name]}"
        assert rules[path][:2] == ["  Cache-Control: public, max-age=300", kind]
    assert rules["/news/feeds.opml"] == ["  Content-Type: text/x-opml"]
    assert rules["/news/site.webmanifest"] == ["  Content-Type: application/manifest+json"]


# ----------------------------------------------------------------------------------------------- where feeds are


def feeds_named(page):
    links = re.findall(r'<link rel="alternate" type="([^"]*)" title="([^"]*)" href="([^"]*)">', page.decode())
    return [(kind.partition("/")[2], title, url) for kind, title, url in links]


def test_pages_name_the_feeds_that_fit_them(tree):
    whole = ("rss+xml", "The Gaze &amp; &lt;Friends&gt;", "/news/feed.xml")
    assert feeds_named(tree["index.html"]) == [
        whole,
        ("atom+xml", whole[1], "/news/atom.xml"),
        ("feed+json", whole[1], "/news/feed.json"),
    ]
    for folder, label in {
        "sections/steel": "Steel &amp; Iron",
        "tags/r-d": "R&amp;D",
        "authors/anna": "Anna Kovalenko",
        "storylines/plain": "Plain report",
    }.items():
        named = feeds_named(tree[f"{folder}/index.html"])
        assert named[0] == whole
        assert named[1:] == [
            ("rss+xml", f"{whole[1]}: {label}", f"/news/{folder}/feed.xml"),
            ("atom+xml", f"{whole[1]}: {label}", f"/news/{folder}/atom.xml"),
            ("feed+json", f"{whole[1]}: {label}", f"/news/{folder}/feed.json"),
        ]
    article = feeds_named(tree["2025/05/rich/index.html"])
    assert article == [whole, ("rss+xml", f"{whole[1]}: Steel &amp; Iron", "/news/sections/steel/feed.xml")]


def test_every_feed_is_on_the_page_of_feeds_and_every_link_there_leads_to_one(tree, feeds):
    page = tree["feeds/index.html"].decode()
    named = set(re.findall(r'href="/news/([^"]*)" type="application/', page))
    assert named == {path for path in feeds if path.rpartition("/")[2] in ("feed.xml", "atom.xml", "feed.json")}
    assert 'href="/news/feeds.opml"' in page
    assert 'href="/news/feeds/"' in tree["index.html"].decode()


def test_each_correction_is_an_entry_of_its_own_and_says_nothing_else_of_the_article(feeds):
    page = "https://gaze.example/news/2025/05"
    told = [
        ("Retraction: Mill to close", "No such decision was made.", f"{page}/retracted/#note-2025-05-21"),
        ("Correction: Prices rise", "It was 5, not 6.", f"{page}/corrected/#note-2025-05-20"),
    ]
    rss, atom, json_ = (feeds[f"corrections/{name}"] for name in ("feed.xml", "atom.xml", "feed.json"))
    found = items(rss)
    assert [(name, one.findtext("description"), one.findtext("guid")) for name, one in found.items()] == told
    assert [one.findtext("link") for one in found.values()] == [f"{page}/retracted/", f"{page}/corrected/"]
    assert [one.findtext(f"{ATOM}id") for one in entries(atom).values()] == [one[2] for one in told]
    assert [(name, one["content_text"], one["id"]) for name, one in json_items(json_).items()] == told


def test_the_list_for_feed_readers_holds_every_feed_once(tree, feeds):
    root = etree.fromstring(tree["feeds.opml"])
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "The Gaze & <Friends>")
    outlines = root.findall(".//outline[@xmlUrl]")
    assert {one.get("type") for one in outlines} == {"rss"}
    paths = [one.get("xmlUrl").removeprefix("https://gaze.example/news/") for one in outlines]
    assert sorted(paths) == sorted(path for path in feeds if path.rpartition("/")[2] == "feed.xml")
    pages = [one.get("htmlUrl").removeprefix("https://gaze.example/news/") + "index.html" for one in outlines]
    assert not [page for page in pages if page not in tree]
    assert [one.get("text") for one in root.findall("body/outline")[1:]] == [
        "Corrections",
        "Sections",
        "Tags",
        "Authors",
        "Storylines",
    ]
