"""Headlines that are too long for search results and phones."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import FrontMatter

_LONGEST = 110  # characters; what Google asks of `headline` in an article's structured data


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    if isinstance(matter, FrontMatter) and len(matter.title) > _LONGEST:
        hint = f"cut at least {len(matter.title) - _LONGEST}"
        yield Hit(f"the headline has {len(matter.title)} characters", text.place_of("title"), hint)


RULE = TextRule(
    "headline-long",
    Severity.WARNING,
    f"A headline has more than {_LONGEST} characters.",
    "Say the news in fewer words; the rest belongs into `summary:`.",
    _look,
)
