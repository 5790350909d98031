"""What a page shows of a problem: its message, and the lines of the file around its place."""

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from gazepress.diagnostics import Diagnostic, Severity

_LINE_END = re.compile(r"\r\n?|\n")
_AROUND = 2  # lines before and after the one that is wrong
_AT_MOST = 20
_LONGEST = 400
"""Characters of a line that are shown."""


class SourceLine(Struct, frozen=True):
    """A line of a file and its number, from 1."""

    number: int
    text: str


class Shown(Struct, frozen=True):
    """A problem as the page shows it. ``column`` counts characters of the line ``line`` from 1; 0 for none."""

    place: str
    code: str
    message: str
    hint: str
    line: int
    column: int
    source: tuple[SourceLine, ...]


class Problems(Struct, frozen=True):
    """The problems that keep the site from being built, and how many more there are."""

    shown: tuple[Shown, ...] = ()
    more: int = 0


def problems_of(site: Path, diagnostics: Iterable[Diagnostic]) -> Problems:
    """Return the errors among problems, with the lines of the site's files around them."""
    errors = [found for found in diagnostics if found.severity is Severity.ERROR]
    return Problems(tuple(_shown(site, found) for found in errors[:_AT_MOST]), max(0, len(errors) - _AT_MOST))


def _shown(site: Path, found: Diagnostic) -> Shown:
    place = ":".join(str(part) for part in (found.path, found.line, found.column) if part)
    lines = _around(site, found)
    is_long = any(one.number == found.line and len(one.text) > _LONGEST for one in lines)
    return Shown(
        place=place,
        code=found.code,
        message=found.message,
        hint=found.hint,
        line=found.line,
        column=0 if is_long and found.column > _LONGEST else found.column,
        source=tuple(SourceLine(one.number, one.text[:_LONGEST]) for one in lines),
    )


def _around(site: Path, found: Diagnostic) -> list[SourceLine]:
    if not found.line or not found.path:
        return []
    try:
        text = (site / found.path).read_bytes().decode("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return []
    lines = _LINE_END.split(text)
    first = max(0, found.line - 1 - _AROUND)
    return [SourceLine(at + 1, lines[at]) for at in range(first, min(len(lines), found.line + _AROUND))]
