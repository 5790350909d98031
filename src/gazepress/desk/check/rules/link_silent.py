"""Links to other sites that do not answer, or with an error of their own."""

from collections.abc import Iterator

from gazepress.desk.check.answers import Answer, Outcome
from gazepress.desk.check.rule import AnswerRule, Hit
from gazepress.diagnostics import Severity


def _look(answer: Answer) -> Iterator[Hit]:
    reply = answer.reply
    if reply.outcome is Outcome.SILENT:
        why = f"{reply.status} {reply.said}".strip() if reply.status else reply.said
        message = f"{answer.address} has not answered well since {answer.since:%Y-%m-%d}: {why}"
        yield Hit(message, hint="it is asked again after a day; look at it if that goes on")


RULE = AnswerRule(
    "link-silent",
    Severity.NOTE,
    "Another site does not answer, or with an error of its own. Told with `--external` only.",
    "Wait a few days; then link a copy in an archive, or another source.",
    _look,
)
