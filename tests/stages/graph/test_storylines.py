"""Reports that continue each other."""

import pytest

from gazepress.matter import Status


def ids(*names):
    return tuple(f"content/articles/{name}.md" for name in names)


def test_reports_joined_by_follows_or_earlier_coverage_are_one_story_oldest_first(article, ref, graph):
    found = graph(
        {
            "c.md": article("Third", "2025-03-01", ref("earlier", "b.md")),
            "a.md": article("The First Report", "2025-01-01", slug="first"),
            "b.md": article("Second", "2025-02-01", follows=("first",)),
            "d.md": article("Another branch", "2025-04-01", follows=("The First Report",)),
            "x.md": article("Only links", "2025-05-01", ref("link", "a.md"), ref("read-more", "first")),
        }
    )
    (story,) = found.storylines.values()
    assert (story.slug, story.title) == ("first", "The First Report")
    assert story.articles == ids("a", "b", "c", "d")
    assert found.storyline_of == dict.fromkeys(story.articles, "first")


def test_stories_come_with_the_last_continued_one_first(article, graph):
    found = graph(
        {
            "a.md": article("A", "2025-01-01"),
            "a2.md": article("A2", "2025-06-01", follows=("a",)),
            "b.md": article("B", "2025-02-01"),
            "b2.md": article("B2", "2025-03-01", follows=("b",)),
        }
    )
    assert list(found.storylines) == ["a", "b"]


def test_of_stories_that_start_with_one_slug_the_oldest_keeps_it(article, graph):
    found = graph(
        {
            f"{year}/{name}.md": article(f"{name} {year}", f"{year}-0{month}-01", follows=follows)
            for year in (2023, 2024, 2025)
            for name, month, follows in (("tender", 1, ()), ("award", 2, (f"{year}/tender",)))
        }
    )
    assert {slug: story.title for slug, story in found.storylines.items()} == {
        "tender": "tender 2023",
        "tender-2": "tender 2024",
        "tender-3": "tender 2025",
    }


def test_a_report_that_follows_a_newer_one_is_a_warning_at_the_reference(article, build):
    checked = build({"a.md": article("A", "2025-01-01", follows=("b",)), "b.md": article("B", "2025-02-01")})
    (found,) = checked.diagnostics
    assert (found.code, found.severity, found.path) == ("follows-newer", "warning", "content/articles/a.md")
    assert (found.line, found.column) == (4, 5)
    assert found.message == "this report follows content/articles/b.md, which is newer"
    assert len(checked.value.storylines) == 1


def test_reports_of_one_moment_may_follow_each_other(article, graph):
    graph({"a.md": article("A", "2025-01-01"), "b.md": article("B", "2025-01-01", follows=("a",))})


def circles(checked):
    return [one for one in checked.diagnostics if one.code == "storyline-cycle"]


def test_a_circle_is_one_error_that_names_its_files_where_time_runs_backwards(article, build):
    checked = build(
        {
            "a.md": article("A", "2025-01-01", follows=("c",)),
            "b.md": article("B", "2025-02-01", follows=("a",)),
            "c.md": article("C", "2025-03-01", follows=("b",)),
            "d.md": article("D", "2025-04-01", follows=("c",)),
        }
    )
    (found,) = circles(checked)
    assert (found.severity, found.path, found.line, found.column) == ("error", "content/articles/a.md", 4, 5)
    circle = " → ".join(ids("c", "b", "a", "c"))
    assert found.message == f"reports follow each other in a circle: {circle}"


def test_two_circles_are_two_errors(article, build):
    checked = build(
        {
            "a.md": article("A", "2025-01-01", follows=("b",)),
            "b.md": article("B", "2025-01-01", follows=("a",)),
            "c.md": article("C", "2025-01-01", follows=("d", "a")),
            "d.md": article("D", "2025-01-01", follows=("c",)),
        }
    )
    assert len(circles(checked)) == 2


def test_branches_that_meet_again_are_no_circle(article, graph):
    graph(
        {
            "a.md": article("A", "2025-01-01"),
            "b.md": article("B", "2025-02-01", follows=("a",)),
            "c.md": article("C", "2025-02-02", follows=("a",)),
            "d.md": article("D", "2025-03-01", follows=("b", "c", "a")),
        }
    )


def test_a_circle_through_a_draft_is_a_note_in_a_preview(article, build):
    documents = {
        "a.md": article("A", "2025-02-01", follows=("b",), status=Status.DRAFT),
        "b.md": article("B", "2025-01-01", follows=("a",)),
    }
    (found,) = circles(build(documents, show_held=True))
    assert found.severity == "note"


@pytest.mark.parametrize("parts", [5000])
def test_a_story_of_five_thousand_parts_is_one_story(article, graph, parts):
    documents = {"0.md": article("0", "2020-01-01")}
    for at in range(1, parts):
        documents[f"{at}.md"] = article(
            str(at), f"2020-01-01T{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}", follows=(str(at - 1),)
        )
    (story,) = graph(documents).storylines.values()
    assert story.articles == ids(*range(parts))


def test_a_circle_of_five_thousand_parts_is_one_error_on_one_line(article, build):
    documents = {f"{at}.md": article(str(at), follows=(str((at + 1) % 5000),)) for at in range(5000)}
    (found,) = circles(build(documents))
    assert "(5000 files)" in found.message
    assert len(found.message) < 300
