"""Whatever becomes of a text – moved, renamed, another permalink, another domain – it keeps what it is called in feeds,
and everything that it was ever published at leads to it.
"""

import pytest

from gazepress.located import Located
from gazepress.published import Held, HeldReason
from gazepress.settings import RedirectSettings
from gazepress.url_lock import Recorded

SINCE = "2026-01-01T00:00:00Z"
ID = "https://old.example/2025/10/shells/"


def recorded(url, file="shells", id_=ID, since=SINCE, **more):
    return Recorded(url, since, f"content/articles/{file}.md", id_, line=3, **more)


def item(site, url="/feed.xml"):
    return site.plan()[url].view.items[0]


def redirects(site):
    """Return the rules of the plan: old address → new one."""
    rules = site.plan().get("/_redirects")
    return dict(line.split(" ")[:2] for line in rules.text.splitlines()) if rules else {}


@pytest.mark.parametrize(
    ("name", "matter", "lock"),
    [
        ("shells", {}, [recorded("/2025/10/shells/")]),  # nothing but the domain is another
        ("shells", {}, [recorded("/2024/shells/")]),  # another permalink, known by its file
        ("shells", {}, [recorded("/2025/10/shells/", "land/shells")]),  # another folder, known by its address
        ("shells", {}, [recorded("/land/shells/", "land/shells")]),  # both are others, known by its slug
        ("more-shells", {"aliases": ("/2025/10/shells/",)}, [recorded("/2025/10/shells/")]),  # renamed
        ("shells", {"aliases": ("/vanity/",)}, [recorded("/2025/10/shells/")]),  # an alias given later is no new name
        ("shells", {"id": ID, "slug": "x"}, [recorded("/land/y/", "y")]),  # known by the id that is written into it
    ],
)
def test_a_text_keeps_the_id_that_was_recorded(publication, name, matter, lock):
    site = publication()
    site.article(name, **matter)
    site.recorded = lock
    assert (item(site).id, item(site).is_permalink) == (ID, False)
    assert all(one.url in redirects(site) or one.url in site.plan() for one in lock)


def test_an_id_that_is_given_later_takes_the_place_of_the_recorded_one_and_old_addresses_still_lead_there(publication):
    site = publication()
    site.article("shells", id="gaze-17", slug="more-shells")
    site.recorded = [recorded("/2025/10/shells/")]
    assert item(site).id == "gaze-17"
    assert redirects(site) == {"/2025/10/shells/": "/2025/10/more-shells/"}
    new = site.checked_plan().value.unrecorded
    assert {(one.url, one.since, one.id) for one in new} == {
        ("/2025/10/more-shells/", "", "gaze-17"),
        ("/2025/10/shells/", SINCE, "gaze-17"),
    }


def test_a_line_without_an_id_takes_the_id_of_no_other_text(publication):
    site = publication()
    site.article("shells")
    site.article("armor")
    site.recorded = [recorded("/2025/10/armor/", "armor"), recorded("/2025/10/shells/", id_="")]
    assert {one.id for one in site.plan()["/feed.xml"].view.items} == {ID, "https://x.example/2025/10/shells/"}


def test_a_new_report_of_an_old_name_is_another_one(publication):
    site = publication()
    site.article("shells", date=site.graph().as_of.replace(year=2027))
    site.recorded = [recorded("/land/shells/", "land/shells", given_up=True)]
    assert item(site).id == "https://x.example/2027/10/shells/"


def test_where_two_could_have_moved_nobody_guesses(publication):
    site = publication(permalink="/{section}/{slug}/")
    site.article("a/shells", section="a")
    site.article("b/shells", section="b")
    site.recorded = [recorded("/land/shells/", "land/shells")]
    assert [one.code for one in site.problems()] == ["url-lost"]


def test_an_address_goes_to_who_stands_there_now(publication):
    site = publication()
    site.article("tanks", slug="shells")
    site.article("shells", slug="old-shells")
    site.recorded = [recorded("/2025/10/shells/")]
    first, second = (site.checked_plan().value.outputs, site.problems())
    assert second == ()
    assert [one.url for one in first if one.url.startswith("/2025/10/")].count("/2025/10/shells/") == 1


def test_a_new_text_at_the_old_address_of_another_needs_an_id_of_its_own(publication):
    site = publication()
    site.article("shells", slug="more-shells")
    site.article("tanks", slug="shells")
    id_ = "https://x.example/2025/10/shells/"
    site.recorded = [recorded("/2025/10/shells/", id_=id_), recorded("/2025/10/more-shells/", id_=id_)]
    assert [(one.code, one.path) for one in site.problems()] == [("id-taken", "content/articles/shells.md")]


def test_what_is_recorded_already_is_not_recorded_again(publication):
    site = publication()
    site.author("anna")
    site.page("about")
    site.article("shells", authors=("anna",))
    site.article("fuses")
    site.storyline("shells", "content/articles/shells.md", "content/articles/fuses.md")
    new = site.checked_plan().value.unrecorded
    assert [(one.url, one.file, one.id, one.since) for one in new] == [
        ("/2025/10/fuses/", "content/articles/fuses.md", "https://x.example/2025/10/fuses/", ""),
        ("/2025/10/shells/", "content/articles/shells.md", "https://x.example/2025/10/shells/", ""),
        ("/about/", "content/pages/about.md", "https://x.example/about/", ""),
        ("/authors/anna/", "content/authors/anna.md", "https://x.example/authors/anna/", ""),
        ("/storylines/shells/", "", "storyline:https://x.example/2025/10/shells/", ""),
    ]
    site.recorded = [Recorded(one.url, SINCE, one.file, one.id, line=at) for at, one in enumerate(new, 3)]
    assert site.checked_plan().value.unrecorded == ()


def test_a_plan_that_shows_what_is_held_back_records_nothing(publication):
    site = publication()
    site.article("shells", held=Held("content/articles/shells.md", HeldReason.DRAFT))
    assert site.checked_plan().value.unrecorded == ()


def test_a_storyline_is_where_its_first_article_is_told_and_else_that_article(publication):
    site = publication()
    first, second = site.article("shells"), site.article("fuses")
    site.recorded = [Recorded("/storylines/old/", SINCE, "", f"storyline:{ID}", line=4), recorded("/2025/10/shells/")]
    assert redirects(site) == {"/storylines/old/": "/2025/10/shells/"}
    site.storyline("shells", first, second)
    assert redirects(site) == {
        "/storylines/old/": "/storylines/shells/",
        "/storylines/old/feed.xml": "/storylines/shells/feed.xml",
    }


def test_pages_and_feeds_of_an_author_move_along(publication):
    site = publication(per_page=1)
    site.author("anna-lee")
    for name in ("a", "b", "c"):
        site.article(name, authors=("anna-lee",))
    site.recorded = [Recorded("/authors/anna/", SINCE, "content/authors/anna-lee.md", "x", line=3)]
    assert redirects(site)["/authors/anna/page/1/"] == "/authors/anna-lee/page/1/"


def test_where_one_address_of_a_text_is_sent_the_others_go_too(publication):
    moved = {"/land/shells/": Located("https://other.example/", 3, 5)}
    site = publication(redirects=RedirectSettings(moved))
    site.article("tanks", aliases=("/2025/10/fuses/",))
    site.recorded = [
        recorded("/2025/10/shells/"),
        recorded("/land/shells/"),
        recorded("/2025/10/tanks/", "tanks", "tanks"),
        recorded("/2025/10/fuses/", "fuses", "fuses"),
        recorded("/land/fuses/", "fuses", "fuses"),
    ]
    assert redirects(site) == {
        "/2025/10/shells/": "https://other.example/",
        "/land/shells/": "https://other.example/",
        "/2025/10/fuses/": "/2025/10/tanks/",
        "/land/fuses/": "/2025/10/tanks/",
    }
    assert site.checked_plan().value.cards["content/articles/tanks.md"].url == "/2025/10/tanks/"


def test_a_text_of_which_nothing_is_left_is_lost_once_with_each_way_to_mend_it(publication):
    site = publication()
    site.recorded = [recorded("/2025/10/shells/"), recorded("/land/shells/", since="2026-02-01T00:00:00Z")]
    (lost,) = site.problems()
    assert (lost.code, lost.path, lost.line) == ("url-lost", "urls.lock", 3)
    assert "content/articles/shells.md is gone" in lost.message
    assert "aliases: [/2025/10/shells/, /land/shells/]" in lost.hint
    assert "gazepress build --accept-lost /2025/10/shells/ --accept-lost /land/shells/" in lost.hint


@pytest.mark.parametrize(
    ("since", "reason", "until", "is_lost"),
    [
        ("2025-01-01T00:00:00Z", HeldReason.DRAFT, None, True),
        ("2025-01-01T00:00:00Z", HeldReason.EMBARGO, 2026, True),
        ("2026-01-01T00:00:00Z", HeldReason.FUTURE, 2026, False),  # a look at an hour at which it was not out yet
        ("2026-01-01T00:00:00Z", HeldReason.DRAFT, None, True),
    ],
)
def test_a_text_that_was_public_must_not_be_held_back_again(publication, since, reason, until, is_lost):
    site = publication()
    moment = site.graph().as_of.replace(year=until) if until else None
    site.held = (Held("content/articles/shells.md", reason, moment),)
    site.recorded = [recorded("/2025/10/shells/", since=since)]
    assert [one.code for one in site.problems()] == ["url-lost"] * is_lost


def test_what_is_given_up_is_gone_until_something_answers_there_again(publication):
    site = publication()
    site.recorded = [recorded("/2025/10/shells/", given_up=True)]
    assert site.problems() == ()
    assert site.checked_plan().value.unrecorded == ()
    site.article("shells")
    (again,) = site.checked_plan().value.unrecorded
    assert (again.url, again.since, again.given_up) == ("/2025/10/shells/", SINCE, False)
