"""Sources of the front matter that disagree with those that the text names."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.folding import fold
from gazepress.matter import FrontMatter

_WORD = re.compile(r"\w{3,}")
_SHARE = 0.4  # of the words of a name that one paragraph must hold, for “Specimen Command, summary of the audit”


def _look(text: Text) -> Iterator[Hit]:
    """Yield the sources listed that the text passes over while it names others.

    Those that the text names and the list does not have are told by parse, as ``source-proposed``.
    """
    matter = text.document.matter
    if not isinstance(matter, FrontMatter) or not text.document.attributions:
        return
    named = ", ".join(one.text for one in text.document.attributions)
    heard = [_words(one.text) for one in text.passages]
    linked = {link.address for passage in text.passages for link in passage.links}
    for number, source in enumerate(matter.sources):
        words = _words(source.name)
        if source.url in linked or any(len(words & one) >= _SHARE * len(words) for one in heard):
            continue
        hint = f"name it there, or remove it; what the text names: {named}"
        yield Hit(f"the text does not name the source {source.name}", text.place_of("sources", number, "name"), hint)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))


RULE = TextRule(
    "source-unnamed",
    Severity.WARNING,
    "The text names its sources, and one of `sources:` is not among them. The reverse is `source-proposed`.",
    "Name it in the text, or take it out of `sources:`.",
    _look,
)
