"""What references become, and what is said of those that lead nowhere."""

import time

import pytest

from gazepress.diagnostics import Severity
from gazepress.documents import Hole, ReadMore, RefKind, Role
from gazepress.located import Located
from gazepress.matter import PictureMatter
from gazepress.model import ToArticle, ToFile, ToHere, ToPage, ToSitePath
from gazepress.published import Held, HeldReason
from gazepress.settings import MenuItem, ReferencePolicy
from gazepress.stages.plan import make_plan


def to(path, fragment=""):
    return (RefKind.LINK, path + (f"#{fragment}" if fragment else ""), ToSitePath(path, fragment))


def body_of(outputs, url):
    return outputs[url].view.article.body


def test_a_link_becomes_the_address_of_what_it_leads_to(publication, link):
    site = publication(url="https://x.example/news/")
    other = site.article("fuses")
    media = site.file("content/articles/a b.pdf")
    targets = [ToArticle(other, "why"), ToFile(media), ToSitePath("/tags/?a=1&b=%262", "top"), ToHere("below")]
    parts = [part for at in range(len(targets)) for part in (*link(at), "\n")]
    site.article("shells", *parts, tags=["ammo"], links=[(RefKind.LINK, "x", target) for target in targets])
    (body,) = body_of(site.plan(), "/2025/10/shells/")
    assert body.split() == [
        "<a", 'href="/news/2025/10/fuses/#why">words</a>',
        "<a", 'href="/news/media/articles/a%20b.pdf">words</a>',
        "<a", 'href="/news/tags/?a=1&amp;b=%262#top">words</a>',
        "<a", 'href="#below">words</a>',
    ]  # fmt: skip


def test_a_title_hole_shows_the_title_escaped_and_the_words_as_written_when_it_leads_nowhere(publication):
    site = publication(references=ReferencePolicy.WARNING)
    author, other = site.author("anna", name="Anna"), site.article("fuses", title="Fuses <b>& more")
    targets = [("Fuses", ToArticle(other)), ("anna", ToPage(author)), ("<i>Nothing", None)]
    parts = [part for at in range(3) for part in (Hole(at, Role.OPEN), Hole(at, Role.TITLE), Hole(at, Role.CLOSE), "|")]
    site.article("shells", *parts, links=[(RefKind.WIKI, *target) for target in targets])
    (body,) = body_of(site.plan(), "/2025/10/shells/")
    assert body.split("|")[:3] == [
        '<a href="/2025/10/fuses/">Fuses &lt;b&gt;&amp; more</a>',
        '<a href="/authors/anna/">Anna</a>',
        "&lt;i&gt;Nothing",
    ]


def test_read_more_lines_become_blocks_of_cards_and_one_that_leads_nowhere_is_plain_text(publication):
    site = publication()
    other = site.article("fuses", title="Fuses: a shortage")
    links = [(RefKind.READ_MORE, "Fuses: a shortage", ToArticle(other)), (RefKind.READ_MORE, "Gone", None)]
    site.article("shells", "<p>a</p>", ReadMore("Read more", (0, 1)), "<p>b</p>", ReadMore("See", (1,)), links=links)
    before, block, after = body_of(site.plan(), "/2025/10/shells/")
    assert (before, after) == ("<p>a</p>", "<p>Read more: Gone</p>\n<p>b</p><p>See: Gone</p>\n")
    assert (block.label, [card.title for card in block.cards]) == ("Read more", ["Fuses: a shortage"])


def test_a_link_to_a_path_that_nothing_answers_is_an_error_with_its_place_and_the_nearest_address(publication):
    site = publication()
    site.page("corrections-policy")
    file = site.article("shells", links=[to("/corections-policy/")])
    (found,) = site.problems()
    assert (found.code, found.path, found.line, found.column) == ("link-broken", file, 10, 3)
    assert found.severity is Severity.ERROR
    assert found.hint == "did you mean /corrections-policy/?"


def test_a_link_without_the_slash_at_its_end_is_told_to_have_one(publication):
    site = publication()
    site.page("about")
    site.article("shells", links=[to("/about")])
    (found,) = site.problems()
    assert found.hint == "did you mean /about/ with a slash at the end?"


@pytest.mark.parametrize(
    "path",
    (
        "/ /about/ /about/?from=x /old/ /tags/ammo/ /feed.xml /robots.txt /sitemap.xml /404.html /archive/2025/ "
        "/archive/2025/10/ /%D0%BB.svg /л.svg /media/articles/map.svg"
    ).split(),
)
def test_a_link_to_anything_that_the_build_makes_is_fine(publication, path):
    site = publication()
    site.file("static/л.svg")
    used = site.file("content/articles/map.svg")
    site.page("about", aliases=("/old/",))
    site.article("shells", tags=("ammo",), links=[to(path), (RefKind.PICTURE, "map.svg", ToFile(used))])
    assert site.problems() == ()


def test_a_place_on_a_page_of_the_site_is_checked(publication):
    site = publication()
    site.page("about", headings=["our-staff", "funding"])
    links = [to("/about/", "our-staff"), to("/about/", "our-stuff"), to("/about/", "zzz"), to("/", "anything")]
    site.article("shells", links=links)
    assert [(one.code, one.line, one.hint) for one in site.problems()] == [
        ("fragment-unknown", 11, "did you mean #our-staff?"),
        ("fragment-unknown", 12, "the page has no such heading"),
    ]


def test_a_place_is_checked_on_the_text_that_an_old_address_leads_to(publication):
    site = publication()
    site.page("about", headings=["our-staff"], aliases=("/old/",))
    site.article("shells", links=[to("/old/", "our-staff"), to("/old/", "our-stuff")])
    assert [(one.code, one.line, one.hint) for one in site.problems()] == [
        ("fragment-unknown", 11, "did you mean #our-staff?")
    ]


def test_authors_and_standing_pages_are_checked_as_well(publication):
    site = publication()
    files = [site.page("about", links=[to("/nowhere/")]), site.author("anna", links=[to("/nowhere/")])]
    assert [(one.code, one.path) for one in site.problems()] == [("link-broken", file) for file in files]


def test_broken_links_that_are_warnings_are_unlinked_and_broken_pictures_show_their_words(publication, link):
    site = publication(references=ReferencePolicy.WARNING)
    picture = (RefKind.PICTURE, "/no.svg", ToSitePath("/no.svg"))
    lead = PictureMatter(Located("/no.svg", 4, 8), "A map")
    parts = [*link(0, "words"), '<img src="', Hole(1, Role.ADDRESS), '" alt="A map">']
    site.article("shells", *parts, links=[to("/nowhere/"), picture], image=lead)
    plan = make_plan(site.graph(), site.settings, site.files, {}, site.sheets)
    assert [(one.code, one.severity) for one in plan.diagnostics] == [("link-broken", Severity.WARNING)] * 2
    view = site.composed(plan.value)["/2025/10/shells/"].view.article
    assert view.body == ('words<img src="data:," alt="A map">',)
    assert view.picture is None


def test_a_broken_link_of_a_held_text_is_a_note(publication):
    site = publication()
    held = Held("content/articles/shells.md", HeldReason.DRAFT)
    site.article("shells", links=[to("/nowhere/")], held=held)
    assert [one.severity for one in site.problems()] == [Severity.NOTE]


def test_menu_entries_are_checked_with_their_place(publication):
    urls = ["/about/", "/abut/", "https://elsewhere.example/", "/about/#staff", "/about/#stuff", "about/"]
    site = publication(menu=tuple(MenuItem("x", Located(url, line, 9)) for line, url in enumerate(urls, 20)))
    site.page("about", headings=["staff"])
    assert [(one.path, one.code, one.line, one.column, one.hint) for one in site.problems()] == [
        ("site.yaml", "link-broken", 21, 9, "did you mean /about/?"),
        ("site.yaml", "fragment-unknown", 24, 9, "did you mean #staff?"),
        ("site.yaml", "link-broken", 25, 9, "did you mean /about/?"),
    ]


def test_the_menu_is_the_sections_unless_it_is_given(publication):
    site = publication(url="https://x.example/news/")
    site.article("shells", section="land")
    assert [(one.title, one.url) for one in site.plan()["/"].view.site.menu] == [("Land", "/news/sections/land/")]


def test_thousands_of_different_broken_links_do_not_take_thousands_of_searches(publication):
    site = publication()
    for at in range(1500):
        site.article(f"report-{at}", links=[to(f"/2024/01/report-{at}-{more}/") for more in range(4)])
    start = time.process_time()
    found = site.problems()
    assert time.process_time() - start < 8
    assert len(found) == 6000
    assert sum(bool(one.hint) for one in found) == 100


def test_a_message_shows_a_long_address_in_part_and_on_one_line(publication):
    site = publication()
    site.article("shells", links=[to("/x\n" + "y" * 5000 + "/")])
    (found,) = site.problems()
    assert "\n" not in found.message
    assert len(found.message) < 200
