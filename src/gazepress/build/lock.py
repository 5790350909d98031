"""Who may build a site now? One at a time, and nobody is waited for who is no longer there."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two builds at once are then the user's own business
    fcntl = None  # type: ignore[assignment]

_held: set[int] = set()


class BusyError(Exception):
    """Another process builds the same site."""


@contextmanager
def only_builder(site: Path, *, wait: bool, waiting: Callable[[], None]) -> Iterator[None]:
    """Be the only one who builds the site in this folder; ``waiting`` is called when there is somebody to wait for.

    The lock is on the folder itself, so that no file is left behind, and the system takes it off whoever dies. Raises
    BusyError unless ``wait``.
    """
    folder = os.open(site, os.O_RDONLY) if fcntl else -1
    _held.add(folder)
    try:
        _take(folder, wait=wait, waiting=waiting)
        yield
    finally:
        _held.discard(folder)
        if fcntl:
            os.close(folder)


def _take(folder: int, *, wait: bool, waiting: Callable[[], None]) -> None:
    if not fcntl:
        return
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        if not wait:
            raise BusyError from error
        waiting()
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError:
        return  # a file system without locks


def _let_go() -> None:
    """In a forked worker: a lock is taken off only when nobody has its file open any longer."""
    for folder in _held:
        with suppress(OSError):
            os.close(folder)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
