"""How do several files of a site change together? All or none, whatever becomes of the program in between.

A journal in the site's cache folder says of each file what it held and what it is to hold. It is there, whole, before
the first file changes, and goes after the last one; so whoever comes after a program that was killed can end its work.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

_JOURNAL = ".gazepress/changes.journal"
_TEMPORARY = ".tmp"  # the cache folder is cleared of these


class Rewrite(Struct, frozen=True, array_like=True):
    """What one file held and is to hold, None where it is not there; its path counts from the site folder."""

    path: str
    before: bytes | None
    after: bytes | None
    mode: int = 0  # its permissions, 0 for those of a new file


def rewrite(site: Path, rewrites: Sequence[Rewrite]) -> None:
    """Change all these files, or none of them: not even SIGKILL leaves some, once ``finish_rewrites`` has run.

    The caller holds the site's lock, and has compared the files with what they are said to hold. Raises OSError where
    the disk takes no more; the files are then as they were.
    """
    journal = site / _JOURNAL
    journal.parent.mkdir(exist_ok=True)
    temporary = journal.with_name(journal.name + _TEMPORARY)
    with temporary.open("wb") as stream:
        stream.write(msgspec.msgpack.encode(tuple(rewrites)))
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(journal)
    try:
        for one in rewrites:
            _put(site, one, one.after)
    except BaseException:  # an interrupt, too, leaves all as it was
        for one in rewrites:
            if _read(site / one.path) != one.before:
                _put(site, one, one.before)
        journal.unlink()
        raise
    journal.unlink()


def finish_rewrites(site: Path) -> tuple[str, ...]:
    """End what a killed program has begun here, and return the files that were left alone.

    These have been changed by somebody else since: nothing that a person has saved is written over.
    """
    journal = site / _JOURNAL
    try:
        rewrites = msgspec.msgpack.decode(journal.read_bytes(), type=tuple[Rewrite, ...])
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):  # whatever stands there, it is no journal
        return ()
    except (OSError, msgspec.MsgspecError):  # damaged from outside: it was put there as a whole
        rewrites = ()
    left = []
    for one in rewrites:
        now = _read(site / one.path)
        if now == one.before:
            _put(site, one, one.after)
        elif now != one.after:
            left.append(one.path)
        with suppress(FileNotFoundError):
            _temporary(site / one.path).unlink()
    journal.unlink()
    return tuple(left)


def _put(site: Path, one: Rewrite, data: bytes | None) -> None:
    file = site / one.path
    if data is None:
        file.unlink(missing_ok=True)
        return
    file = file.resolve()  # where a symbolic link stands, what it leads to changes
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(file)
    temporary.write_bytes(data)
    if one.mode:
        temporary.chmod(one.mode)
    temporary.replace(file)


def _temporary(file: Path) -> Path:
    return file.with_name(f".{file.name}.new")  # no name that a build would read


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
