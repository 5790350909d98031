"""What search engines are told: sitemaps within the limits of their protocol, and robots.txt."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from gazepress.model import Text
from gazepress.outlines import CopyOutline
from gazepress.stages.plan import texts

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def entries(text):
    return {one.findtext("s:loc", None, NAMESPACE): one for one in ET.fromstring(text).findall("s:url", NAMESPACE)}


def test_the_sitemap_holds_the_pages_that_may_be_found_and_nothing_else(publication):
    site = publication(url="https://x.example/news/")
    site.article("shells", tags=("ammo",), aliases=("/old/",))
    site.page("about")
    site.file("static/logo.svg")
    paths = "/ /2025/10/shells/ /about/ /archive/ /archive/2025/ /archive/2025/10/ /tags/ /tags/ammo/".split()
    assert list(entries(site.plan()["/sitemap.xml"].text)) == [f"https://x.example/news{path}" for path in paths]


def test_a_page_says_when_it_last_changed_in_the_time_of_the_publication(publication):
    site = publication(timezone="Europe/Kyiv")
    site.article("fuses", tags=("ammo",), date=datetime(2025, 1, 2, 3, 4, 5, 678, tzinfo=UTC))
    site.article("shells", updated=datetime(2026, 7, 1, tzinfo=UTC), authors=("anna",))
    site.page("about")
    found = entries(site.plan()["/sitemap.xml"].text)
    dates = {
        loc.removeprefix("https://x.example"): one.findtext("s:lastmod", None, NAMESPACE) for loc, one in found.items()
    }
    assert dates["/2025/01/fuses/"] == dates["/tags/ammo/"] == "2025-01-02T05:04:05+02:00"
    assert dates["/2025/10/shells/"] == "2026-07-01T03:00:00+03:00"
    assert dates["/"] == dates["/authors/anna/"] == "2025-10-10T15:00:00+03:00"
    assert dates["/about/"] is None


def many(publication):
    site = publication()
    for at in range(20):
        site.article(f"a{at:02}")
    return site


def assert_whole(plan, whole, *, parts):
    index = ET.fromstring(plan["/sitemap.xml"].text)
    locs = [one.text for one in index.findall("s:sitemap/s:loc", NAMESPACE)]
    assert locs == [f"https://x.example/sitemap-{number}.xml" for number in range(1, parts + 1)]
    found = [list(entries(plan[f"/sitemap-{number}.xml"].text)) for number in range(1, parts + 1)]
    assert [loc for part in found for loc in part] == list(entries(whole["/sitemap.xml"].text))
    return found


@pytest.mark.parametrize(("limit", "parts"), [(24, 1), (23, 2), (12, 2), (8, 3)])
def test_over_the_limit_of_addresses_the_sitemap_is_an_index_of_parts(publication, monkeypatch, limit, parts):
    site = many(publication)
    whole = site.plan()
    assert len(entries(whole["/sitemap.xml"].text)) == 24
    monkeypatch.setattr(texts, "MAX_URLS", limit)
    if parts == 1:
        assert site.plan() == whole
    else:
        found = assert_whole(site.plan(), whole, parts=parts)
        assert max(map(len, found)) == limit


def test_over_the_limit_of_bytes_the_sitemap_is_split_as_well(publication, monkeypatch):
    site = many(publication)
    whole = site.plan()
    monkeypatch.setattr(texts, "MAX_BYTES", 1000)
    plan = site.plan()
    parts = [one for url, one in plan.items() if url.startswith("/sitemap-")]
    assert_whole(plan, whole, parts=len(parts))
    sizes = [len(part.text.encode()) for part in parts]
    assert max(sizes) <= 1000
    assert min(sizes[:-1]) > 800


def test_a_new_report_leaves_the_parts_before_it_as_they_were(publication, monkeypatch):
    monkeypatch.setattr(texts, "MAX_URLS", 8)
    before = many(publication).plan()
    site = many(publication)
    site.article("new")
    after = site.plan()
    assert before["/sitemap-2.xml"] == after["/sitemap-2.xml"]


def test_addresses_are_written_as_xml_and_uri_ask(publication):
    site = publication(url="https://x.example/a&b/")
    site.page("about")
    text = site.plan()["/sitemap.xml"].text
    assert "<loc>https://x.example/a&amp;b/about/</loc>" in text
    assert text.isascii()


def test_robots_name_the_sitemap(publication):
    robots = publication().plan()["/robots.txt"]
    assert isinstance(robots, Text)
    assert robots.text == "User-agent: *\nAllow: /\n\nSitemap: https://x.example/sitemap.xml\n"


def test_phones_are_told_what_the_site_is_and_a_static_file_tells_it_otherwise(publication):
    site = publication(url="https://x.example/news/", language="uk")
    told = json.loads(site.plan()["/site.webmanifest"].text)
    assert (told["name"], told["lang"], told["start_url"], told["scope"]) == ("The Gaze", "uk", "/news/", "/news/")
    site.file("static/site.webmanifest")
    assert site.plan()["/site.webmanifest"] == CopyOutline(
        "static/site.webmanifest", "digest of static/site.webmanifest"
    )
