"""Paragraphs that are too long to be read on a phone."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Kind, Text
from gazepress.diagnostics import Severity

_LONGEST = 150  # words; more than a phone shows at once


def _look(text: Text) -> Iterator[Hit]:
    for passage in text.passages:
        words = len(passage.text.split()) if passage.kind is Kind.PARAGRAPH else 0
        if words > _LONGEST:
            yield Hit(f"this paragraph has {words} words", passage.place(0), "begin a new one where the thought turns")


RULE = TextRule(
    "paragraph-long",
    Severity.NOTE,
    f"A paragraph has more than {_LONGEST} words: a wall of text on a phone.",
    "Begin a new one where the thought turns.",
    _look,
)
