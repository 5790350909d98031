"""Reports that rest on one source alone."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.folding import fold
from gazepress.matter import FrontMatter, Kind


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if not isinstance(matter, FrontMatter) or matter.kind is not Kind.REPORT:
        return
    named = {fold(one.name): one.name for one in matter.sources}
    for phrase in text.document.attributions:
        spoken = fold(phrase.text)
        if not any(spoken in known or known in spoken for known in named):
            named[spoken] = phrase.text
    if len(named) == 1:
        place = text.place_of("sources") if matter.sources else (1, 1)
        hint = "ask a second one, or say in the text that nobody else has confirmed it"
        yield Hit(f"the report rests on one source: {next(iter(named.values()))}", place, hint)


RULE = TextRule(
    "source-single",
    Severity.NOTE,
    "A report rests on a single source.",
    "Ask a second one, or say in the text that nobody else has confirmed it.",
    _look,
)
