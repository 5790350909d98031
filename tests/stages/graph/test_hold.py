"""What is held back, until when, and that nothing of it is seen."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gazepress.diagnostics import Severity
from gazepress.matter import Status
from gazepress.model import ToArticle, ToPage
from gazepress.published import Held, HeldReason
from gazepress.settings import ReferencePolicy

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = datetime(2026, 7, 1, tzinfo=UTC)
HELD = "content/articles/held.md"


def test_a_draft_is_held_for_as_long_as_it_is_one(article, graph):
    found = graph({"held.md": article("A", status=Status.DRAFT, embargo="2026-07-01")})
    assert found.held == (Held(HELD, HeldReason.DRAFT, None),)
    assert found.articles == {}
    assert found.next_change is None


def test_an_embargo_ends_at_its_minute(article, graph):
    one = {"held.md": article("A", embargo="2026-07-01")}
    assert graph(one, as_of=NOW).held == (Held(HELD, HeldReason.EMBARGO, LATER),)
    assert graph(one, as_of=LATER).held == ()


def test_an_article_appears_at_its_date(article, graph):
    one = {"held.md": article("A", "2026-07-01")}
    assert graph(one, as_of=NOW).held == (Held(HELD, HeldReason.FUTURE, LATER),)
    assert list(graph(one, as_of=LATER).articles) == [HELD]


@pytest.mark.parametrize(
    ("date", "embargo", "reason"),
    [
        ("2026-07-01", "2026-05-01", HeldReason.FUTURE),
        ("2026-07-01", "2026-06-15", HeldReason.EMBARGO),
        ("2026-05-01", "2026-07-01", HeldReason.EMBARGO),
    ],
)
def test_with_a_date_and_an_embargo_the_later_one_counts(article, graph, date, embargo, reason):
    found = graph({"held.md": article("A", date, embargo=embargo)})
    assert found.held == (Held(HELD, reason, LATER),)


@pytest.mark.parametrize("key", ["date", "embargo"])
def test_in_the_repeated_hour_of_autumn_the_moment_counts_and_not_the_clock(article, graph, key):
    kyiv = ZoneInfo("Europe/Kyiv")
    first, second = (datetime(2025, 10, 26, 3, 30, tzinfo=kyiv, fold=fold) for fold in (0, 1))
    one = {"held.md": article("A", **({"date": "2025-01-01"} | {key: second}))}
    found = graph(one, as_of=first)
    assert [held.until for held in found.held] == [second]
    assert found.next_change is not None
    assert graph(one, as_of=second).held == ()


def test_of_two_times_in_the_repeated_hour_the_later_moment_ends_the_wait(article, graph):
    kyiv = ZoneInfo("Europe/Kyiv")
    earlier, later = (datetime(2026, 10, 25, 3, minute, tzinfo=kyiv, fold=fold) for fold, minute in ((0, 45), (1, 15)))
    (held,) = graph({"held.md": article("A", later, embargo=earlier)}).held
    assert held.until == later


def test_the_next_change_is_the_earliest_end_of_a_wait(article, graph):
    found = graph(
        {
            "a.md": article("A", "2026-09-01"),
            "b.md": article("B", embargo="2026-07-01"),
            "c.md": article("C", status=Status.DRAFT),
        }
    )
    assert found.next_change == LATER


def test_what_is_held_is_listed_by_path(article, page, graph):
    found = graph(
        {
            "b.md": article("B", status=Status.DRAFT),
            "a.md": article("A", status=Status.DRAFT),
            "content/pages/c.md": page("C", status=Status.DRAFT),
        }
    )
    assert [one.path for one in found.held] == ["content/articles/a.md", "content/articles/b.md", "content/pages/c.md"]
    assert found.pages == {}


def test_drafts_are_shown_and_marked_when_asked_for(article, page, graph):
    found = graph(
        {
            "held.md": article("A", status=Status.DRAFT, tags=("only here",)),
            "public.md": article("B"),
            "content/pages/c.md": page("C", status=Status.DRAFT),
        },
        show_held=True,
    )
    assert found.articles[HELD].held == found.held[0]
    assert found.articles["content/articles/public.md"].held is None
    assert found.pages["content/pages/c.md"].held == Held("content/pages/c.md", HeldReason.DRAFT)
    assert list(found.tags) == ["only-here"]


@pytest.mark.parametrize(
    ("kind", "target"),
    [("link", "held.md"), ("wiki", "The Secret Deal"), ("read-more", "the secret deal"), ("follows", "held")],
)
def test_a_reference_to_what_is_held_says_until_when_but_never_its_title(article, ref, build, kind, target):
    documents = {
        "public.md": article("A", "2025-06-01", ref(kind, target)),
        "held.md": article("The Secret Deal", "2025-05-01", embargo="2026-07-01"),
    }
    checked = build(documents, timezone="Europe/Kyiv")
    (found,) = checked.diagnostics
    assert (found.code, found.severity, found.path) == ("reference-held", "error", "content/articles/public.md")
    assert (found.line, found.column) == (7, 3)
    assert found.message == f"this leads to {HELD}, which is under embargo until 2026-07-01 03:00 Europe/Kyiv"
    assert "secret" not in (found.message + found.hint).lower()
    assert checked.value.targets["content/articles/public.md"] == (None,)


def test_a_reference_to_a_draft_or_to_the_future_says_so(article, page, ref, build):
    checked = build(
        {
            "public.md": article(
                "A", "2025-06-01", ref("wiki", "B"), ref("wiki", "C"), ref("link", "../pages/d.md", line=8)
            ),
            "b.md": article("B", status=Status.DRAFT),
            "c.md": article("C", "2026-07-01"),
            "content/pages/d.md": page("D", status=Status.DRAFT),
        },
        references=ReferencePolicy.WARNING,
    )
    assert [one.message.partition("which ")[2] for one in checked.diagnostics] == [
        "is a draft",
        "is dated 2026-07-01 00:00 UTC",
        "is a draft",
    ]
    assert {one.severity for one in checked.diagnostics} == {Severity.ERROR}, "its words would stay in the text"


def test_a_public_article_of_the_same_title_is_meant_even_where_the_held_one_fits_better(article, ref, graph):
    found = graph(
        {
            "a.md": article("A", "2025-06-01", ref("wiki", "The Deal")),
            "held.md": article("The Deal", status=Status.DRAFT),
            "public.md": article("«the deal»"),
        }
    )
    assert found.targets["content/articles/a.md"] == (ToArticle("content/articles/public.md"),)


def test_what_is_wrong_inside_a_held_text_is_only_a_note(article, page, ref, build):
    checked = build(
        {
            "held.md": article(
                "A", "2025-06-01", ref("wiki", "Nobody wrote this"), slug="!!!", status=Status.DRAFT, follows=("held",)
            ),
            "content/pages/held.md": page("B", ref("picture", "gone.png"), status=Status.DRAFT),
        }
    )
    assert {one.severity for one in checked.diagnostics} == {Severity.NOTE}
    codes = {one.code for one in checked.diagnostics}
    assert codes == {"reference-unknown", "wrong-value", "file-missing", "self-reference"}


def test_a_held_text_sees_other_held_ones(article, page, ref, graph):
    found = graph(
        {
            "held.md": article("A", "2025-06-01", ref("wiki", "B"), ref("wiki", "C"), status=Status.DRAFT),
            "b.md": article("B", status=Status.DRAFT),
            "content/pages/c.md": page("C"),
        },
        show_held=True,
    )
    assert found.targets[HELD] == (ToArticle("content/articles/b.md"), ToPage("content/pages/c.md"))


def test_a_preview_follows_references_to_held_texts_and_notes_them(article, ref, build):
    checked = build(
        {"public.md": article("A", "2025-06-01", ref("wiki", "B")), "held.md": article("B", status=Status.DRAFT)},
        show_held=True,
    )
    assert [(one.code, one.severity) for one in checked.diagnostics] == [("reference-held", "note")]
    assert checked.value.targets["content/articles/public.md"] == (ToArticle(HELD),)


def test_suggestions_never_name_what_is_held(article, ref, build):
    checked = build(
        {
            "a.md": article("A", "2026-01-01", ref("wiki", "Interceptor contract sinned")),
            "held.md": article("Interceptor Contract Signed", status=Status.DRAFT),
        }
    )
    (found,) = checked.diagnostics
    assert found.code == "reference-unknown"
    assert "Signed" not in found.hint


def test_an_article_is_news_for_two_days_from_when_readers_could_first_read_it(article, graph):
    found = graph(
        {
            "new.md": article("A", "2026-05-31"),
            "old.md": article("B", "2026-05-30"),
            "lifted.md": article("C", "2026-05-01", embargo="2026-05-31 12:00"),
        },
        as_of=NOW,
    )
    noon = datetime(2026, 5, 31, 12, tzinfo=UTC)
    assert found.news == {
        "content/articles/new.md": datetime(2026, 5, 31, tzinfo=UTC),
        "content/articles/lifted.md": noon,
    }
    assert found.next_change == datetime(2026, 6, 2, tzinfo=UTC)
