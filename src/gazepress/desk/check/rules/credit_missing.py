"""Pictures that do not say whose they are."""

from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import AuthorMatter, FrontMatter


def _look(text: Text) -> Iterator[Hit]:
    matter = text.document.matter
    image = matter.image if isinstance(matter, FrontMatter | AuthorMatter) else None
    if image is not None and not image.credit.strip():
        yield Hit("the picture has no credit", text.place_of("image"), "say whose it is: `credit: …`")


RULE = TextRule(
    "credit-missing",
    Severity.WARNING,
    "A lead picture or a portrait does not say whose it is.",
    "Write `credit:` below `image:`, also for a drawing of your own.",
    _look,
)
