"""What ``urls.lock`` says: which address was published since when, by which text, and what that text is called.

One line for each address, in four parts: the site path, the moment of its first record in UTC, the file of the text,
and the text's lasting name in feeds; a fifth, ``given-up``, where the publication has let the address go. White space
and percent signs inside a part are written as in addresses (``%20``), an empty part as ``-``. The lines are sorted by
the last step of the address, and not by the date that it may start with: so two branches seldom write at one place,
and git can join them. Whatever order, repetition or line ends a merge has left is read.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote, unquote

from msgspec import Struct

from gazepress.diagnostics import Checked, Diagnostic, not_utf8, problem
from gazepress.sources import LOCK_FILE

_HEAD = (
    "# Every address that was ever published. Commit this file: by it old addresses redirect, and none is lost.\n"
    "# gazepress build writes it; its form is told in docs/addresses.md of gazepress.\n"
)
_LINE = re.compile(r"(/[^ ]*) ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z) ([^ \r]+) ([^ \r]+)( given-up)?[\r ]*")
_HIDDEN = re.compile(r"[\s%\x00-\x1f\x7f]")
_CONFLICT = re.compile(r"<{7}|={7}|>{7}|\|{7}")
_TOLD_AT_MOST = 10


class Recorded(Struct, frozen=True, array_like=True):
    """An address that was published. ``since`` is empty for one that is yet to be recorded."""

    url: str  # site path without the base: /2025/10/x/
    since: str  # 2026-03-09T14:30:00Z
    file: str  # path of the text from the site folder; empty for a page that no file stands for
    id: str
    given_up: bool = False
    line: int = 0  # of the lock; 0 while it does not say so


@lru_cache(maxsize=1)  # a build that writes a lock has read it before
def read_lock(data: bytes) -> Checked[tuple[Recorded, ...]]:
    """Return what the bytes of a lock say, each address once. Errors: ``encoding``, and ``lock-damaged`` by lines.

    Of two lines for one address the older one holds; it is given up only if both say so.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Checked((), (not_utf8(error).at(LOCK_FILE),))
    found: dict[str, Recorded] = {}
    problems: list[Diagnostic] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line)
        if match:
            url, since, file, id_, given_up = match.groups()
            if "%" in line or file == "-" or id_ == "-":
                url, file, id_ = _decoded(url), _decoded(file), _decoded(id_)
            one = Recorded(url, since, file, id_, given_up is not None, number)
            found[url] = _older(one, found[url]) if url in found else one
        elif line.strip() and not line.startswith("#"):
            problems.append(_wrong_line(line, number))
    return Checked(tuple(found.values()), tuple(problems[:_TOLD_AT_MOST]))


def write_lock(lines: Iterable[Recorded]) -> bytes:
    """Return the bytes of a lock that says this."""
    return "".join([_HEAD, *_written(lines)]).encode()


def joined(known: Iterable[Recorded], changes: Iterable[Recorded], now: str) -> dict[str, Recorded]:
    """Return the lines ``known`` with ``changes``, by address; what was not recorded before is so since ``now``."""
    lines = {one.url: one for one in known}
    for one in changes:
        since = one.since or now
        lines[one.url] = Recorded(one.url, since, one.file, one.id, one.given_up)
    return lines


def _written(lines: Iterable[Recorded]) -> Iterator[str]:
    for one in sorted(lines, key=_place):
        parts = (one.url, one.since, one.file, one.id)
        line = " ".join(parts)
        if "%" in line or not line.isprintable() or not all(parts) or "-" in parts or len(line.split()) != len(parts):
            line = " ".join(map(_encoded, parts))
        yield f"{line}{' given-up' if one.given_up else ''}\n"


def _place(one: Recorded) -> tuple[str, str]:
    return one.url.rstrip("/").rpartition("/")[2], one.url


def _older(one: Recorded, other: Recorded) -> Recorded:
    older = min(one, other, key=lambda line: line.since)
    given_up = one.given_up and other.given_up
    return Recorded(older.url, older.since, older.file, older.id, given_up, older.line)


def _wrong_line(line: str, number: int) -> Diagnostic:
    if _CONFLICT.match(line):
        message = "two versions of this file meet here, which git could not join"
        hint = "keep the lines of both, and delete those that start with <<<<<<<, ||||||| , ======= and >>>>>>>"
    else:
        message = "this line is no address with its date, file and id"
        hint = "take the file as it was committed last; the next build adds what is missing"
    return problem("lock-damaged", message, path=LOCK_FILE, line=number, column=1, hint=hint)


def _encoded(part: str) -> str:
    if part in ("", "-"):
        return "%2D" if part else "-"
    return _HIDDEN.sub(lambda match: quote(match[0], safe=""), part)


def _decoded(part: str) -> str:
    return "" if part == "-" else unquote(part)
