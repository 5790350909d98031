"""What is recorded of addresses, and when? A build that publishes writes ``urls.lock`` just before.

Just before, for whoever is killed between the two has then recorded an address that is not public yet, which the next
build publishes; the other way round one could be public that nobody knows of, and be lost without a word.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from gazepress.build.remembered import Edition
from gazepress.build.run import Run, WrongUseError
from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.digest import digest_bytes
from gazepress.published import Published
from gazepress.settings import SETTINGS_FILE
from gazepress.sources import LOCK_FILE, SourceFile, SourceKind
from gazepress.url_lock import Recorded
from gazepress.urls import base_path, decode_path

_LISTS = ("/sections/", "/tags/", "/authors/")
_LIST_FILE = re.compile(r"[a-z]+/[^/]+/index\.html")
_NAMED_AT_MOST = 5


class Written(Struct, frozen=True):
    """A lock that was written: the site's files with it, and its bytes before, None if it was not there."""

    files: tuple[SourceFile, ...]
    before: bytes | None


def read_addresses(run: Run) -> Checked[tuple[Recorded, ...]]:
    """Return what the site's lock says. What the options give up is given up in it, and has no line yet.

    Raises WrongUseError for an address to be given up that was never recorded.
    """
    data = _bytes_of(run)
    if data is None and not run.options.accept_lost:
        return Checked(())
    from gazepress.url_lock import read_lock

    lock = read_lock(data or b"")
    if lock.diagnostics:
        return lock
    known = {one.url: one for one in lock.value}
    for written in run.options.accept_lost:
        url = _site_path(run, written)
        if url not in known:
            raise WrongUseError(f"{written} cannot be given up: it is not in {LOCK_FILE}")
        known[url] = replace(known[url], given_up=True, line=0)
    return Checked(tuple(known.values()))


def write_addresses(run: Run, files: Sequence[SourceFile], changes: Sequence[Recorded]) -> Checked[Written | None]:
    """Record ``changes``; return None if there are none. The warning ``lock-unwritten`` tells that it could not be."""
    if not changes or not run.records:
        return Checked(None)
    from gazepress.stages.plan import moment
    from gazepress.url_lock import joined, read_lock, write_lock

    before = _bytes_of(run)
    data = write_lock(joined(read_lock(before or b"").value, changes, moment(run.as_of)).values())
    try:
        _put(run, data)
    except OSError as error:
        message = f"new addresses could not be recorded: {error.strerror}"
        return Checked(None, (problem("lock-unwritten", message, path=LOCK_FILE),))
    others = (file for file in files if file.kind is not SourceKind.LOCK)
    lock = SourceFile(LOCK_FILE, SourceKind.LOCK, digest_bytes(data), len(data))
    return Checked(Written(tuple(sorted((*others, lock), key=lambda file: file.path)), before))


def take_back(run: Run, written: Written | None) -> None:
    """Make the lock what it was: what it records could not be published."""
    if written is None:
        return
    with suppress(OSError):
        if written.before is None:
            (run.options.site / LOCK_FILE).unlink()
        else:
            _put(run, written.before)


def lists_gone(run: Run, last: Edition | None, published: Published) -> Iterator[Diagnostic]:
    """Yield a note for each list that is no longer there while there is a new one of its kind: it may be the same.

    No lock says what lists there were, only what is remembered of the last build: so this is said once.
    """
    if last is None or not run.records:
        return
    for kind in _LISTS:
        gone = [path for path in map(_list_path, published.removed) if path.startswith(kind)]
        fresh = (path for path in published.written if path not in last.files)
        new = [path for path in map(_list_path, fresh) if path.startswith(kind)]
        for path in gone[:_NAMED_AT_MOST] if new else ():
            from rapidfuzz import process

            near = process.extractOne(path, new)[0]
            hint = f"if that is its name now, write `redirects: {{moved: {{{path}: {near}}}}}` in {SETTINGS_FILE}"
            yield problem("list-gone", f"{path} is no longer there, and {near} is new", path=SETTINGS_FILE, hint=hint)


def _list_path(file: str) -> str:
    """Return the site path of a list by its file; empty for what is the file of no list's first page."""
    return f"/{file.removesuffix('index.html')}" if _LIST_FILE.fullmatch(file) else ""


def _bytes_of(run: Run) -> bytes | None:
    try:
        return (run.options.site / LOCK_FILE).read_bytes()
    except OSError:
        return None


def _put(run: Run, data: bytes) -> None:
    """Put the lock in its place at once, so that whoever kills the build leaves the old one or the new one."""
    place = run.options.site / LOCK_FILE
    temporary = place.with_name(f".{LOCK_FILE}.{os.getpid()}")
    try:
        temporary.write_bytes(data)
        temporary.replace(place)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise


def _site_path(run: Run, written: str) -> str:
    """Return the site path of an address, which may be a full one of the site."""
    path = decode_path(urlsplit(written).path)
    return path.removeprefix(decode_path(base_path(run.settings.url))) if "://" in written else path
