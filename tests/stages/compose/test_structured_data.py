"""What pages say in JSON-LD, and that no text can break out of it."""

import json
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazepress.located import Located
from gazepress.matter import Correction, Kind, PictureMatter, Source
from gazepress.stages.compose.structured_data import json_ld


def data_of(outputs, url):
    found = json.loads(outputs[url].view.head.json_ld)
    return {one["@type"]: one for one in (found if isinstance(found, list) else [found])}


def test_an_article_is_described_with_all_that_is_known(publication):
    site = publication(url="https://x.example/news/", timezone="Europe/Kyiv")
    site.author("anna", name="Anna")
    site.article(
        "shells",
        section="land",
        tags=("ammo",),
        authors=("anna",),
        title="Shells",
        dateline="Lviv",
        updated=datetime(2025, 11, 1, tzinfo=UTC),
        image=PictureMatter(Located("https://cdn.example/a.jpg", 4, 8), "A map"),
        sources=(Source("Ministry", "https://mod.example/"), Source("Officer")),
        corrections=(Correction(datetime(2025, 11, 2, tzinfo=UTC), "Wrong number."),),
    )
    url = "https://x.example/news/2025/10/shells/"
    publisher = {"@type": "NewsMediaOrganization", "name": "The Gaze", "url": "https://x.example/news/"}
    data = data_of(site.plan(), "/2025/10/shells/")
    assert data["NewsArticle"] == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": "Shells",
        "description": "A summary.",
        "datePublished": "2025-10-09T15:00:00+03:00",
        "dateModified": "2025-11-01T02:00:00+02:00",
        "inLanguage": "en",
        "dateline": "Lviv",
        "articleSection": "Land",
        "keywords": ["Ammo"],
        "wordCount": 460,
        "image": ["https://cdn.example/a.jpg"],
        "author": [{"@type": "Person", "name": "Anna", "url": "https://x.example/news/authors/anna/"}],
        "publisher": publisher,
        "citation": [
            {"@type": "CreativeWork", "name": "Ministry", "url": "https://mod.example/"},
            {"@type": "CreativeWork", "name": "Officer"},
        ],
        "correction": [
            {"@type": "CorrectionComment", "text": "Wrong number.", "datePublished": "2025-11-02T02:00:00+02:00"}
        ],
    }
    steps = data["BreadcrumbList"]["itemListElement"]
    assert [
        (step["position"], step["name"], step["item"].removeprefix("https://x.example/news")) for step in steps
    ] == [
        (1, "The Gaze", "/"),
        (2, "Land", "/sections/land/"),
        (3, "Shells", "/2025/10/shells/"),
    ]


def test_what_is_not_known_is_left_out(publication):
    site = publication()
    site.article("shells")
    known = data_of(site.plan(), "/2025/10/shells/")["NewsArticle"]
    assert known.keys().isdisjoint(
        {"image", "author", "citation", "correction", "dateline", "articleSection", "keywords"}
    )
    assert known["dateModified"] == known["datePublished"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.REPORT, "NewsArticle"),
        (Kind.ANALYSIS, "AnalysisNewsArticle"),
        (Kind.BACKGROUND, "BackgroundNewsArticle"),
        (Kind.OPINION, "OpinionNewsArticle"),
        (Kind.INTERVIEW, "NewsArticle"),
        (Kind.LIVE, "NewsArticle"),
    ],
)
def test_the_kind_of_an_article_chooses_its_type(publication, kind, name):
    site = publication()
    site.article("shells", kind=kind)
    assert name in data_of(site.plan(), "/2025/10/shells/")


def test_the_front_page_describes_the_site_and_other_lists_the_way_to_them(publication):
    site = publication(description="News of arms.")
    site.article("shells", tags=("ammo",))
    plan = site.plan()
    assert data_of(plan, "/")["WebSite"]["description"] == "News of arms."
    assert plan["/"].view.head.trail == ()
    assert data_of(plan, "/tags/ammo/").keys() == {"BreadcrumbList"}


class _Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002 - overrides
        self.tags.append(tag)

    def handle_data(self, data):
        self.text.append(data)


@given(st.text() | st.sampled_from(["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028&amp;"]))
def test_no_text_breaks_out_of_the_script_element_and_all_of_it_can_be_read_back(title):
    written = json_ld({"@type": "Thing", "name": title})
    page = _Elements()
    page.feed(f'<script type="application/ld+json">{written}</script><p>')
    assert page.tags == ["script", "p"]
    assert json.loads("".join(page.text))["name"] == title


def test_a_title_with_a_script_stays_a_title(publication):
    site = publication()
    title = "</script><script>alert(1)</script>"
    site.article("shells", title=title)
    plan = site.plan()
    assert "<" not in plan["/2025/10/shells/"].view.head.json_ld
    assert data_of(plan, "/2025/10/shells/")["NewsArticle"]["headline"] == title
