"""Headlines in capitals."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import FrontMatter

_WORD = re.compile(r"[^\W\d_]{4,}")
_WORDS = 3  # of four letters and more: so many acronyms hardly make a headline


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if isinstance(matter, FrontMatter) and matter.title.isupper() and len(_WORD.findall(matter.title)) >= _WORDS:
        hint = "write it as a sentence; if it must shout, let the style sheet do it"
        yield Hit("the headline is in capitals", text.place_of("title"), hint)


RULE = TextRule(
    "headline-capitals",
    Severity.WARNING,
    "A headline is written in capitals only.",
    "Write it in small letters: capitals are hard to read, and some screen readers spell them out.",
    _look,
)
