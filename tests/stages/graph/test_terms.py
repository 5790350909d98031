"""Slugs, order, and what articles stand under: sections, tags, authors."""

import pytest

from gazepress.matter import AuthorMatter
from gazepress.model import Standing
from gazepress.settings import SectionSetting
from gazepress.stages.graph import similar


def section_of(graph, path, one):
    (found,) = graph({path: one}).articles.values()
    return found.section


# ------------------------------------------------------------------------------------------------ slugs and order


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("industry/2025/shell-line.md", "shell-line"),
        ("industry/2025/depot/index.md", "depot"),
        ("Shell_Line 2.md", "shell-line-2"),
        ("Щорічний звіт.md", "shchorichnyi-zvit"),
        ("index.md", "index"),
    ],
)
def test_an_article_is_named_after_its_file_or_folder(article, graph, path, slug):
    (found,) = graph({path: article("A")}).articles.values()
    assert found.slug == slug


def test_a_slug_of_the_front_matter_counts_and_may_look_as_old_addresses_do(article, page, graph):
    about = page("B", slug="about-us")
    found = graph({"a.md": article("A", slug="Old_Address-2"), "content/pages/b.md": about})
    assert found.articles["content/articles/a.md"].slug == "Old_Address-2"
    assert found.pages == {"content/pages/b.md": Standing("content/pages/b.md", about, about.matter, "about-us")}


def test_a_slug_that_cannot_be_an_address_is_an_error_with_one_that_can(article, build):
    (found,) = build({"a.md": article("A", slug="../Shell line")}).diagnostics
    assert (found.code, found.severity, found.hint) == ("wrong-value", "error", "write `slug: shell-line`")


def test_a_file_name_without_a_letter_asks_for_a_slug(article, build):
    checked = build({"industry/!!!.md": article("A")})
    (found,) = checked.diagnostics
    assert (found.code, found.path) == ("wrong-value", "content/articles/industry/!!!.md")
    assert "`slug:`" in found.hint
    assert all(one.slug for one in checked.value.articles.values())


def test_articles_come_newest_first_and_those_of_one_moment_by_path(article, graph):
    found = graph(
        {
            "b.md": article("B", "2025-06-01T12:00+02:00"),
            "a.md": article("A", "2025-06-01T10:00+00:00"),
            "old.md": article("Old", "2025-06-01T11:00+02:00"),
            "new.md": article("New", "2025-06-01T10:30+00:00"),
        }
    )
    assert [one.matter.title for one in found.articles.values()] == ["New", "A", "B", "Old"]


# --------------------------------------------------------------------------------------------------- sections


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("industry/2025/a.md", "industry"),
        ("2025/air-defense/a.md", "air-defense"),
        ("air-defense/interceptors/a.md", "air-defense"),
        ("a.md", ""),
        ("2025/06/a.md", ""),
        ("depot/index.md", ""),
        ("industry/depot/index.md", "industry"),
        ("2025/depot/index.md", ""),
    ],
)
def test_the_section_is_the_first_folder_that_is_no_year(article, graph, path, section):
    assert section_of(graph, path, article("A")) == section


def test_a_section_of_the_front_matter_counts_before_the_folder(article, graph):
    assert section_of(graph, "industry/a.md", article("A", section="Air Defense")) == "air-defense"


def test_a_section_may_be_named_as_the_settings_name_it(article, graph):
    settings = (SectionSetting("air-defense", "Air and missile defense", "What flies in."),)
    found = graph(
        {"a.md": article("A", "2025-01-01", section="air and missile defense"), "air-defense/b.md": article("B")},
        sections=settings,
    )
    (term,) = found.sections.values()
    assert (term.slug, term.label, term.description) == ("air-defense", "Air and missile defense", "What flies in.")
    assert term.articles == ("content/articles/air-defense/b.md", "content/articles/a.md")


def test_sections_of_the_settings_come_first_even_if_empty_then_others_by_label(article, graph):
    settings = (SectionSetting("policy", "Policy"), SectionSetting("analysis", "Analysis"))
    found = graph(
        {"space/a.md": article("A"), "naval/b.md": article("B"), "policy/c.md": article("C")}, sections=settings
    )
    assert list(found.sections) == ["policy", "analysis", "naval", "space"]
    assert found.sections["analysis"].articles == ()


def test_a_section_is_labelled_as_it_is_mostly_written(article, graph):
    found = graph(
        {
            "air-defense/a.md": article("A"),
            "b.md": article("B", section="Air Defense"),
            "c.md": article("C", section="Air Defense"),
        }
    )
    assert found.sections["air-defense"].label == "Air Defense"
    assert graph({"air-defense/a.md": article("A")}).sections["air-defense"].label == "Air defense"


def test_neighbors_are_the_next_older_and_newer_of_the_same_section(article, graph):
    found = graph(
        {
            "naval/1.md": article("One", "2025-01-01"),
            "space/2.md": article("Two", "2025-01-02"),
            "naval/3.md": article("Three", "2025-01-03"),
            "naval/4.md": article("Four", "2025-01-04"),
            "5.md": article("Five", "2025-01-05"),
        }
    )
    one, three, four = (f"content/articles/naval/{at}.md" for at in (1, 3, 4))
    assert found.neighbors == {
        one: ("", three),
        three: (one, four),
        four: (three, ""),
        "content/articles/space/2.md": ("", ""),
        "content/articles/5.md": ("", ""),
    }


# ------------------------------------------------------------------------------------------------------- tags


def test_tags_that_differ_in_case_accents_or_punctuation_are_one_under_the_commonest_spelling(article, graph):
    found = graph(
        {
            "a.md": article("A", tags=("Co-production", "co production")),
            "b.md": article("B", tags=("co-production",)),
            "c.md": article("C", tags=("co-production",)),
        }
    )
    (term,) = found.tags.values()
    assert (term.slug, term.label, len(term.articles)) == ("co-production", "co-production", 3)
    assert found.articles["content/articles/a.md"].tags == ("co-production",)


def test_of_equally_common_spellings_the_alphabetically_first_is_the_label(article, graph):
    found = graph({"a.md": article("A", tags=("drönes",)), "b.md": article("B", tags=("Drones",))})
    assert found.tags["drones"].label == "Drones"


def test_tags_come_by_label_and_their_articles_newest_first(article, graph):
    found = graph(
        {
            "a.md": article("A", "2025-01-01", tags=("radar", "Zeppelins", "artillery")),
            "b.md": article("B", "2025-01-02", tags=("radar",)),
        }
    )
    assert [term.label for term in found.tags.values()] == ["artillery", "radar", "Zeppelins"]
    assert found.tags["radar"].articles == ("content/articles/b.md", "content/articles/a.md")


def test_a_tag_without_a_letter_is_an_error(article, build):
    (found,) = build({"a.md": article("A", tags=("🚀", "radar"))}).diagnostics
    assert (found.code, found.path) == ("wrong-value", "content/articles/a.md")


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("drones", "drone"),
        ("co-production", "coproduction"),
        ("armored vehicles", "armored vehicle"),
        ("supply companies", "supply company"),
        ("air defense", "air defence"),
        ("electronic warfare", "electronic warfaer"),
        ("procurement", "procurment"),
    ],
)
def test_tags_that_are_almost_the_same_are_noted_at_the_rarer_one(article, build, common, rare):
    checked = build(
        {
            "a.md": article("A", tags=(common, "x")),
            "b.md": article("B", tags=(rare,)),
            "c.md": article("C", tags=(common,)),
        }
    )
    (found,) = checked.diagnostics
    assert (found.code, found.severity, found.path) == ("tags-similar", "note", "content/articles/b.md")
    assert found.message == f"the tags {rare!r} (1) and {common!r} (2) are much alike"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran", "Iraq"),
        ("F-15", "F-16"),
        ("Budget 2025", "Budget 2026"),
        ("patriot pac-2", "patriot pac-3"),
        ("leopard a", "leopard b"),
        ("arm", "arms"),
        ("radar", "sonar"),
    ],
)
def test_tags_that_are_short_or_differ_in_a_number_are_different(article, graph, one, other):
    graph({"a.md": article("A", tags=(one, other))})


def test_twenty_thousand_tags_are_compared_only_with_their_like(article, build, monkeypatch):
    compared = []
    alike = similar._alike
    monkeypatch.setattr(similar, "_alike", lambda *pair: compared.append(pair) or alike(*pair))
    words = [
        f"{first}{second}{third}ographic" for first in "bcdfghjklm" for second in "aeiou" for third in "bcdfghjklm"
    ]
    tags = [f"{word} {other}" for word in words for other in words[:40]]
    assert len(set(tags)) == 20_000
    checked = build({f"{at}.md": article(str(at), tags=tuple(tags[at::1000])) for at in range(1000)})
    assert len(checked.value.tags) == 20_000
    assert len(compared) < 50 * len(tags)


# ---------------------------------------------------------------------------------------------------- authors


def test_an_author_is_meant_by_file_slug_or_name_in_any_typographic_form(article, author, graph):
    written = ("iryna-vyhadko", "i-v", "Iryna Vyhadko", "IRYNA VYHADKO", "Iryna Vyhadko ")
    found = graph(
        {f"{at}.md": article(str(at), authors=(name,)) for at, name in enumerate(written)}
        | {"content/authors/iryna-vyhadko.md": author("Iryna Vyhadko", slug="i-v", role="Industry")}
    )
    (one,) = found.authors.values()
    assert (one.slug, one.name, one.id, len(one.articles)) == (
        "i-v",
        "Iryna Vyhadko",
        "content/authors/iryna-vyhadko.md",
        5,
    )
    assert isinstance(one.matter, AuthorMatter)


def test_a_short_form_of_the_name_finds_the_file_of_that_name(article, author, graph):
    found = graph(
        {"a.md": article("A", authors=("Jean Exemple",)), "content/authors/jean-exemple.md": author("Jean M. Exemple")}
    )
    assert [one.name for one in found.authors.values()] == ["Jean M. Exemple"]


def test_an_author_without_a_file_is_known_by_name_and_one_without_an_article_is_there_too(article, author, graph):
    found = graph(
        {"a.md": article("A", authors=("Zoya Hist", "zoya hist")), "content/authors/b-c.md": author("Bohdan C")}
    )
    assert [(one.name, one.slug, one.id) for one in found.authors.values()] == [
        ("Bohdan C", "b-c", "content/authors/b-c.md"),
        ("Zoya Hist", "zoya-hist", ""),
    ]
    assert found.articles["content/articles/a.md"].authors == ("zoya-hist",)
    assert found.authors["b-c"].articles == ()


def test_a_byline_that_looks_like_a_missing_file_is_a_warning(article, author, build):
    documents = {
        "a.md": article("A", authors=("iryna-vihadko",)),
        "content/authors/iryna-vyhadko.md": author("Iryna V"),
    }
    (found,) = build(documents).diagnostics
    assert (found.code, found.severity) == ("reference-unknown", "warning")


def test_two_authors_of_one_name_must_be_told_apart_by_file(article, author, build):
    checked = build(
        {
            "a.md": article("A", authors=("Ivan Tezka",)),
            "b.md": article("B", authors=("ivan-tezka-2",)),
            "content/authors/ivan-tezka-1.md": author("Ivan Tezka"),
            "content/authors/ivan-tezka-2.md": author("Ivan Tezka"),
        }
    )
    (found,) = checked.diagnostics
    assert (found.code, found.path) == ("reference-ambiguous", "content/articles/a.md")


def test_of_two_author_files_of_one_slug_the_first_is_kept_and_the_other_is_an_error(article, author, ref, build):
    checked = build(
        {
            "content/authors/a-b.md": author("A B"),
            "content/authors/c.md": author("C", slug="a-b"),
            "a.md": article("A", "2025-01-01", ref("wiki", "C"), authors=("c", "A B")),
        }
    )
    assert [(one.code, one.path) for one in checked.diagnostics if one.code == "url-collision"] == [
        ("url-collision", "content/authors/c.md")
    ]
    assert checked.value.authors["a-b"].name == "A B"
    assert checked.value.targets == {"content/authors/a-b.md": (), "content/articles/a.md": (None,)}


def test_an_author_whose_name_has_no_letter_is_an_error(article, build):
    (found,) = build({"a.md": article("A", authors=("???",))}).diagnostics
    assert (found.code, found.path) == ("wrong-value", "content/articles/a.md")
