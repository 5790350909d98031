"""Summaries that are too long for where they are shown."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import FrontMatter

_LONGEST = 200  # characters


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    length = len(" ".join(matter.summary.split())) if isinstance(matter, FrontMatter) else 0
    if length > _LONGEST:
        hint = f"cut at least {length - _LONGEST}: search results and cards show no more"
        yield Hit(f"the summary has {length} characters", text.place_of("summary"), hint)


RULE = TextRule(
    "summary-long",
    Severity.NOTE,
    f"A summary has more than {_LONGEST} characters.",
    "Keep one or two short sentences; search results and cards for shared links cut the rest.",
    _look,
)
