"""Where things stand: permalinks, the path of a site, redirects, copies, and addresses that two things want."""

import tracemalloc
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gazepress.documents import RefKind
from gazepress.located import Located
from gazepress.model import Page, Planned, Text, ToFile, ToPage
from gazepress.outlines import CopyOutline
from gazepress.page_views import ArticlePage
from gazepress.settings import MenuItem, SectionSetting
from gazepress.stages.plan import make_plan
from gazepress.urls import collision_key, output_file

EVENING = datetime(2025, 12, 31, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("/{year}/{month}/{slug}/", "/2025/10/shells/"),
        ("/articles/{year}/{slug}/", "/articles/2025/shells/"),
        ("/{section}/{year}-{month}-{day}/{slug}/", "/industry/2025-10-09/shells/"),
        ("/{slug}/", "/shells/"),
    ],
)
def test_an_article_stands_where_the_permalink_says(publication, permalink, address):
    site = publication(permalink=permalink)
    site.article("shells", section="industry")
    assert isinstance(site.plan()[address].view, ArticlePage)


def test_a_section_that_is_missing_leaves_no_empty_step(publication):
    site = publication(permalink="/{section}/{slug}/")
    site.article("shells")
    assert "/shells/" in site.plan()


@pytest.mark.parametrize(
    ("zone", "address", "archive"),
    [("UTC", "/2025/12/31/shells/", "/archive/2025/12/"), ("Europe/Kyiv", "/2026/01/01/shells/", "/archive/2026/01/")],
)
def test_the_clocks_of_the_publication_decide_on_the_day(publication, zone, address, archive):
    site = publication(timezone=zone, permalink="/{year}/{month}/{day}/{slug}/")
    site.article("shells", date=EVENING)
    assert {address, archive} <= set(site.plan())


def test_the_offset_in_which_a_date_was_written_does_not_move_it(publication):
    written = EVENING.astimezone(timezone(timedelta(hours=-11)))
    site = publication(timezone="Europe/Kyiv", permalink="/{year}/{month}/{day}/{slug}/")
    site.article("shells", date=written)
    view = site.plan()["/2026/01/01/shells/"].view
    assert view.article.published.isoformat() == "2026-01-01T00:30:00+02:00"
    assert view.head.published == view.article.published


def test_a_site_with_a_path_has_it_in_all_addresses_and_in_no_file_name(publication):
    site = publication(url="https://x.example/news", menu=(MenuItem("About", Located("/about/?a=1#us", 1, 1)),))
    site.page("about", headings=["us"], aliases=("/old-about/",))
    site.article("shells", tags=("ammo",), section="land", authors=("anna",))
    site.file("static/logo.svg")
    plan = site.plan()
    article = plan["/2025/10/shells/"].view
    assert article.article.url == "/news/2025/10/shells/"
    assert article.article.permalink == article.head.url == "https://x.example/news/2025/10/shells/"
    assert [link.url for link in article.article.tags] == ["/news/tags/ammo/"]
    assert article.article.section.url == "/news/sections/land/"
    assert article.article.authors[0].url == "/news/authors/anna/"
    assert [link.url for link in article.head.trail] == ["/news/", "/news/sections/land/", "/news/2025/10/shells/"]
    assert [link.url for link in article.head.feeds] == ["/news/feed.xml", "/news/sections/land/feed.xml"]
    assert article.site.menu[0].url == "/news/about/?a=1#us"
    assert article.site.base + "/logo.svg" == "/news/logo.svg"
    assert (article.site.home, article.site.url) == ("/news/", "https://x.example/news/")
    assert plan["/old-about/"].view.target.url == "https://x.example/news/about/"
    assert "Sitemap: https://x.example/news/sitemap.xml" in plan["/robots.txt"].text
    assert "<loc>https://x.example/news/</loc>" in plan["/sitemaps/pages.xml"].text
    assert not any(url.startswith("/news") for url in plan)


def test_an_address_is_written_for_links_and_stands_unwritten_on_the_disk(publication):
    site = publication(url="https://x.example/новини/")
    site.file("static/карта 100%?.svg")
    site.article("shells", image=None, aliases=("/%D1%81%D1%82%D0%B0%D1%80%D0%B5/",))
    plan = site.plan()
    assert "/карта 100%?.svg" in plan
    assert "/старе/" in plan
    assert plan["/"].view.site.base == "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"
    assert plan["/"].view.head.url == "https://x.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/"


def test_a_file_with_a_decomposed_name_is_published_under_the_composed_one_that_links_use(publication):
    site = publication()
    name = unicodedata.normalize("NFD", "content/articles/café.png")
    site.file(name)
    site.file(unicodedata.normalize("NFD", "static/й.svg"))
    site.article("shells", links=[(RefKind.PICTURE, "café.png", ToFile(name))])
    plan = site.plan()
    assert plan["/media/articles/café.png"].source == name
    assert unicodedata.normalize("NFC", "/й.svg") in plan


# ------------------------------------------------------------------------------------------------------ redirects


def test_an_old_address_leads_to_the_article_and_is_not_indexed(publication):
    site = publication()
    file = site.article("shells", aliases=("/2024/shells/",), title="Shells & fuses")
    redirect = site.plan()["/2024/shells/"]
    assert redirect.template == "redirect.html"
    assert redirect.sources == (file,)
    assert redirect.view.target.title == "Shells & fuses"
    assert redirect.view.target.url == redirect.view.head.url == "https://x.example/2025/10/shells/"
    assert not redirect.view.head.index


@pytest.mark.parametrize(
    ("alias", "address"),
    [("/old/shells", "/old/shells/"), ("/old/v2.0", "/old/v2.0/"), ("/a.html", "/a.html"), ("/%D0%B6/", "/ж/")],
)
def test_an_alias_stands_at_a_folder_unless_it_names_an_html_file(publication, alias, address):
    site = publication()
    site.article("shells", aliases=(alias,))
    assert site.plan()[address].template == "redirect.html"


@pytest.mark.parametrize("alias", ["/2025/10/shells/", "/2025/10/shells", "/2025/10/shells/index.html"])
def test_an_alias_that_is_the_address_itself_is_left_out(publication, alias):
    site = publication()
    site.article("shells", aliases=(alias, "/old/", "/old"))
    plan = site.plan()
    assert isinstance(plan["/2025/10/shells/"], Page)
    assert [url for url, output in plan.items() if getattr(output, "template", "") == "redirect.html"] == ["/old/"]


@pytest.mark.parametrize(
    "alias",
    ["/%2e%2e/%2e%2e/etc/", "/a//b/", "/./", "/../x.html", "old/", "/%00/", "/a%0A/", f"/{'x' * 256}/", "/ж/" * 500],
)
def test_an_alias_that_leaves_the_output_folder_or_is_no_file_name_is_refused(publication, alias):
    site = publication()
    file = site.article("shells", aliases=(alias,))
    found = site.problems()
    assert [one.code for one in found] == ["wrong-value"]
    assert found[0].path == file
    assert len(found[0].message) < 500


def test_an_alias_of_very_many_steps_costs_no_memory(publication):
    site = publication()
    site.article("shells", aliases=("/a" * 10_000,))
    tracemalloc.start()
    found = site.problems()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one.code for one in found] == ["wrong-value"]
    assert peak < 10_000_000


# --------------------------------------------------------------------------------------------------------- copies


def test_of_the_content_only_what_a_published_text_refers_to_is_copied(publication):
    site = publication()
    used, unused = site.file("content/articles/map.svg", 3), site.file("content/articles/secret.svg")
    site.article("shells", links=[(RefKind.PICTURE, "map.svg", ToFile(used))])
    site.targets["content/articles/held.md"] = (ToFile(unused),)
    plan = site.plan()
    assert plan["/media/articles/map.svg"] == CopyOutline(used, f"digest of {used}")
    assert not any("secret" in url for url in plan)


def test_static_files_take_the_place_of_the_generated_ones(publication):
    site = publication()
    site.file("static/robots.txt")
    site.file("static/sitemap.xml")
    site.file("static/_headers")
    site.file("static/site.webmanifest")
    plan = site.plan()
    assert isinstance(plan["/robots.txt"], CopyOutline)
    assert isinstance(plan["/sitemap.xml"], CopyOutline)
    assert [url for url, output in plan.items() if isinstance(output, Text)] == ["/feeds.opml"]


# ----------------------------------------------------------------------------------------------------- collisions


def _two_articles(site):
    site.article("a/shells")
    site.article("b/shells")
    return "content/articles/a/shells.md", "content/articles/b/shells.md"


def _article_and_page(site):
    site.article("shells")
    site.page("shells")
    return "content/articles/shells.md", "content/pages/shells.md"


def _alias_and_page(site):
    site.article("fuses", aliases=("/About",))
    site.page("about")
    return "content/articles/fuses.md", "content/pages/about.md"


def _alias_and_tag(site):
    site.article("fuses", tags=("ammo",), aliases=("/tags/ammo/",))
    return "content/articles/fuses.md", "the page “Ammo”"


def _alias_in_two_texts(site):
    site.article("fuses", aliases=("/old/",))
    site.page("about", aliases=("/old",))
    return "content/articles/fuses.md", "content/pages/about.md"


def _static_and_feed(site):
    site.article("fuses")
    site.file("static/Feed.xml")
    return "static/Feed.xml", "the feed “The Gaze”"


def _static_and_section_feed(site):
    site.article("fuses", section="land")
    site.file("static/sections/land/feed.xml")
    return "static/sections/land/feed.xml", "the feed “The Gaze: Land”"


def _static_in_two_unicode_forms(site):
    names = unicodedata.normalize("NFC", "static/café.txt"), unicodedata.normalize("NFD", "static/café.txt")
    return site.file(names[0]), site.file(names[1])


def _static_and_media(site):
    used = site.file("content/articles/map.svg")
    site.article("fuses", links=[(RefKind.PICTURE, "map.svg", ToFile(used))])
    return used, site.file("static/media/articles/map.svg")


def _file_and_folder(site):
    site.article("fuses", aliases=("/old.html",))
    return "content/articles/fuses.md", site.file("static/old.html/logo.svg")


def _folder_that_is_a_file(site):
    site.page("about")
    return "content/pages/about.md", site.file("static/about")


def _home_and_alias(site):
    site.article("fuses", aliases=("/index.html",))
    return "content/articles/fuses.md", "the front page"


def _overview_and_page(site):
    site.article("fuses", tags=("ammo",))
    site.page("tags")
    return "content/pages/tags.md", "the page “Tags”"


def _robots_by_case(site):
    return site.file("static/Robots.txt"), "a file that gazepress makes"


COLLISIONS = [
    _two_articles,
    _article_and_page,
    _alias_and_page,
    _alias_and_tag,
    _alias_in_two_texts,
    _static_and_feed,
    _static_and_section_feed,
    _static_in_two_unicode_forms,
    _static_and_media,
    _file_and_folder,
    _folder_that_is_a_file,
    _home_and_alias,
    _overview_and_page,
    _robots_by_case,
]


@pytest.mark.parametrize("make", COLLISIONS, ids=lambda make: make.__name__.strip("_"))
def test_two_outputs_for_one_address_are_an_error_that_names_both(publication, make):
    site = publication(permalink="/{slug}/")
    names = make(site)
    (found,) = site.problems()
    assert found.code == "url-collision"
    assert all(name in found.message for name in names)
    assert found.path in names


def test_an_article_that_wants_one_address_in_two_spellings_is_told_so(publication):
    site = publication()
    site.article("shells", aliases=("/Old/", "/old/"))
    (found,) = site.problems()
    assert found.message == "an alias of content/articles/shells.md wants twice the same address: /Old/ and /old/"


def test_folders_that_differ_only_in_case_do_not_collide(publication):
    site = publication()
    site.file("static/Img/a.svg")
    site.file("static/img/b.svg")
    assert {"/Img/a.svg", "/img/b.svg"} <= set(site.plan())


# ------------------------------------------------------------------------------------------------------- the whole


def test_outputs_stand_in_the_order_of_their_addresses(publication):
    site = publication()
    for name in ("b", "a", "c"):
        site.article(name, tags=(name,))
    urls = list(site.plan())
    assert urls == sorted(urls)


def test_the_same_publication_gives_the_same_plan_whatever_the_order_of_its_files(publication):
    first, second = publication(), publication()
    for site, files in ((first, ("static/a.css", "static/b.css")), (second, ("static/b.css", "static/a.css"))):
        site.article("shells", tags=("ammo",), section="land", authors=("anna",), aliases=("/old/",))
        site.page("about")
        for file in files:
            site.file(file)
    assert first.plan() == second.plan()


NAMES = st.one_of(
    st.sampled_from(["a", "A", "..", ".", "feed.xml", "index.html", "page", "é", "é", "ﬁ"]), st.text(max_size=6)
)
ALIASES = st.lists(st.lists(NAMES, max_size=4).map("/".join), max_size=3).map(tuple)


@hypothesis_settings(max_examples=150, deadline=None)
@given(
    articles=st.lists(st.tuples(NAMES, st.lists(NAMES, max_size=2), ALIASES, NAMES), max_size=4),
    files=st.lists(st.lists(NAMES.filter(bool), min_size=1, max_size=3).map("/".join), max_size=3, unique=True),
    permalink=st.sampled_from(["/{slug}/", "/{section}/{slug}/", "/tags/{slug}/", "/{year}/{month}/{slug}/"]),
)
def test_every_plan_gives_each_output_a_file_of_its_own_below_the_output_folder_or_a_problem(
    publication, articles, files, permalink
):
    site = publication(permalink=permalink, sections=(SectionSetting("land", "Land"),))
    for at, (slug, tags, aliases, section) in enumerate(articles):
        site.article(f"{at}", slug=slug, tags=tags, aliases=aliases, section=section, title=slug, authors=tags)
    for file in files:
        site.file(f"static/{file}")
    plan = make_plan(site.graph(), site.settings, site.files, {}, site.sheets)
    if plan.diagnostics:
        assert {one.code for one in plan.diagnostics} <= {"url-collision", "wrong-value"}
        return
    names = [PurePosixPath(output_file(output.url)) for output in plan.value.outputs]
    assert len({collision_key(str(name)) for name in names}) == len(names)
    written = {str(name) for name in names}
    for output, name in zip(plan.value.outputs, names, strict=True):
        assert not name.is_absolute()
        assert str(name) == output_file(output.url)  # no empty step and no `.`, which a path would drop
        assert ".." not in name.parts
        assert written.isdisjoint(map(str, name.parents))
        assert isinstance(output, Planned)


def test_a_link_to_an_author_or_page_leads_to_its_address(publication, link):
    site = publication()
    author, page = site.author("anna"), site.page("about", headings=["us"])
    targets = [ToPage(author), ToPage(page, "us")]
    site.article("shells", *link(0), *link(1), links=[(RefKind.LINK, "x", target) for target in targets])
    (body,) = site.plan()["/2025/10/shells/"].view.article.body
    assert body == '<a href="/authors/anna/">words</a><a href="/about/#us">words</a>'
