"""Reports that do not say where their news comes from."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import FrontMatter, Kind


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if not isinstance(matter, FrontMatter) or matter.kind is not Kind.REPORT:
        return
    if not matter.sources and not text.document.attributions:
        yield Hit("the report names no source", (1, 1), "add `sources: [{name: …}]`, or name one in the text")


RULE = TextRule(
    "source-missing",
    Severity.NOTE,
    "A report names no source, neither in `sources:` nor by one of the publication's phrases. "
    "Other kinds than `report` are not asked for one.",
    "Name it in `sources:`.",
    _look,
)
