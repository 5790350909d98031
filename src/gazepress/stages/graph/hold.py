"""What is held back at a given hour, why, and when the hour alone will change that."""

from collections.abc import Iterable
from datetime import datetime

from gazepress.matter import AuthorMatter, FrontMatter, Matter, Status
from gazepress.published import Held, HeldReason

_DRAFT = Status.DRAFT  # Python 3.11 runs a function for each look at a member of an enumeration


def held_back(path: str, matter: Matter, moment: float, now: float) -> Held | None:
    """Return why the text in ``path`` is not public, or None if it is.

    ``moment`` is the date of an article, ``now`` that of the build, both in seconds since 1970: Python compares two
    times of one zone by their clocks, which show one hour twice in autumn. Only what stands in the text itself counts.
    """
    if isinstance(matter, AuthorMatter):
        return None
    if matter.status is _DRAFT:
        return Held(path, HeldReason.DRAFT)
    if not isinstance(matter, FrontMatter):
        return None
    if matter.embargo is None:
        return Held(path, HeldReason.FUTURE, matter.date) if moment > now else None
    until = max(matter.embargo, matter.date, key=datetime.timestamp)
    if matter.embargo.timestamp() > now:
        return Held(path, HeldReason.EMBARGO, until)
    return Held(path, HeldReason.FUTURE, until) if moment > now else None


def next_change(moments: Iterable[datetime | None], as_of: datetime) -> datetime | None:
    """Return the earliest of ``moments`` after ``as_of``, or None; each is one at which the hour changes something."""
    times = (one for one in moments if one is not None and one.timestamp() > as_of.timestamp())
    return min(times, key=datetime.timestamp, default=None)
