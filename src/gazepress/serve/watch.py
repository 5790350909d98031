"""Tells when something has changed in the folders of a site.

Two watches: one on the site's folder itself, for its settings and for folders that come and go, one on all that is in
these. What is published, and what is remembered, lies beside them and is not watched.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from gazepress.settings import SETTINGS_FILE

_FOLDERS = ("content", "static", "templates")
_STEP = 20
"""Milliseconds: a change is told when so many have passed without another."""
_QUIET = 150
"""Milliseconds without a change after which a burst of them, such as a change of branch, counts as over."""
_FEW = 3  # files that one save may touch, with what editors do on the side
_LONGEST_BURST = 3.0
"""Seconds after which a burst is told of although it goes on."""


def watch(site: Path, told: Callable[[], None]) -> None:
    """Call ``told``, by whatever thread, after each change or burst of changes in the site's files; never return.

    Whatever happens after a call is told by another call. Folders may be removed and come back.
    """
    while True:
        present = _present(site)
        stop = Event()
        inside = Thread(target=_watch_inside, args=(site, list(present), stop, told), daemon=True)
        inside.start()
        _watch_outside(site, present, told)
        stop.set()
        inside.join()


def _present(site: Path) -> dict[Path, int]:
    """Return the folders that are there, each with its inode: one that was removed and made again is another."""
    found = {}
    for name in _FOLDERS:
        try:
            found[site / name] = os.stat(site / name).st_ino  # noqa: PTH116 - pathlib has no shorter word for it
        except OSError:
            continue
    return found


def _watch_outside(site: Path, present: dict[Path, int], told: Callable[[], None]) -> None:
    """Tell of changes of the settings until other folders are there than those that were ``present``."""
    from watchfiles import watch as changes_in

    wanted = {os.path.realpath(site / name) for name in (*_FOLDERS, SETTINGS_FILE)}

    def concerns(_: object, path: str) -> bool:
        return path in wanted or os.path.realpath(path) in wanted

    options = {"step": _STEP, "rust_timeout": 1000, "yield_on_timeout": True, "raise_interrupt": False}
    for changes in changes_in(site, recursive=False, watch_filter=concerns, **options):  # type: ignore[arg-type]
        if changes:
            told()
        if _present(site) != present:
            return


def _watch_inside(site: Path, folders: list[Path], stop: Event, told: Callable[[], None]) -> None:
    """Tell of changes in these folders until ``stop`` is set; first of all that changed before they were watched."""
    from watchfiles import watch as changes_in

    if not folders:
        told()
        return
    root = os.path.realpath(site)

    def concerns(_: object, path: str) -> bool:
        return not any(_is_passing(part) for part in Path(os.path.relpath(path, root)).parts)

    waiting, since = True, time.monotonic()
    options = {"step": _STEP, "rust_timeout": _QUIET, "yield_on_timeout": True, "raise_interrupt": False}
    for changes in changes_in(*folders, stop_event=stop, watch_filter=concerns, **options):  # type: ignore[arg-type]
        if changes and not waiting:
            waiting, since = True, time.monotonic()
        in_a_burst = len(changes) > _FEW and time.monotonic() - since < _LONGEST_BURST
        if waiting and not in_a_burst:
            waiting = False
            told()


def _is_passing(name: str) -> bool:
    """Tell whether a name is one of those that editors give to files of theirs, or that no build looks at."""
    return (name.startswith((".", "#")) and name != ".well-known") or name.endswith("~")
