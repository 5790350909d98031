"""Which moment do these words name? Dates and times as editors write them."""

import re
from datetime import UTC, datetime, tzinfo


def parse_time(text: str, timezone: tzinfo) -> datetime:
    """Return the moment that ``text`` names: ISO 8601 (a date, or a date and time), in ``timezone`` if without offset.

    A date alone is the first moment of its day, and an hour that comes twice when clocks go back is the first of the
    two. Raises ValueError for anything else, and for an hour that is left out when clocks go forward.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError("not a date or time")
    date, clock, offset = match.groups(default="")
    moment = datetime.fromisoformat(f"{date}T{clock or '00:00'}{offset}")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError("the year is out of range")
    if offset:
        return moment
    moment = moment.replace(tzinfo=timezone)
    existing = moment.astimezone(UTC).astimezone(timezone)
    if clock and existing != moment:
        raise ValueError(f"this hour does not exist in {timezone}, its clocks go forward then")
    return existing


_TIME = re.compile(
    r"""(\d{4}-\d\d-\d\d)
        (?: [T\ ] ((?:[01]\d|2[0-3]) : [0-5]\d (?: : [0-5]\d (?:\.\d{1,6})? )?)
            (?: \ ? (Z | [+-](?:0\d|1[0-4]) (?: :? [0-5]\d )?) )?
        )?""",
    re.ASCII | re.VERBOSE,
)
_FIRST_YEAR, _LAST_YEAR = 1000, 9998  # four digits everywhere, and room to move between timezones
