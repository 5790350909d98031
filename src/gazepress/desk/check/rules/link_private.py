"""Links into private networks, which readers cannot open."""

from collections.abc import Iterator

from gazepress.desk.check.answers import Answer, Outcome
from gazepress.desk.check.rule import AnswerRule, Hit
from gazepress.diagnostics import Severity


def _look(answer: Answer) -> Iterator[Hit]:
    if answer.reply.outcome is Outcome.PRIVATE:
        message = f"{answer.address} leads into a private network: {answer.reply.said}"
        yield Hit(message, hint="link what readers can open, or remove the link")


RULE = AnswerRule(
    "link-private",
    Severity.WARNING,
    "A link leads into a private network, or to the reader's own computer. Told with `--external` only.",
    "Link what readers can open, or remove the link.",
    _look,
)
