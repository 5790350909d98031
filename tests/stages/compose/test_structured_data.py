"""What pages say in JSON-LD, and that no text can break out of it."""

import json
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gazepress.documents import RefKind
from gazepress.located import Located
from gazepress.matter import Correction, Kind, PictureMatter, Source
from gazepress.model import ToArticle
from gazepress.settings import PolicySettings, ThemeSettings
from gazepress.stages.compose.structured_data import json_ld


def data_of(outputs, url):
    found = json.loads(outputs[url].view.head.json_ld)
    return {one["@type"]: one for one in (found if isinstance(found, list) else [found])}


def test_an_article_is_described_with_all_that_is_known(publication):
    site = publication(url="https://x.example/news/", timezone="Europe/Kyiv")
    site.author("anna", name="Anna", role="Editor")
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
    home = "https://x.example/news/"
    publisher = {"@type": "NewsMediaOrganization", "@id": f"{home}#publisher", "name": "The Gaze", "url": home}
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
        "dateModified": "2025-11-02T02:00:00+02:00",
        "inLanguage": "en",
        "dateline": "Lviv",
        "articleSection": "Land",
        "keywords": ["Ammo"],
        "wordCount": 460,
        "isAccessibleForFree": True,
        "image": [{"@type": "ImageObject", "url": "https://cdn.example/a.jpg", "caption": "A map"}],
        "author": [
            {
                "@type": "Person",
                "@id": "https://x.example/news/authors/anna/#person",
                "name": "Anna",
                "url": "https://x.example/news/authors/anna/",
                "jobTitle": "Editor",
            }
        ],
        "publisher": publisher,
        "isPartOf": [{"@type": "WebSite", "@id": f"{home}#website", "name": "The Gaze", "url": home}],
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
        {"image", "author", "citation", "correction", "dateline", "articleSection", "keywords", "about"}
        | {"backstory", "mentions"}
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
    assert data_of(plan, "/tags/ammo/").keys() == {"BreadcrumbList", "CollectionPage"}


def test_a_list_names_its_articles_in_their_order(publication):
    site = publication()
    site.article("shells", tags=("ammo",), section="land")
    site.article("fuzes", tags=("ammo",), section="land")
    plan = site.plan()
    for url in ("/tags/ammo/", "/sections/land/"):
        page = data_of(plan, url)["CollectionPage"]
        assert page["@id"] == f"https://x.example{url}"
        items = page["mainEntity"]["itemListElement"]
        assert [(item["position"], item["url"]) for item in items] == [
            (1, "https://x.example/2025/10/fuzes/"),
            (2, "https://x.example/2025/10/shells/"),
        ]


def test_a_storyline_is_a_series_to_which_its_reports_belong_and_each_names_those_before_it(publication):
    site = publication()
    one, two = site.article("one"), site.article("two", kind=Kind.ANALYSIS)
    three = site.article("three")
    site.storyline("story", one, two, three)
    plan = site.plan()
    series = {
        "@type": "CreativeWorkSeries",
        "@id": "https://x.example/storylines/story/#series",
        "name": "One",
        "url": "https://x.example/storylines/story/",
    }
    assert data_of(plan, "/storylines/story/")["CollectionPage"]["about"] == series
    last = data_of(plan, "/2025/10/three/")["NewsArticle"]
    assert last["isPartOf"][1] == series
    assert [(report["@type"], report["@id"]) for report in last["backstory"]] == [
        ("NewsArticle", "https://x.example/2025/10/one/"),
        ("AnalysisNewsArticle", "https://x.example/2025/10/two/"),
    ]
    assert "backstory" not in data_of(plan, "/2025/10/one/")["NewsArticle"]


def test_an_article_is_about_organizations_people_countries_and_systems(publication):
    site = publication()
    site.article("shells", organizations=("Works",), people=("Anna",), countries=("Ukraine",), systems=("X-1",))
    about = data_of(site.plan(), "/2025/10/shells/")["NewsArticle"]["about"]
    assert [(one["@type"], one["name"]) for one in about] == [
        ("Organization", "Works"),
        ("Person", "Anna"),
        ("Country", "Ukraine"),
        ("Thing", "X-1"),
    ]


def test_an_article_mentions_the_reports_that_its_text_leads_to_each_once(publication):
    site = publication()
    one, two, zero = site.article("one", kind=Kind.ANALYSIS), site.article("two"), site.article("zero")
    links = [(RefKind.LINK, "x", ToArticle(target)) for target in (one, two, one, "content/articles/three.md")]
    three = site.article("three", links=[(RefKind.RELATED, "zero", ToArticle(zero)), *links])
    site.storyline("story", two, three)
    said = data_of(site.plan(), "/2025/10/three/")["NewsArticle"]
    address = "https://x.example/2025/10/one/"
    assert said["mentions"] == [{"@type": "AnalysisNewsArticle", "@id": address, "url": address}]
    assert [earlier["@id"] for earlier in said["backstory"]] == ["https://x.example/2025/10/two/"]


def test_an_author_has_one_identity_on_the_profile_and_in_articles(publication):
    site = publication()
    site.author("anna", name="Anna", role="Editor", summary="Writes.")
    site.article("shells", authors=("anna",))
    plan = site.plan()
    profile = data_of(plan, "/authors/anna/")["ProfilePage"]
    (author,) = data_of(plan, "/2025/10/shells/")["NewsArticle"]["author"]
    assert profile["mainEntity"] == {**author, "description": "Writes."}


def test_the_publisher_says_how_it_works(publication):
    site = publication(
        policies=PolicySettings(corrections=Located("/corrections/"), masthead=Located("https://staff.example/"))
    )
    site.page("corrections")
    site.article("shells")
    publisher = data_of(site.plan(), "/2025/10/shells/")["NewsArticle"]["publisher"]
    assert publisher["correctionsPolicy"] == "https://x.example/corrections/"
    assert publisher["masthead"] == "https://staff.example/"
    assert publisher.keys() == {"@type", "@id", "name", "url", "correctionsPolicy", "masthead"}


def test_the_publisher_has_its_logo_and_without_one_its_icon(publication):
    site = publication(theme=ThemeSettings(logo=Located("/logo.svg")))
    site.file("theme:favicon.svg")
    site.file("static/logo.svg")
    site.article("shells")
    logo = data_of(site.plan(), "/")["WebSite"]["publisher"]["logo"]
    assert logo == {"@type": "ImageObject", "url": "https://x.example/logo.svg"}
    site.settings = replace(site.settings, theme=ThemeSettings())
    icon = site.plan()["/"].view.site.touch_icon
    assert icon.endswith(".png")
    assert data_of(site.plan(), "/")["WebSite"]["publisher"]["logo"]["url"] == f"https://x.example{icon}"


def test_a_policy_that_is_not_there_is_a_broken_link(publication):
    site = publication(policies=PolicySettings(ethics=Located("/ethic/", 7, 10)))
    site.page("ethics")
    (found,) = site.problems()
    assert (found.code, found.path, found.line, found.column) == ("link-broken", "site.yaml", 7, 10)
    assert found.message == "`policies: ethics` leads to '/ethic/', which this site does not have"
    assert found.hint == "did you mean /ethics/?"


def test_open_graph_names_section_tags_authors_and_the_country_of_the_language(publication):
    site = publication()
    site.author("anna", name="Anna")
    site.article("shells", section="land", tags=("ammo",), authors=("anna",), lang="uk")
    site.article("fuzes", lang="en-GB")
    site.article("hulls", lang="de-Latn-DE")
    plan = site.plan()
    head = plan["/2025/10/shells/"].view.head
    assert (head.section, head.tags, head.locale) == ("Land", ("Ammo",), "uk_UA")
    assert [(one.title, one.url) for one in head.authors] == [("Anna", "https://x.example/authors/anna/")]
    assert plan["/2025/10/fuzes/"].view.head.locale == "en_GB"
    assert plan["/2025/10/hulls/"].view.head.locale == ""
    assert plan["/"].view.head.locale == "en_US"


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
