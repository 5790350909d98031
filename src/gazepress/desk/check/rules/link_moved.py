"""Links to pages of other sites that have moved for good."""

from collections.abc import Iterator

from gazepress.desk.check.answers import Answer, Outcome
from gazepress.desk.check.rule import AnswerRule, Hit
from gazepress.diagnostics import Severity


def _look(answer: Answer) -> Iterator[Hit]:
    if answer.reply.outcome is Outcome.MOVED:
        yield Hit(f"{answer.address} has moved for good", hint=f"write {answer.reply.moved_to}")


RULE = AnswerRule(
    "link-moved",
    Severity.NOTE,
    "A page of another site has moved for good (301 or 308). Told with `--external` only.",
    "Write its new address, if that is still the page that was meant.",
    _look,
)
