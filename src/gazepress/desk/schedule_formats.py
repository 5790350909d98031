"""A schedule told to a person, a program, cron, systemd or a calendar."""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal, assert_never
from urllib.parse import urlsplit

import msgspec

from gazepress.desk.columns import fit
from gazepress.desk.schedule import Event, Schedule, Turn
from gazepress.digest import digest_bytes
from gazepress.stages.graph.texts import shorten

Format = Literal["text", "json", "cron", "systemd", "ics"]

_LINE = 75
"""Octets of a line of a calendar (RFC 5545, 3.1)."""

_FAR = 3 * 1440
"""Minutes from which on days are exact enough."""

_ROUTINE = {
    Event.LEAVES_THE_NEWS: "articles that leave the sitemap for news",
    Event.LOSES_ITS_MARK: "corrections that are no longer told of in lists",
}
_HEAD = "# {site}: builds that the hour asks for. Written by: gazepress schedule --format {shape}"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # RFC 5545, 3.1: CONTROL, but for tab and line ends


def format_schedule(schedule: Schedule, shape: Format, *, build: str, width: int | None = None) -> str:
    """Return a schedule in one of its formats.

    ``build`` is the command for a shell that builds the site, for cron. ``width`` is that of a terminal in columns,
    None where nothing is cut.
    """
    match shape:
        case "text":
            return _text(schedule, width)
        case "json":
            return _json(schedule)
        case "cron":
            return "\n".join(_cron(schedule, build)) + "\n"
        case "systemd":
            return "\n".join(_systemd(schedule)) + "\n"
        case "ics":
            return "".join(_folded(line) for line in _calendar(schedule))
        case _:
            assert_never(shape)


def _text(schedule: Schedule, width: int | None) -> str:
    if not schedule.turns and not schedule.drafts:
        return "nothing is held back, and the hour alone will change nothing\n"
    lines = ["the hour alone will change nothing"]
    if schedule.hours:
        first = schedule.hours[0]
        lines = [f"next change by the hour: {_minute(first)}, {_until(first - schedule.as_of)}", ""]
    set_by_editors = [turn for turn in schedule.turns if not turn.event.is_routine]
    for turn in set_by_editors:
        lines.append(_cut(f"  {_minute(turn.at)}  {turn.event}  {shorten(turn.title)}", width))
        lines.append(f"    {turn.path}{f' ({turn.reason})' if turn.reason else ''}")
    routine: dict[Event, list[datetime]] = {}
    for turn in schedule.turns:
        if turn.event.is_routine:
            routine.setdefault(turn.event, []).append(turn.at)
    if routine and set_by_editors:
        lines.append("")
    for event, hours in routine.items():
        lines += [f"  {_ROUTINE[event]}: {len(hours)}", f"    from {_minute(min(hours))} on"]
    if schedule.drafts:
        lines += ["", "drafts, held back until somebody publishes them:", ""]
    for draft in schedule.drafts:
        lines += [_cut(f"  {shorten(draft.title)}", width), f"    {draft.path}"]
    return "\n".join(lines) + "\n"


def _cut(line: str, width: int | None) -> str:
    return line if width is None else fit(line, width).rstrip()


def _json(schedule: Schedule) -> str:
    document = {
        "version": 1,
        "as_of": schedule.as_of,
        "next_change": schedule.hours[0] if schedule.hours else None,
        "turns": schedule.turns,
        "drafts": schedule.drafts,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _cron(schedule: Schedule, build: str) -> Iterator[str]:
    """Yield lines of a crontab in the timezone of this machine, by which cron goes.

    cron knows no years: a line that is left there builds once more a year later, and finds nothing to do.
    """
    command = build.replace("%", r"\%")  # a bare one would end the line
    yield _HEAD.format(site=shorten(schedule.site), shape="cron")
    for hour in schedule.hours:
        local = _next_minute(hour).astimezone()
        yield ""
        yield from _reasons(schedule, hour)
        yield f"{local.minute} {local.hour} {local.day} {local.month} *  {command}"


def _systemd(schedule: Schedule) -> Iterator[str]:
    """Yield a drop-in for a timer: what it says comes on top of the timer's own hours (systemd.timer(5))."""
    yield _HEAD.format(site=shorten(schedule.site), shape="systemd")
    yield "[Timer]"
    for hour in schedule.hours:
        yield from _reasons(schedule, hour)
        yield f"OnCalendar={_next_second(hour).astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _reasons(schedule: Schedule, hour: datetime) -> Iterator[str]:
    for turn in schedule.turns:
        if turn.at == hour:
            yield f"# {_minute(hour)}: {turn.event}: {shorten(turn.title)}"


def _calendar(schedule: Schedule) -> Iterator[str]:
    """Yield the lines of a calendar (RFC 5545), not folded yet."""
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//gazepress//schedule//EN"
    yield f"NAME:{_escaped(schedule.site)}"  # RFC 7986, 5.1
    yield f"X-WR-CALNAME:{_escaped(schedule.site)}"  # how calendars called it before
    for turn in schedule.turns:
        if not turn.event.is_routine:  # a calendar is for people
            yield from _event(turn, schedule.as_of)
    yield "END:VCALENDAR"


def _event(turn: Turn, as_of: datetime) -> Iterator[str]:
    # Of what stays when the hour moves, so that a calendar moves its entry instead of showing two.
    name = digest_bytes(f"{turn.path}\n{turn.event}".encode())[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{name}@{urlsplit(turn.url).hostname}"
    yield f"DTSTAMP:{_utc(as_of)}"
    yield f"DTSTART:{_utc(_next_second(turn.at))}"
    yield f"SUMMARY:{_escaped(f'{turn.event.capitalize()}: {turn.title}')}"
    yield f"DESCRIPTION:{_escaped(f'{turn.reason}: {turn.path}' if turn.reason else turn.path)}"
    yield f"URL:{turn.url}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy at that hour
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    r"""Return a value of type TEXT (RFC 5545, 3.3.11): ``\``, ``;`` and ``,`` have a meaning, line ends are ``\n``."""
    text = re.sub(r"([\\;,])", r"\\\1", _CONTROL.sub("", text))
    return re.sub(r"\r\n?|\n", r"\\n", text)


def _folded(line: str) -> str:
    """Return a line with its end, broken where it is longer than 75 octets, but never inside a character."""
    pieces, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > _LINE:
            pieces.append(" ")
            octets = 1
        pieces[-1] += character
        octets += size
    return "\r\n".join(pieces) + "\r\n"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _next_second(moment: datetime) -> datetime:
    """Return the first full second that is not before a moment: a build before it would come too early."""
    return moment if not moment.microsecond else moment.replace(microsecond=0) + timedelta(seconds=1)


def _next_minute(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return moment if whole == moment else whole + timedelta(minutes=1)


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M %z")


def _until(span: timedelta) -> str:
    """Return how long it is until then: in days, or where that says too little in hours and minutes."""
    minutes = max(1, math.ceil(span.total_seconds() / 60))
    if minutes >= _FAR:
        return f"in {minutes // 1440} days"
    counted = ((minutes // 60, "hour"), (minutes % 60, "minute"))
    return "in " + " ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in counted if number)
