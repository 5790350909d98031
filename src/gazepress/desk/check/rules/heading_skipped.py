"""Headings that leave out a level."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity


def _look(text: Text) -> Iterator[Hit]:
    above = 1  # the headline
    for heading in text.passages:
        if heading.level > above + 1:
            message = f"this heading is of level {heading.level}, and the one above it of level {above}"
            yield Hit(message, heading.place(0), f"write it with {'#' * (above + 1)}")
        above = heading.level or above


RULE = TextRule(
    "heading-skipped",
    Severity.WARNING,
    "A heading leaves out a level, which misleads whoever moves by headings (WCAG 2.2, 1.3.1). "
    "The headline is the first level, `##` the second.",
    "Write it with one `#` more than the heading above it, at most.",
    _look,
)
