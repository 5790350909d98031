"""Summaries that only say the headline again."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.folding import fold
from gazepress.matter import FrontMatter

_WORD = re.compile(r"\w+")
_NEW_WORDS = 3  # that a summary must add to the words of the headline


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if not isinstance(matter, FrontMatter) or not matter.summary.strip():
        return
    title, summary = (_WORD.findall(fold(one)) for one in (matter.title, matter.summary))
    if len(title) > 1 and set(title) <= set(summary) and len(set(summary) - set(title)) < _NEW_WORDS:
        hint = "say what the headline leaves out, or remove `summary:`"
        yield Hit("the summary only repeats the headline", text.place_of("summary"), hint)


RULE = TextRule(
    "summary-repeats",
    Severity.WARNING,
    "A summary says nothing but what the headline says: the two stand below each other everywhere.",
    "Say what the headline leaves out.",
    _look,
)
