"""What pages show: lists and their pages, overviews, articles with what surrounds them, drafts."""

from datetime import UTC, datetime

import msgspec
import pytest

from gazepress.documents import RefKind
from gazepress.located import Located
from gazepress.matter import Correction, CorrectionKind, PictureMatter
from gazepress.model import Feed, Page, ToArticle, ToFile, ToSitePath
from gazepress.outlines import FeedOutline, shows
from gazepress.page_views import ArticlePage, DirectoryPage, HomePage, ListPage
from gazepress.published import Held, HeldReason
from gazepress.settings import PictureSettings, SectionSetting


def titles(cards):
    return [card.title for card in cards]


def shown_on(home):
    return (home.lead, *home.top, *home.latest)


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_a_list_has_as_many_pages_as_its_articles_fill(publication, count, pages):
    site = publication(per_page=2)
    for at in range(count):
        site.article(f"a{at}", section="land")
    plan = site.plan()
    fronts = [url for url in plan if url == "/" or url.startswith("/page/")]
    assert sorted(fronts) == ["/", *(f"/page/{number}/" for number in range(1, pages))]


def test_pages_of_a_list_lead_to_each_other_and_together_hold_every_article_once(publication):
    site = publication(per_page=2, url="https://x.example/news/")
    for at in range(5):
        site.article(f"a{at}", tags=("ammo",))
    plan = site.plan()
    views = [plan[url].view for url in ("/tags/ammo/", "/tags/ammo/page/2/", "/tags/ammo/page/1/")]
    assert [titles(view.cards) for view in views] == [["A4", "A3"], ["A2"], ["A1", "A0"]]
    assert [(view.pager.newer, view.pager.older) for view in views] == [
        ("", "/news/tags/ammo/page/2/"),
        ("/news/tags/ammo/", "/news/tags/ammo/page/1/"),
        ("/news/tags/ammo/page/2/", ""),
    ]
    assert [view.pager.oldest for view in views] == ["/news/tags/ammo/page/1/", "", ""]
    assert [view.head.url for view in views][1] == "https://x.example/news/tags/ammo/page/2/"
    assert [view.head.title for view in views] == ["Ammo", "Ammo, page 2", "Ammo, page 1"]
    assert [view.count for view in views] == [5, None, None]


@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("count", range(1, 8))
def test_a_newer_article_leaves_all_pages_of_a_list_but_its_two_newest_as_they_were(publication, count, size):
    site = publication(per_page=size)
    plans = []
    for at in range(count + 1):
        site.article(
            f"a{at}", section="land", tags=("ammo",), authors=("anna",), date=datetime(2025, 3, at + 1, tzinfo=UTC)
        )
        plans = [*plans[-1:], site.plan()]
    before, after = plans
    for path in ("/", "/sections/land/", "/tags/ammo/", "/authors/anna/", "/archive/2025/", "/archive/2025/03/"):
        *older, newest = [path, *(f"{path}page/{number}/" for number in range(1, (count - 1) // size + 1))]
        assert all(after[url] == before[url] for url in older[1:])
        if older:
            was, is_now = (titles(plan[newest].view.cards) for plan in plans)
            assert is_now == [f"A{count - size}", *was] if len(was) < size else was


def test_the_front_page_shows_the_newest_article_then_the_others_and_goes_on_in_latest(publication):
    site = publication(per_page=2)
    for at in range(3):
        site.article(f"a{at}", section="land")
    plan = site.plan()
    home, more = plan["/"].view, plan["/page/1/"]
    assert isinstance(home, HomePage)
    assert (home.lead.title, titles(home.top), titles(home.latest)) == ("A2", ["A1", "A0"], [])
    assert home.sections == ()
    assert (more.template, titles(more.view.cards)) == ("latest.html", ["A0"])


def test_an_empty_publication_has_a_front_page_a_feed_and_no_overviews(publication):
    plan = publication().plan()
    assert list(plan) == [
        "/",
        "/404.html",
        "/_headers",
        "/atom.xml",
        "/feed.json",
        "/feed.xml",
        "/feeds.opml",
        "/feeds/",
        "/robots.txt",
        "/site.webmanifest",
        "/sitemap.xml",
        "/sitemaps/news.xml",
        "/sitemaps/pages.xml",
    ]
    assert plan["/"].view.lead is None
    assert plan["/"].view.site.directories == ()


def test_overviews_are_there_only_when_they_have_something_to_show(publication):
    site = publication()
    site.article("shells", tags=("ammo",))
    plan = site.plan()
    assert [url for url, one in plan.items() if isinstance(getattr(one, "view", None), DirectoryPage)] == [
        "/archive/",
        "/tags/",
    ]
    assert [link.url for link in plan["/"].view.site.directories] == ["/tags/", "/archive/"]


def test_overviews_count_and_link_what_they_list(publication):
    site = publication()
    site.author("anna", role="Editor")
    first = site.article("fuses", tags=("ammo",), authors=("anna",), section="land")
    second = site.article("shells", tags=("ammo", "steel"), authors=("anna", "bohdan"))
    site.storyline("fuses", first, second)
    plan = site.plan()
    lines = {
        name: [(one.title, one.url, one.count) for one in plan[f"/{name}/"].view.groups[0].entries]
        for name in ("sections", "tags", "authors", "storylines")
    }
    assert lines == {
        "sections": [("Land", "/sections/land/", 1)],
        "tags": [("Ammo", "/tags/ammo/", 2), ("Steel", "/tags/steel/", 1)],
        "authors": [("Anna", "/authors/anna/", 2), ("Bohdan", "/authors/bohdan/", 1)],
        "storylines": [("Fuses", "/storylines/fuses/", 2)],
    }
    assert titles(plan["/storylines/fuses/"].view.cards) == ["Fuses", "Shells"]
    assert plan["/authors/anna/"].view.author.role == "Editor"
    assert titles(plan["/authors/bohdan/"].view.cards) == ["Shells"]


def test_the_archive_has_years_and_months_newest_first(publication):
    site = publication()
    for name, month in (("a", 1), ("b", 3), ("c", 3)):
        site.article(name, date=datetime(2025, month, 5, tzinfo=UTC))
    site.article("old", date=datetime(2023, 7, 5, tzinfo=UTC))
    plan = site.plan()
    groups = plan["/archive/"].view.groups
    assert [(group.title, [(one.title, one.count) for one in group.entries]) for group in groups] == [
        ("2025", [("2025-03", 2), ("2025-01", 1)]),
        ("2023", [("2023-07", 1)]),
    ]
    assert sorted(titles(plan["/archive/2025/"].view.cards)) == ["A", "B", "C"]
    assert sorted(titles(plan["/archive/2025/03/"].view.cards)) == ["B", "C"]
    assert [link.url for link in plan["/archive/2025/03/"].view.head.trail][1:3] == ["/archive/", "/archive/2025/"]


def test_a_section_of_the_settings_has_its_page_and_feed_before_its_first_article(publication):
    site = publication(sections=(SectionSetting("sea", "At sea", "Ships."),))
    plan = site.plan()
    assert isinstance(plan["/sections/sea/"].view, ListPage)
    assert isinstance(plan["/sections/sea/feed.xml"], Feed)
    assert plan["/sections/"].view.groups[0].entries[0].count == 0
    assert plan["/"].view.sections == ()


def test_an_article_page_shows_what_surrounds_the_article(publication):
    site = publication(url="https://x.example/news/")
    site.author("anna", role="Editor", summary="Writes.")
    first, second, third = (site.article(name, section="land") for name in ("fuses", "steel", "powder"))
    moment = datetime(2025, 11, 1, 9, 0, tzinfo=UTC)
    notes = (Correction(moment, "older"), Correction(moment.replace(day=2), "newer", CorrectionKind.UPDATE))
    file = site.article(
        "shells", section="land", authors=("anna",), corrections=notes, headings=["why"], updated=moment
    )
    site.storyline("fuses", first, second, file)
    site.neighbors[file] = (third, "")
    site.backlinks[file] = (site.article("primers"), third)
    site.related[file] = (site.article("casings"), third)
    view = site.plan()["/2025/10/shells/"].view
    article = view.article
    assert titles(article.storyline.earlier) == ["Fuses", "Steel"]
    assert article.storyline.later == ()
    assert (article.storyline.title, article.storyline.url) == ("Fuses", "/news/storylines/fuses/")
    assert (article.older.title, article.newer) == ("Powder", None)
    assert titles(article.related) == ["Casings", "Powder"]
    assert titles(article.backlinks) == ["Primers"], "an older article that refers to it is no later coverage"
    assert [note.text for note in article.corrections] == ["newer", "older"]
    assert (article.words, article.minutes) == (460, 2)
    assert [(one.level, one.title, one.url) for one in article.headings] == [(2, "Why", "#why")]
    assert (article.authors[0].role, article.authors[0].summary) == ("Editor", "Writes.")
    assert article.summary == view.head.description == "A summary."
    assert (view.head.kind, view.head.updated) == ("article", article.corrections[0].date)


def test_an_article_names_another_one_once_beside_its_text(publication):
    site = publication()
    first, card, sklo, other = (site.article(name) for name in ("fuses", "card", "sklo", "other"))
    file = site.article("shells", links=[(RefKind.READ_MORE, "card", ToArticle(card))])
    later, linked = site.article("later"), site.article("linked")
    site.storyline("fuses", first, file, later)
    site.translations[file] = (file, sklo)
    site.backlinks[file] = (linked, later)
    site.related[file] = (later, linked, card, first, sklo, other)
    article = site.plan()["/2025/10/shells/"].view.article
    assert titles((*article.storyline.earlier, *article.storyline.later)) == ["Fuses", "Later"]
    assert (titles(article.backlinks), titles(article.related)) == (["Linked"], ["Other"])


def test_a_card_says_what_the_graph_has_marked(publication):
    site = publication()
    site.article("shells")
    site.marked = {site.article("tanks"): CorrectionKind.UPDATE}
    assert {card.title: card.note for card in site.checked_plan().value.cards.values()} == {
        "Shells": "",
        "Tanks": "update",
    }


def test_a_retracted_article_has_its_page_and_stands_in_no_list(publication):
    site = publication(search=True)
    note = Correction(datetime(2025, 11, 1, tzinfo=UTC), "x", CorrectionKind.RETRACTION)
    site.article("shells")
    site.article("tanks", corrections=(note,))
    plan = site.checked_plan().value
    shown = {one.url: shows(one.outline).cards for one in plan.outputs if not isinstance(one.outline, FeedOutline)}
    assert {url for url, cards in shown.items() if "content/articles/tanks.md" in cards} == {
        "/2025/10/tanks/",
        "/corrections/",
    }
    sitemaps = [one.outline for one in plan.outputs if one.url.startswith("/sitemap")]
    assert not any("tanks" in one.text for one in sitemaps)


def test_lead_pictures_are_files_beside_the_text_paths_of_the_site_or_full_addresses(publication):
    site = publication(url="https://x.example/news/", pictures=PictureSettings(share=False))
    beside = site.file("content/articles/map.svg")
    site.file("static/images/a.svg")
    written = {
        "map.svg": ToFile(beside),
        "/images/a.svg": ToSitePath("/images/a.svg"),
        "https://cdn.example/b.jpg": None,
        "//cdn.example/c.jpg": None,
    }
    for at, (src, target) in enumerate(written.items()):
        links = [(RefKind.PICTURE, src, target)] if target else []
        site.article(f"a{at}", image=PictureMatter(Located(src, 5, 8), "alt", "caption", "credit"), links=links)
    plan = site.plan()
    views = [plan[f"/2025/10/a{at}/"].view for at in range(4)]
    assert [view.article.picture.url for view in views] == [
        "/news/media/articles/map.svg",
        "/news/images/a.svg",
        "https://cdn.example/b.jpg",
        "https://cdn.example/c.jpg",
    ]
    assert [view.head.picture for view in views][:3] == [
        "https://x.example/news/media/articles/map.svg",
        "https://x.example/news/images/a.svg",
        "https://cdn.example/b.jpg",
    ]
    picture = views[0].article.picture
    assert (picture.alt, picture.caption, picture.credit) == ("alt", "caption", "credit")


def test_a_picture_in_the_text_is_not_taken_for_the_lead_picture(publication):
    site = publication()
    site.file("static/a.svg")
    lead = PictureMatter(Located("https://cdn.example/b.jpg", 4, 8), "alt")
    site.article("shells", image=lead, links=[(RefKind.PICTURE, "/a.svg", ToSitePath("/a.svg"))])
    assert site.plan()["/2025/10/shells/"].view.article.picture.url == "https://cdn.example/b.jpg"


def test_an_authors_portrait_is_shown_in_bylines_the_overview_and_on_the_page(publication):
    site = publication()
    face = site.file("content/authors/anna.jpg")
    image = PictureMatter(Located("anna.jpg", 4, 8), "Anna")
    site.author("anna", "<p>Writes.</p>", image=image, links=[(RefKind.PICTURE, "anna.jpg", ToFile(face))])
    site.article("shells", authors=("anna",))
    plan = site.plan()
    shown = [
        plan["/2025/10/shells/"].view.article.authors[0].picture,
        plan["/authors/"].view.groups[0].entries[0].picture,
        plan["/authors/anna/"].view.author.picture,
    ]
    assert {picture.url for picture in shown} == {"/media/authors/anna.jpg"}
    assert plan["/authors/anna/"].view.author.body == ("<p>Writes.</p>",)


def test_an_article_in_another_language_says_so_in_its_page_and_card_and_redirect(publication):
    site = publication()
    site.article("shells", lang="uk", aliases=("/old/",))
    plan = site.plan()
    assert plan["/2025/10/shells/"].view.head.lang == "uk"
    assert plan["/"].view.lead.lang == "uk"
    assert plan["/"].view.head.lang == "en"
    assert plan["/old/"].view.head.lang == "uk"


# ------------------------------------------------------------------------------------------- what a page is spared


def test_cards_carry_no_text_of_the_article(publication):
    site = publication()
    site.article("fuses", "<p>SECRET-BODY</p>")
    site.article("shells", tags=("ammo",))
    plan = site.plan()
    with_body = [url for url, one in plan.items() if b"SECRET-BODY" in msgspec.json.encode(one)]
    assert with_body == ["/2025/10/fuses/", "/atom.xml", "/feed.json", "/feed.xml"]


def test_an_article_shows_few_backlinks_and_a_few_parts_of_its_story_however_many_there_are(publication):
    site = publication()
    files = [site.article(f"a{at}", date=datetime(2020, 1, 1 + at // 24, at % 24, tzinfo=UTC)) for at in range(200)]
    site.storyline("a0", *files)
    for file in files:
        site.backlinks[file] = tuple(one for one in reversed(files) if one != file)
    article = site.plan()["/2020/01/a100/"].view.article
    assert titles(article.storyline.earlier) == ["A95", "A96", "A97", "A98", "A99"]
    assert titles(article.storyline.later) == ["A101", "A102", "A103", "A104", "A105"]
    assert titles(article.backlinks) == [f"A{at}" for at in range(199, 187, -1)]


# -------------------------------------------------------------------------------------------------------- drafts


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("uk", "Ембарго до 1 грудня 2025\u202fр., 12:00 EET"),
        ("de", "Sperrfrist bis 1. Dezember 2025, 12:00 EET"),
        ("fr", "Sous embargo jusqu’au 1 décembre 2025, 12:00 EET"),
    ],
)
def test_until_when_a_text_is_held_is_said_in_the_language_of_the_site(publication, language, shown):
    site = publication(timezone="Europe/Kyiv", language=language)
    site.article("held", held=Held("held", HeldReason.EMBARGO, datetime(2025, 12, 1, 10, 0, tzinfo=UTC)))
    assert site.plan()["/2025/10/held/"].view.article.held == shown


def test_a_build_that_shows_held_texts_marks_them_and_keeps_every_page_from_search_engines(publication):
    site = publication(timezone="Europe/Kyiv")
    until = datetime(2025, 12, 1, 10, 0, tzinfo=UTC)
    words = {
        "draft": (HeldReason.DRAFT, None, "Draft"),
        "embargo": (HeldReason.EMBARGO, until, "Embargo until December 1, 2025, 12:00\u202fPM EET"),
        "future": (HeldReason.FUTURE, until, "Dated December 1, 2025, 12:00\u202fPM EET"),
    }
    for name, (reason, moment, _) in words.items():
        site.article(name, held=Held(name, reason, moment))
    site.article("public", tags=("ammo",))
    site.page("about", held=Held("about", HeldReason.DRAFT))
    site.file("static/robots.txt")
    plan = site.plan()
    for name, (_, _, shown) in words.items():
        assert plan[f"/2025/10/{name}/"].view.article.held == shown
    cards = {card.title.lower(): card.held for card in shown_on(plan["/"].view)}
    assert cards == {name: shown for name, (_, _, shown) in words.items()} | {"public": ""}
    assert plan["/about/"].view.held == "Draft"
    assert not any(one.view.head.index for one in plan.values() if isinstance(one, Page))
    assert plan["/robots.txt"].text == "User-agent: *\nDisallow: /\n"
    assert not [url for url, one in plan.items() if "/sitemaps/" in url and "<url>" in one.text]


def test_a_public_build_lets_search_engines_in(publication):
    site = publication()
    site.article("shells")
    plan = site.plan()
    hidden = [url for url, one in plan.items() if isinstance(one, Page) and not one.view.head.index]
    assert hidden == ["/404.html"]
    assert isinstance(plan["/2025/10/shells/"].view, ArticlePage)
    assert "Disallow" not in plan["/robots.txt"].text
