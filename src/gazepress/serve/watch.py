"""Tells when something has changed in the folders of a site.

Two watches: one on the site's folder itself, for its settings and for folders that come and go, one on all that is in
these. What is published, and what is remembered, lies beside them and is not watched.
"""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

from gazepress.settings import SETTINGS_FILE
from gazepress.sources import LOCK_FILE

_FOLDERS = ("content", "static", "templates")
_STEP = 10
"""Milliseconds: a change is told when so many have passed without another."""
_QUIET = 0.15
"""Seconds without a change after which a burst of them, such as a change of branch, counts as over."""
_LOOK = 1.0
"""Seconds after which it is looked whether folders have come or gone, of which some systems do not tell."""
_FEW = 3  # files that one save may touch, with what editors do on the side
_LONGEST_BURST = 3.0
"""Seconds after which a burst is told of although it goes on."""


def watch(site: Path, told: Callable[[], None]) -> NoReturn:
    """Call ``told``, by whatever thread, after each change or burst of changes in the site's files; never return.

    Whatever happens after a call is told by another call. Folders may be removed and come back, the site's own too.
    """
    site = site.resolve()
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
    for folder in (site / name for name in _FOLDERS):
        with suppress(OSError):
            found[folder] = folder.stat().st_ino
    return found


def _watch_outside(site: Path, present: dict[Path, int], told: Callable[[], None]) -> None:
    """Tell of changes of the settings until other folders are there than those that were ``present``."""

    def concerns(_: object, path: str) -> bool:
        return Path(path).name in (SETTINGS_FILE, LOCK_FILE)

    try:
        for changes in _changes([site], concerns, seconds=_LOOK, recursive=False):
            if changes:
                told()
            if _present(site) != present:
                return
    except FileNotFoundError:
        time.sleep(_LOOK)


def _watch_inside(site: Path, folders: list[Path], stop: Event, told: Callable[[], None]) -> None:
    """Tell of changes in these folders until ``stop`` is set; first of all that changed before they were watched."""

    def concerns(_: object, path: str) -> bool:
        return not any(map(_is_passing, Path(path).relative_to(site).parts))

    waiting, since = True, time.monotonic()
    with suppress(FileNotFoundError):  # who watches the site's folder will see that, too
        for changes in _changes(folders, concerns, seconds=_QUIET, stop=stop):
            if changes and not waiting:
                waiting, since = True, time.monotonic()
            in_a_burst = len(changes) > _FEW and time.monotonic() - since < _LONGEST_BURST
            if waiting and not in_a_burst:
                waiting = False
                told()
    if not folders:
        told()


def _changes(
    places: list[Path],
    concerns: Callable[[object, str], bool],
    *,
    seconds: float,
    stop: Event | None = None,
    recursive: bool = True,
) -> Iterator[Collection[object]]:
    """Yield changes as they come, and nothing when there were none for so many ``seconds``.

    Where the system watches no more folders, they are looked at again and again. Raises FileNotFoundError.
    """
    from watchfiles import watch as changes_in

    def found(*, again_and_again: bool | None) -> Iterator[Collection[object]]:
        return changes_in(
            *places,
            watch_filter=concerns,
            step=_STEP,
            rust_timeout=round(1000 * seconds),
            yield_on_timeout=True,
            raise_interrupt=False,
            stop_event=stop,
            recursive=recursive,
            ignore_permission_denied=True,
            force_polling=again_and_again,
        )

    if not places:
        return
    try:
        yield from found(again_and_again=None)
    except FileNotFoundError:
        raise
    except OSError:
        yield from found(again_and_again=True)


def _is_passing(name: str) -> bool:
    """Tell whether a name is one of those that editors give to files of theirs, or that no build looks at."""
    return (name.startswith((".", "#")) and name != ".well-known") or name.endswith("~")
