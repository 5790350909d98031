"""Links to pages of other sites that are there no longer."""

from collections.abc import Iterator

from gazepress.desk.check.answers import Answer, Outcome
from gazepress.desk.check.rule import AnswerRule, Hit
from gazepress.diagnostics import Severity


def _look(answer: Answer) -> Iterator[Hit]:
    if answer.reply.outcome is Outcome.GONE:
        message = f"{answer.address} is gone since {answer.since:%Y-%m-%d} or earlier: {answer.reply.status}"
        yield Hit(message, hint="link a copy in an archive (https://web.archive.org/), or another source")


RULE = AnswerRule(
    "link-gone",
    Severity.WARNING,
    "A page of another site is there no longer (404 or 410). Told with `--external` only.",
    "Link a copy in an archive, or another source.",
    _look,
)
