"""What search engines and other crawlers are told: sitemaps within the limits of their protocol, and robots.txt."""

import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from gazepress.documents import RefKind
from gazepress.located import Located
from gazepress.matter import PictureMatter
from gazepress.model import ToFile
from gazepress.outlines import CopyOutline
from gazepress.renditions import PictureFacts
from gazepress.settings import CrawlerSettings, SecuritySettings, SitemapSettings
from gazepress.stages.plan import sitemaps

NAMESPACE = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}
NEWEST = "/sitemaps/news.xml"


def entries(text):
    return {one.findtext("s:loc", None, NAMESPACE): one for one in ET.fromstring(text).findall("s:url", NAMESPACE)}


def paths(text):
    return [loc.removeprefix("https://x.example") for loc in entries(text)]


def listed(plan):
    index = ET.fromstring(plan["/sitemap.xml"].text)
    return [one.text.removeprefix("https://x.example") for one in index.findall("s:sitemap/s:loc", NAMESPACE)]


def test_the_sitemaps_hold_the_pages_that_may_be_found_and_nothing_else(publication):
    site = publication()
    site.article("shells", tags=("ammo",), aliases=("/old/",), section="industry")
    site.article("fuses", date=datetime(2024, 1, 2, tzinfo=UTC))
    site.page("about")
    site.file("static/logo.svg")
    plan = site.plan()
    assert listed(plan) == ["/sitemaps/2024.xml", "/sitemaps/2025/industry.xml", NEWEST, "/sitemaps/pages.xml"]
    assert paths(plan["/sitemaps/2025/industry.xml"].text) == ["/2025/10/shells/"]
    assert paths(plan["/sitemaps/2024.xml"].text) == ["/2024/01/fuses/"]
    assert (
        paths(plan["/sitemaps/pages.xml"].text)
        == (
            "/ /about/ /archive/ /archive/2024/ /archive/2024/01/ /archive/2025/ /archive/2025/10/ /feeds/ /sections/"
            " /sections/industry/ /tags/ /tags/ammo/"
        ).split()
    )


def test_an_article_says_when_it_last_changed_in_the_time_of_the_publication(publication):
    site = publication(timezone="Europe/Kyiv")
    site.article("fuses", date=datetime(2025, 1, 2, 3, 4, 5, 678, tzinfo=UTC))
    site.article("shells", updated=datetime(2026, 7, 1, tzinfo=UTC))
    found = entries(site.plan()["/sitemaps/2025.xml"].text)
    dates = [one.findtext("s:lastmod", None, NAMESPACE) for one in found.values()]
    assert dates == ["2025-01-02T05:04:05+02:00", "2026-07-01T03:00:00+03:00"]


def test_an_article_names_its_pictures(publication):
    site = publication(url="https://x.example/news/")
    file = site.file("content/articles/yard.jpg", facts=PictureFacts("jpg", 400, 300))
    image = PictureMatter(Located("yard.jpg", 4, 8), "A yard")
    site.article("shells", links=[(RefKind.PICTURE, "yard.jpg", ToFile(file))], image=image)
    (entry,) = entries(site.plan()["/sitemaps/2025.xml"].text).values()
    locs = [one.text for one in entry.findall("image:image/image:loc", NAMESPACE)]
    assert len(locs) == 1
    assert locs[0].startswith("https://x.example/news/media/articles/yard.")


def test_a_new_report_changes_one_sitemap_besides_that_of_the_news(publication):
    def plan(*more):
        site = publication()
        site.article("a", section="policy")
        for name in ("b", "c", *more):
            site.article(name, section="industry")
        return {url: one for url, one in site.plan().items() if "sitemap" in url}

    before, after = plan(), plan("new")
    assert {url for url in after if after[url] != before[url]} == {"/sitemaps/2025/industry.xml"}


@pytest.mark.parametrize(("limit", "parts"), [(20, 1), (19, 2), (10, 2), (7, 3)])
def test_over_the_limit_of_addresses_a_sitemap_has_several_parts(publication, monkeypatch, limit, parts):
    site = many(publication)
    whole = paths(site.plan()["/sitemaps/2025.xml"].text)
    assert len(whole) == 20
    monkeypatch.setattr(sitemaps, "MAX_URLS", limit)
    plan = site.plan()
    names = ["/sitemaps/2025.xml", *(f"/sitemaps/2025-{number}.xml" for number in range(2, parts + 1))]
    assert sorted(url for url in listed(plan) if "2025" in url) == sorted(names)
    found = [paths(plan[name].text) for name in names]
    assert [path for part in found for path in part] == whole
    assert max(map(len, found)) <= limit


def test_over_the_limit_of_bytes_a_sitemap_is_split_as_well(publication, monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 1000)
    plan = many(publication).plan()
    sizes = [len(plan[url].text.encode()) for url in listed(plan) if url.startswith("/sitemaps/2025")]
    assert len(sizes) > 2
    assert max(sizes) <= 1000


def many(publication):
    site = publication()
    for at in range(20):
        site.article(f"a{at:02}")
    return site


def test_addresses_are_written_as_xml_and_uri_ask(publication):
    site = publication(url="https://x.example/a&b/")
    site.page("about")
    text = site.plan()["/sitemaps/pages.xml"].text
    assert "<loc>https://x.example/a&amp;b/about/</loc>" in text
    assert text.isascii()


def test_the_sitemap_of_news_tells_of_each_article_its_publication_time_and_headline(publication):
    site = publication(publication="Gaze & Co", language="en-GB", timezone="Europe/Kyiv")
    new, young = site.article("new", title="New < old"), site.article("young", lang="uk")
    site.article("old")
    site.news = {new: datetime(2025, 10, 10, 11, tzinfo=UTC), young: datetime(2025, 10, 9, tzinfo=UTC)}
    text = site.plan()[NEWEST].text
    assert paths(text) == ["/2025/10/new/", "/2025/10/young/"]
    first, second = (one.find("news:news", NAMESPACE) for one in entries(text).values())
    told = [part.text for part in first.iter() if part.text]
    assert told == ["Gaze & Co", "en", "2025-10-10T14:00:00+03:00", "New < old"]
    assert second.findtext("news:publication/news:language", None, NAMESPACE) == "uk"


def test_the_sitemap_of_news_holds_no_more_than_search_engines_read(publication, monkeypatch):
    monkeypatch.setattr(sitemaps, "MAX_NEWS", 1)
    site = publication()
    files = [site.article(name) for name in "ab"]
    site.news = dict.fromkeys(files, datetime(2025, 10, 10, tzinfo=UTC))
    assert paths(site.plan()[NEWEST].text) == ["/2025/10/a/"]


def test_a_publication_without_a_sitemap_of_news_has_none(publication):
    assert listed(publication(sitemap=SitemapSettings(news=False)).plan()) == ["/sitemaps/pages.xml"]


def test_robots_name_the_sitemap(publication):
    robots = publication().plan()["/robots.txt"].text
    assert robots == "User-agent: *\nAllow: /\n\nSitemap: https://x.example/sitemap.xml\n"


def test_robots_name_the_crawlers_that_are_not_welcome_by_their_purpose(publication):
    robots = publication(crawlers=CrawlerSettings(training=False, fetch=False)).plan()["/robots.txt"].text
    tokens = "GPTBot ClaudeBot CCBot Google-Extended ChatGPT-User Claude-User".split()
    away = "".join(f"User-agent: {token}\n" for token in tokens)
    assert robots.startswith(f"{away}Disallow: /\n\nUser-agent: *\nAllow: /\n")


CONTACT = SecuritySettings(
    contacts=("mailto:security@x.example", "https://x.example/report/"),
    expires=datetime(2027, 1, 31, 12, tzinfo=UTC),
    disclosure=Located("/about/", 4, 8),
)


def test_finders_of_weaknesses_are_told_whom_to_tell(publication):
    site = publication(url="https://x.example/news/", security=CONTACT)
    site.page("about")
    assert site.plan()["/.well-known/security.txt"].text.splitlines() == [
        "Contact: mailto:security@x.example",
        "Contact: https://x.example/report/",
        "Expires: 2027-01-31T12:00:00+00:00",
        "Preferred-Languages: en",
        "Canonical: https://x.example/news/.well-known/security.txt",
        "Policy: https://x.example/news/about/",
    ]


def test_people_and_language_models_get_texts_of_their_own_only_where_the_settings_say_so(publication):
    site = publication(humans=True, llms=True, description="On arms.")
    site.author("anna", name="Anna", role="Editor")
    site.article("shells", section="industry")
    site.page("about")
    plan = site.plan()
    assert plan["/humans.txt"].text.startswith("/* TEAM */\nAnna, Editor\n\n/* SITE */\nLanguage: en\n")
    assert plan["/llms.txt"].text == (
        "# The Gaze\n\n> On arms.\n\n## Sections\n\n- [Industry](https://x.example/sections/industry/)\n"
        "\n## Pages\n\n- [About](https://x.example/about/)\n"
    )
    assert not {"/humans.txt", "/llms.txt", "/.well-known/security.txt"} & publication().plan().keys()


def test_phones_are_told_what_the_site_is_and_a_static_file_tells_it_otherwise(publication):
    site = publication(url="https://x.example/news/", language="uk")
    told = json.loads(site.plan()["/site.webmanifest"].text)
    assert (told["name"], told["lang"], told["start_url"], told["scope"]) == ("The Gaze", "uk", "/news/", "/news/")
    site.file("static/site.webmanifest")
    own = CopyOutline("static/site.webmanifest", "digest of static/site.webmanifest")
    assert site.plan()["/site.webmanifest"] == own
