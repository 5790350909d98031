"""Where references lead, what each form of them may mean, and what is said of those that lead nowhere."""

import unicodedata

import pytest

from gazepress.model import ToArticle, ToFile, ToHere, ToPage, ToSitePath
from gazepress.settings import ReferencePolicy

FROM = "content/articles/industry/2025/from.md"
SWARM = "content/articles/technology/2025/swarm-logic.md"
DEPOT = "content/articles/industry/2025/depot/index.md"
ABOUT = "content/pages/about.md"
IRYNA = "content/authors/iryna-vyhadko.md"
REFERENCES = ["wiki", "read-more", "related", "follows", "earlier"]


@pytest.fixture
def resolve(article, page, author, build):
    """Return a function that builds a small site in which one article refers to the others."""

    def resolve_in_site(*refs, files=(), **settings):
        documents = {
            FROM: article("From Here", "2025-12-01", *refs, fragments=("top",)),
            SWARM: article(
                "Swarm Logic: Deterrence After “Cheap” Drones", "2025-06-16", fragments=("price", "prices-later")
            ),
            DEPOT: article("The Depot", "2025-06-01"),
            ABOUT: page("About Us", fragments=("team",)),
            IRYNA: author("Iryna Vyhadko"),
        }
        checked = build(documents, files=files, **settings)
        return checked.value.targets[FROM], checked.diagnostics

    return resolve_in_site


@pytest.fixture
def problem_of(resolve, ref):
    """Return a function that gives the one problem of one reference that leads nowhere."""

    def find_problem(kind, target, **options):
        targets, problems = resolve(ref(kind, target), **options)
        (found,) = problems
        assert targets == (None,)
        assert (found.path, found.line, found.column) == (FROM, 7, 3)
        return found

    return find_problem


# ------------------------------------------------------------------------------- references by name or by file


@pytest.mark.parametrize("kind", REFERENCES)
@pytest.mark.parametrize(
    "target",
    [
        "swarm-logic",
        "content/articles/technology/2025/swarm-logic.md",
        "content/articles/technology/2025/swarm-logic",
        "technology/2025/swarm-logic.md",
        "technology/2025/swarm-logic",
        "../../technology/2025/swarm-logic.md",
        "../../technology/2025/swarm%2Dlogic.md",
        "Swarm Logic: Deterrence After “Cheap” Drones",
        'swarm logic:  deterrence after "cheap" drones.',
        " Swarm Logic: Deterrence After «Cheap» Drones ",
    ],
)
def test_an_article_is_meant_by_slug_path_or_title_in_any_typographic_form(resolve, ref, kind, target):
    assert resolve(ref(kind, target)) == ((ToArticle(SWARM),), ())


@pytest.mark.parametrize("target", ["depot", "depot/index.md", "industry/2025/depot", "./depot/index", "The Depot"])
def test_an_article_in_a_folder_is_meant_by_the_folder(resolve, ref, target):
    assert resolve(ref("follows", target)) == ((ToArticle(DEPOT),), ())


@pytest.mark.parametrize(
    "target", ["about", "About Us", "about us", "content/pages/about.md", "../../../pages/about.md"]
)
def test_a_wiki_link_may_lead_to_a_page(resolve, ref, target):
    assert resolve(ref("wiki", target)) == ((ToPage(ABOUT),), ())


@pytest.mark.parametrize("target", ["iryna-vyhadko", "Iryna Vyhadko", "content/authors/iryna-vyhadko"])
def test_a_wiki_link_may_lead_to_an_author(resolve, ref, target):
    assert resolve(ref("wiki", target)) == ((ToPage(IRYNA),), ())


@pytest.mark.parametrize("kind", ["read-more", "related", "follows", "earlier"])
def test_what_must_lead_to_an_article_does_not_lead_to_a_page(problem_of, kind):
    found = problem_of(kind, "About Us")
    assert (found.code, found.message) == ("reference-unknown", "'About Us' leads to no article")


def test_an_article_comes_before_a_page_of_the_same_name_but_after_a_page_that_fits_better(article, page, ref, graph):
    found = graph(
        {
            FROM: article("From", "2025-12-01", ref("wiki", "Contact"), ref("wiki", "CONTACT")),
            "a.md": article("CONTACT"),
            "content/pages/c.md": page("Contact"),
            "content/pages/d.md": page("CONTACT"),
        }
    )
    assert found.targets[FROM] == (ToPage("content/pages/c.md"), ToArticle("content/articles/a.md"))


def test_a_slug_counts_before_a_title_and_an_exact_title_before_a_folded_one(article, ref, graph):
    found = graph(
        {
            FROM: article("From", "2025-12-01", ref("wiki", "radar"), ref("wiki", "Radar")),
            "radar.md": article("Something Else"),
            "b.md": article("Radar"),
            "c.md": article("RADAR"),
        }
    )
    assert found.targets[FROM] == (ToArticle("content/articles/radar.md"), ToArticle("content/articles/b.md"))


def test_several_that_fit_are_listed_with_their_files(article, ref, build):
    checked = build(
        {
            FROM: article("From", "2025-12-01", ref("wiki", "Week in Review")),
            "2024/a.md": article("Week in Review"),
            "2025/b.md": article("Week in Review"),
        }
    )
    (found,) = checked.diagnostics
    assert (found.code, found.severity, found.line, found.column) == ("reference-ambiguous", "error", 7, 3)
    assert found.message == ("'Week in Review' fits 2 texts: content/articles/2024/a.md, content/articles/2025/b.md")
    assert checked.value.targets[FROM] == (None,)


def test_the_path_tells_apart_what_has_one_slug(article, ref, build):
    documents = {"2024/review.md": article("A"), "2025/review.md": article("B")}
    refs = ref("wiki", "2024/review"), ref("wiki", "2025/review.md"), ref("wiki", "review")
    checked = build(documents | {FROM: article("From", "2025-12-01", *refs)})
    first, second = (f"content/articles/{path}" for path in documents)
    assert checked.value.targets[FROM] == (ToArticle(first), ToArticle(second), None)
    assert [one.code for one in checked.diagnostics] == ["reference-ambiguous"]


def test_one_article_that_fits_by_slug_and_by_path_is_not_ambiguous(article, ref, graph):
    found = graph({"x/a.md": article("A", "2025-12-01", ref("wiki", "b")), "x/b.md": article("B")})
    assert found.targets["content/articles/x/a.md"] == (ToArticle("content/articles/x/b.md"),)


def test_a_place_in_an_article_is_checked(resolve, ref):
    targets, problems = resolve(
        ref("wiki", "swarm-logic#price"), ref("link", "../../technology/2025/swarm-logic.md#price")
    )
    assert targets == (ToArticle(SWARM, "price"), ToArticle(SWARM, "price"))
    assert problems == ()


def test_a_place_that_is_not_there_is_an_error_with_the_nearest_and_leads_to_the_article(resolve, ref):
    targets, (found,) = resolve(ref("wiki", "swarm-logic#prise"))
    assert targets == (ToArticle(SWARM),)
    assert (found.code, found.severity) == ("fragment-unknown", "error")
    assert found.hint.startswith("did you mean #price")


def test_a_title_may_hold_the_sign_of_a_fragment(article, ref, graph):
    found = graph(
        {
            FROM: article("From", "2025-12-01", ref("wiki", "Contract #7"), ref("wiki", "Contract #7#terms")),
            "a.md": article("Contract #7", fragments=("terms",)),
        }
    )
    assert found.targets[FROM] == (ToArticle("content/articles/a.md"), ToArticle("content/articles/a.md", "terms"))


def test_the_nearest_titles_and_their_files_are_named(problem_of):
    found = problem_of("wiki", "Swarm Logic: Deterence")
    assert (found.code, found.severity) == ("reference-unknown", "error")
    assert found.message == "'Swarm Logic: Deterence' leads to no article or page"
    assert found.hint == f"did you mean “Swarm Logic: Deterrence After “Cheap” Drones” ({SWARM})?"


def test_the_nearest_are_found_by_slug_and_by_file_name_too(problem_of):
    assert SWARM in problem_of("follows", "swarm-logik").hint
    assert SWARM in problem_of("link", "../../technology/2024/swarm-logics.md").hint


def test_nothing_is_named_that_is_not_like_it(problem_of):
    assert problem_of("wiki", "Zzyzx").hint == ""


def test_by_the_settings_an_unknown_reference_is_a_warning(problem_of):
    assert problem_of("wiki", "Zzyzx", references=ReferencePolicy.WARNING).severity == "warning"


def test_an_address_is_not_the_name_of_an_article(problem_of):
    assert "not by its address" in problem_of("follows", "/2025/06/swarm-logic/").hint


def test_hostile_references_are_reported_on_one_short_line(problem_of):
    found = problem_of("wiki", "\x1b[31mred\n" + "x" * 10_000)
    assert found.message.isprintable()
    assert len(found.message) < 200


def test_suggestions_are_given_fifty_times_and_no_more(article, ref, build):
    refs = [ref("wiki", f"Missing report {at}", line=at) for at in range(1, 101)]
    checked = build({"a.md": article("A", "2025-01-01", *refs), "b.md": article("Missing Reports")})
    assert len([one for one in checked.diagnostics if one.hint]) == 50
    assert len(checked.diagnostics) == 100


# -------------------------------------------------------------------------------------------- ordinary links


@pytest.mark.parametrize(
    "target",
    [
        "../../technology/2025/swarm-logic.md",
        "./../../technology/2025/swarm-logic.md",
        "../../technology/2025/swarm%2dlogic.md",
    ],
)
def test_a_link_leads_to_an_article_by_relative_path(resolve, ref, target):
    assert resolve(ref("link", target)) == ((ToArticle(SWARM),), ())


@pytest.mark.parametrize("target", ["depot/index.md", "depot/", "depot"])
def test_a_link_leads_to_an_article_in_a_folder(resolve, ref, target):
    assert resolve(ref("link", target)) == ((ToArticle(DEPOT),), ())


def test_a_link_leads_to_pages_and_authors(resolve, ref):
    targets, problems = resolve(
        ref("link", "../../../pages/about.md#team"), ref("link", "../../../authors/iryna-vyhadko.md")
    )
    assert targets == (ToPage(ABOUT, "team"), ToPage(IRYNA))
    assert problems == ()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("stored", ["NFC", "NFD"])
def test_unicode_forms_of_file_names_do_not_matter(article, ref, graph, form, stored):
    path = unicodedata.normalize(stored, "content/articles/їжак é.md")
    written = unicodedata.normalize(form, "їжак%20é.md")
    picture = unicodedata.normalize(stored, "content/articles/é.png")
    refs = ref("link", written), ref("wiki", written), ref("picture", unicodedata.normalize(form, "é.png"))
    found = graph({"a.md": article("A", "2025-12-01", *refs), path: article("B")}, files=[picture])
    assert found.targets["content/articles/a.md"] == (ToArticle(path), ToArticle(path), ToFile(picture))


def test_a_link_is_exact_about_case(problem_of):
    found = problem_of("link", "../../technology/2025/Swarm-Logic.md")
    assert found.code == "reference-unknown"
    assert SWARM in found.hint


def test_a_link_never_means_a_title_or_slug(problem_of):
    assert problem_of("link", "swarm-logic").code == "file-missing"


def test_a_link_without_the_ending_is_told_of_it(problem_of):
    assert problem_of("link", "../../technology/2025/swarm-logic").hint == (
        "did you mean ../../technology/2025/swarm-logic.md?"
    )


def test_a_link_to_a_place_in_the_same_text(resolve, ref):
    assert resolve(ref("link", "#top"), ref("wiki", "#top")) == ((ToHere("top"), ToHere("top")), ())


def test_a_place_that_is_not_in_the_same_text(problem_of):
    found = problem_of("link", "#bottom")
    assert (found.code, found.message) == ("fragment-unknown", "'#bottom' names a place that is not in this text")


def test_paths_of_the_site_are_left_for_the_plan(resolve, ref):
    refs = ref("link", "/about/?x=1#team"), ref("picture", "/images/a%20b.svg"), ref("earlier", "/2025/06/x/")
    assert resolve(*refs) == (
        (ToSitePath("/about/?x=1", "team"), ToSitePath("/images/a%20b.svg"), ToSitePath("/2025/06/x/")),
        (),
    )


def test_files_beside_the_text_are_found(resolve, ref):
    files = ["content/articles/industry/2025/a b.png", "content/articles/industry/paper.pdf"]
    refs = (
        ref("picture", "a%20b.png"),
        ref("link", "../paper.pdf"),
        ref("link", "../paper.pdf#page=2"),
        ref("earlier", "../paper.pdf"),
    )
    targets, problems = resolve(*refs, files=files)
    assert targets == (ToFile(files[0]), ToFile(files[1]), ToFile(files[1]), ToFile(files[1]))
    assert problems == ()


@pytest.mark.parametrize("kind", ["link", "picture"])
def test_a_missing_file_is_an_error_that_says_where_it_was_looked_for(problem_of, kind):
    found = problem_of(kind, "../map.png")
    assert (found.code, found.message) == ("file-missing", "there is no file '../map.png'")
    assert found.hint == "put the file at content/articles/industry/map.png"


@pytest.mark.parametrize(
    "target", ["../../../../static/map.png", "../../../../../../etc/passwd", "../../../../site.yaml"]
)
def test_a_relative_path_out_of_the_content_is_an_error(problem_of, target):
    found = problem_of("link", target, files=["static/map.png", "site.yaml"])
    assert found.code == "file-missing"
    assert "path of the site" in found.hint


def test_an_address_without_its_scheme_is_recognised(problem_of):
    assert problem_of("link", "www.example.org/x").hint == "write the full address: https://www.example.org/x"


def test_a_text_that_refers_to_itself_is_a_warning(problem_of):
    for kind, target in (("link", "from.md"), ("wiki", "From Here"), ("follows", "from")):
        found = problem_of(kind, target)
        assert (found.code, found.severity) == ("self-reference", "warning")


def test_a_place_in_the_own_text_may_be_named_by_its_file(resolve, ref):
    assert resolve(ref("link", "from.md#top")) == ((ToArticle(FROM, "top"),), ())


# --------------------------------------------------------------------------------------- all files, all places


def test_every_text_has_a_target_for_each_of_its_references(article, page, author, ref, build):
    refs = ref("wiki", "nobody"), ref("link", "#nowhere"), ref("picture", "gone.png"), ref("wiki", "about")
    checked = build(
        {
            "a.md": article("A", "2025-01-01", *refs, related=("x",), follows=("y",)),
            "content/pages/about.md": page("About", *refs[:3]),
            "content/authors/x.md": author("X", *refs),
            "content/authors/y.md": author("Y"),
        }
    )
    targets = checked.value.targets
    assert {path: len(found) for path, found in targets.items()} == {
        "content/articles/a.md": 6,
        "content/pages/about.md": 3,
        "content/authors/x.md": 4,
        "content/authors/y.md": 0,
    }
    assert targets["content/authors/x.md"] == (None, None, None, ToPage("content/pages/about.md"))
    assert len(checked.diagnostics) == 11


def test_backlinks_are_all_that_lead_there_newest_first_each_once(article, page, ref, graph):
    found = graph(
        {
            "target.md": article("Target", "2024-01-01"),
            "1.md": article("One", "2025-01-01", ref("link", "target.md"), ref("wiki", "Target")),
            "2.md": article("Two", "2025-01-02", ref("read-more", "Target")),
            "3.md": article("Three", "2025-01-03", ref("earlier", "target")),
            "4.md": article("Four", "2025-01-04", follows=("target",)),
            "5.md": article("Five", "2025-01-05", related=("target",)),
            "content/pages/p.md": page("P", ref("wiki", "Target")),
        }
    )
    expected = tuple(f"content/articles/{at}.md" for at in (4, 3, 2, 1))
    assert found.backlinks == {"content/articles/target.md": expected}


def test_a_place_in_the_own_text_makes_neither_a_backlink_nor_a_story(article, ref, graph):
    refs = ref("link", "a.md#top"), ref("earlier", "a.md#top")
    found = graph({"a.md": article("A", "2025-01-01", *refs, fragments=("top",))})
    assert (found.backlinks, found.storylines) == ({}, {})
