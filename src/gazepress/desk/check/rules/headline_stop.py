"""Headlines that end in a full stop."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import FrontMatter

_STOP = re.compile(r"(?<![.…])(?<!\b\w)\.[\"'”’»]?$")  # neither an ellipsis nor the end of initials such as “U.S.”


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if isinstance(matter, FrontMatter) and _STOP.search(matter.title.rstrip()):
        yield Hit("the headline ends in a full stop", text.place_of("title"), "remove it")


RULE = TextRule(
    "headline-stop",
    Severity.WARNING,
    "A headline ends in a full stop.",
    "Remove it: a headline is no sentence of the text.",
    _look,
)
