"""Links whose words do not tell where they lead."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.folding import fold

# As they are folded. Words of any language are found in any text: they mean nothing else there.
_VAGUE = frozenset(
    (
        "here|click here|click|this|this link|this page|this article|this report|link|the link|more|read more|"
        "read here|see here|source|learn more|details|website|"
        "тут|ось тут|туди|натисніть тут|клікніть тут|посилання|за посиланням|за цим посиланням|це|ця стаття|"
        "детальніше|докладніше|більше|читати далі|джерело|сайт"
    ).split("|")
)


def _look(text: Text) -> Iterator[Hit]:
    for passage in text.passages:
        for link in passage.links:
            if fold(link.words) in _VAGUE:
                hint = "put the link on words that name what is there"
                yield Hit(f"the link “{link.words.strip()}” does not tell where it leads", link.place, hint)


RULE = TextRule(
    "link-vague",
    Severity.WARNING,
    "The words of a link, such as “here”, do not tell where it leads (WCAG 2.2, 2.4.4 Link Purpose).",
    "Put the link on words that name what is there.",
    _look,
)
