"""Articles without a summary of their own."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import FrontMatter


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if isinstance(matter, FrontMatter) and not matter.summary.strip():
        hint = "say in `summary:` what readers of lists, feeds and search results should know"
        yield Hit("the article has no summary; its first paragraph stands in for one", (1, 1), hint)


RULE = TextRule(
    "summary-missing",
    Severity.NOTE,
    "An article has no `summary:`, so that its first paragraph stands in for one.",
    "Write one or two sentences that say more than the headline.",
    _look,
)
