"""What would a command do to the files of a site? It is shown as a diff, and then done: all of it, or nothing."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from gazepress.build.lock import BusyError, only_builder
from gazepress.diagnostics import Diagnostic, problem
from gazepress.digest import digest_bytes
from gazepress.journal import Rewrite, finish_rewrites, rewrite

_PERMISSIONS = 0o777
_NOWHERE = "/dev/null"  # how a patch names the side on which a file is not there


class Edit(Struct, frozen=True):
    """A stretch of a file's text and what takes its place.

    ``start`` and ``end`` count the code points of the text as UTF-8 has it, with its byte order mark and line ends.
    """

    path: str
    start: int
    end: int
    new: str

    def at(self, path: str) -> "Edit":
        """Return the same edit of the file ``path`` (what looks at one text only leaves it empty)."""
        return replace(self, path=path)


class Move(Struct, frozen=True):
    """A file's new path; edits of it name its old one."""

    old: str
    new: str


class Create(Struct, frozen=True):
    """A file that is not there yet."""

    path: str
    text: str


class Change(Struct, frozen=True):
    """What is to be done to the files of a site; all paths count from its folder.

    ``seen`` are the digests of the files that the change was thought out for. Of the same edit only one is made.
    """

    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    creates: tuple[Create, ...] = ()
    removes: tuple[str, ...] = ()
    seen: Mapping[str, str] = {}


class ChangeError(Exception):
    """The change cannot be made. Its arguments are the diagnostics that say why."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` with all edits made. Raises ValueError where two of them overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda one: (one.start, one.end)):
        if edit.start < at or edit.end < edit.start or edit.end > len(text):
            raise ValueError(f"edits overlap at {edit.start}")
        parts += (text[at : edit.start], edit.new)
        at = edit.end
    return "".join((*parts, text[at:]))


def preview(site: Path, change: Change) -> str:
    """Return the change as a unified diff that ``git apply`` takes too. Raises ChangeError."""
    return "".join(_diff(change.moves, _rewrites(site, change)))


def carry_out(site: Path, change: Change) -> tuple[Diagnostic, ...]:
    """Make the change, or return why not; then no file has changed. A build that is running is waited for."""
    try:
        with only_builder(site, wait=True, waiting=lambda: None):
            finish_rewrites(site)
            rewrite(site, _rewrites(site, change))
    except ChangeError as error:
        return error.args
    except BusyError:
        return (problem("site-busy", "another program works on this site", path=str(site)),)
    except OSError as error:
        message = f"nothing was changed, because this cannot be written: {error.strerror}"
        hint = "look at the permissions of the folder and at the room on the disk"
        return (problem("unwritable", message, path=str(error.filename or site), hint=hint),)
    return ()


def _rewrites(site: Path, change: Change) -> tuple[Rewrite, ...]:
    """Return what each file holds now and is to hold, those that go away after those that come."""
    places = {move.old: move.new for move in change.moves}
    edits: dict[str, list[Edit]] = {}
    for edit in change.edits:
        edits.setdefault(edit.path, []).append(edit)
    before: dict[str, bytes] = {}
    after: dict[str, bytes | None] = {}
    modes: dict[str, int] = {}
    for path in sorted({*edits, *places, *change.removes}):
        place = places.get(path, path)
        before[path], modes[place] = _read(site, path, change.seen.get(path))
        after[place] = None if path in change.removes else _bytes_edited(before[path], path, edits.get(path, ()))
        after.setdefault(path, None)
        if place != path:
            _check_free(site, place, places)
    for create in change.creates:
        _check_free(site, create.path, {})
        after[create.path] = create.text.encode()
    return tuple(
        Rewrite(path, before.get(path), data, modes.get(path, 0))
        for path, data in sorted(after.items(), key=lambda item: (item[1] is None, item[0]))
    )


def _read(site: Path, path: str, seen: str | None) -> tuple[bytes, int]:
    """Return the bytes and the permissions of a file that is to change."""
    file = site / path
    try:
        data, mode = file.read_bytes(), file.stat().st_mode & _PERMISSIONS
    except OSError as error:
        raise ChangeError(problem("unreadable", f"the file cannot be read: {error.strerror}", path=path)) from error
    if seen is not None and digest_bytes(data) != seen:
        hint = "save what you are writing, and give the command once more"
        raise ChangeError(problem("file-changed", "the file has changed in the meantime", path=path, hint=hint))
    if not os.access(file.parent, os.W_OK):
        hint = "look at the permissions of the folder"
        raise ChangeError(problem("unwritable", "files in this folder cannot be changed", path=path, hint=hint))
    return data, mode


def _check_free(site: Path, path: str, leaving: Mapping[str, str]) -> None:
    """Refuse a new path that leads out of the site, or at which there is a file that does not go away."""
    steps = PurePosixPath(path).parts
    if path.startswith("/") or ".." in steps or not steps:
        raise ChangeError(problem("outside-site", "this is no path of the site", path=path))
    if path not in leaving and os.path.lexists(site / path):
        hint = "choose another name, or move that file away first"
        raise ChangeError(problem("file-exists", "there is a file of this name already", path=path, hint=hint))


def _bytes_edited(data: bytes, path: str, edits: Sequence[Edit]) -> bytes:
    if not edits:
        return data
    try:
        return edited(data.decode(), edits).encode()
    except UnicodeDecodeError as error:
        raise ChangeError(problem("encoding", "the file is not UTF-8 text", path=path)) from error


def _diff(moves: Iterable[Move], rewrites: Sequence[Rewrite]) -> Iterator[str]:
    """Yield the lines of a diff in the form of git, a moved file as one and in the place of its old name."""
    by_path = {one.path: one for one in rewrites}
    sources = {move.new: move.old for move in moves}
    told = {*sources.values()} - {*sources}  # with their new names
    for one in sorted(rewrites, key=lambda one: sources.get(one.path, one.path)):
        old = sources.get(one.path, one.path)
        before = by_path[old].before
        if one.path in told or (before == one.after and old == one.path):
            continue
        yield f"diff --git a/{old} b/{one.path}\n"
        if old != one.path:
            yield f"rename from {old}\nrename to {one.path}\n"
        elif before is None:
            yield "new file mode 100644\n"
        elif one.after is None:
            yield f"deleted file mode 100{one.mode:o}\n"
        sides = (_NOWHERE if before is None else f"a/{old}", _NOWHERE if one.after is None else f"b/{one.path}")
        yield from map(_ended, unified_diff(_lines(before), _lines(one.after), *sides))


def _lines(data: bytes | None) -> list[str]:
    text = (data or b"").decode(errors="replace")
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
