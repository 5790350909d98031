"""For how long an article says wherever it is shown that it was corrected."""

from datetime import UTC, datetime

import pytest

from gazepress.matter import Correction, CorrectionKind

NOTED = datetime(2026, 6, 1, 12, tzinfo=UTC)
LAST_MINUTE, LATER = datetime(2026, 6, 15, 11, 59, tzinfo=UTC), datetime(2026, 6, 15, 12, tzinfo=UTC)
FILE = "content/articles/a.md"


@pytest.fixture
def noted(article, graph):
    """Return the function that gives the graph of an article with notes at an hour."""
    return lambda as_of, *notes: graph({"a.md": article("A", corrections=notes)}, as_of=as_of)


def test_a_correction_marks_its_article_for_two_weeks_and_the_hour_alone_ends_that(noted):
    note = Correction(NOTED, "x")
    assert noted(LAST_MINUTE, note).marked == {FILE: CorrectionKind.CORRECTION}
    assert noted(LAST_MINUTE, note).next_change == LATER
    assert noted(LATER, note).marked == {}
    assert noted(LATER, note).next_change is None


def test_the_newest_note_is_the_one_that_is_named(noted):
    notes = [Correction(NOTED, "x", CorrectionKind.UPDATE), Correction(NOTED.replace(day=2), "y")]
    assert noted(NOTED.replace(day=3), *notes).marked == {FILE: CorrectionKind.CORRECTION}
    assert noted(NOTED.replace(day=3), *notes[::-1]).marked == {FILE: CorrectionKind.CORRECTION}


def test_a_retraction_marks_for_good_whatever_comes_after_it(noted):
    notes = [Correction(NOTED, "x", CorrectionKind.RETRACTION), Correction(NOTED.replace(day=2), "y")]
    assert noted(LATER.replace(year=2036), *notes).marked == {FILE: CorrectionKind.RETRACTION}
