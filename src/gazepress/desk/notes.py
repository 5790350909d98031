"""What does an editor put on record? That an article was wrong, or that it can be read from an hour on."""

from datetime import UTC, datetime

from gazepress.desk.addresses import was_public
from gazepress.desk.draft import Draft, Outlook, local_hour
from gazepress.desk.edits import ChangeError
from gazepress.desk.rename import settle
from gazepress.desk.respell import Renames
from gazepress.desk.yaml_edits import append_item, remove_key, set_key
from gazepress.diagnostics import Severity, problem
from gazepress.matter import CorrectionKind, Status, one_line
from gazepress.moments import parse_time


def correct(draft: Draft, article: str, kind: CorrectionKind, text: str, date: datetime) -> Outlook:
    """Add a note to a published article, and let feeds know by ``updated`` that it has changed. Raises ChangeError."""
    words = one_line(text)
    matter = draft.before.graph.articles[article].matter
    if not words:
        raise ChangeError(problem("wrong-value", "say what was wrong, and what is right", path=article))
    if not was_public(draft, article):
        hint = "change its text: nobody has read it yet"
        raise ChangeError(problem("edit-refused", "this article is not published", path=article, hint=hint))
    if date < matter.date:
        hint = f"it was published {_written(matter.date)}"
        raise ChangeError(problem("wrong-value", "a note cannot be older than its article", path=article, hint=hint))
    note = {"date": _written(date), "kind": kind.value, "text": words}
    draft.edit(article, append_item, "corrections", note)
    if matter.updated is None or matter.updated < date:
        draft.edit(article, set_key, "updated", _written(date), after="date")
    return settle(draft, Renames())


def publish(draft: Draft, article: str, at: datetime | None) -> Outlook:
    """Let an article that is held back be read from the next build on, or from ``at`` on. Raises ChangeError.

    A draft gets the hour of its publication as its date, so that lists and feeds show it as the news that it is.
    """
    matter, zone = draft.before.graph.articles[article].matter, draft.before.settings.zone
    now = local_hour(draft)
    hour = now if at is None else at.astimezone(zone)
    if was_public(draft, article):
        message = f"this article is published already, since {_written(matter.date)}"
        raise ChangeError(problem("edit-refused", message, path=article))
    if hour < now:
        hint = "leave the time out, and it is published with the next build"
        raise ChangeError(problem("wrong-value", f"{_written(hour)} is past", path=article, hint=hint))
    if matter.status is Status.DRAFT or matter.date > hour:
        draft.edit(article, set_key, "date", _clock(hour))
    if matter.status is Status.DRAFT:
        draft.edit(article, set_key, "status", Status.READY.value)
    if at is not None:
        draft.edit(article, set_key, "embargo", _written(hour), after="date")
    elif matter.embargo is not None and matter.embargo > now:
        draft.edit(article, remove_key, "embargo")
    after = settle(draft, Renames())
    seen = draft.outlook(readers_at=hour).diagnostics
    wrong = [one for one in seen if one.path == article and one.severity is Severity.ERROR]
    if wrong:
        raise ChangeError(*wrong)
    return after


def _written(moment: datetime) -> str:
    """Return a moment with its offset, so that nobody can misread it."""
    return moment.isoformat(" ", "minutes")


def _clock(moment: datetime) -> str:
    """Return a moment by the publication's clocks; with its offset where they show that hour twice."""
    plain = moment.replace(tzinfo=None).isoformat(" ", "minutes")
    exact = moment.replace(second=0, microsecond=0)
    return plain if parse_time(plain, moment.tzinfo or UTC) == exact else _written(moment)
