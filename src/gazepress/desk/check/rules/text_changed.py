"""Published texts that have changed without readers being told."""

from collections.abc import Iterator

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.diagnostics import Severity


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    for path in sorted(newsroom.changed_silently):
        message = "the text has changed since it was published, with neither `updated:` nor a correction"
        yield Hit(message, hint=f"tell readers: gazepress correct {path}", path=path)


RULE = ArchiveRule(
    "text-changed",
    Severity.WARNING,
    "The words of an article are not those that were published, and neither `updated:` nor a correction says so. What "
    "it cannot see is told [above](#texts-that-changed-after-they-were-published).",
    "Set `updated:`, or add a correction; for a slip of the pen write `ignore: [text-changed]`.",
    _look,
)
