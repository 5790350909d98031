"""Pictures in the text that have no words for those who cannot see them."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity


def _look(text: Text) -> Iterator[Hit]:
    """Yield the pictures of the body without words; parse tells of the lead picture, as ``alt-missing``."""
    for passage in text.passages:
        for picture in passage.pictures:
            if not picture.alt:
                hint = "say between `![` and `]` what it shows"
                yield Hit("this picture has no words for those who cannot see it", picture.place, hint)


RULE = TextRule(
    "alt-empty",
    Severity.WARNING,
    "A picture in the text has no words for those who cannot see it (WCAG 2.2, 1.1.1 Non-text Content). "
    "Of the lead picture that is `alt-missing`.",
    "Say between `![` and `]` what it shows.",
    _look,
)
