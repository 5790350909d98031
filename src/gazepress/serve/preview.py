"""The preview: build, tell the browser, wait for the next change, build again, by the one way that there is to build.

Two processes. This one builds, and has no threads, so that it may fork workers. The other one, forked before anything
else, serves what was built and watches the site's files; it ends when this one is gone.
"""

import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from gazepress.build import BuildOptions, BuildResult, Memory, WrongUseError, build
from gazepress.build.log import Progress
from gazepress.build.run import CACHE
from gazepress.build.store import PREVIEW
from gazepress.config import read_settings
from gazepress.diagnostics import problem
from gazepress.serve.overlay import problems_of
from gazepress.serve.server import PreviewServer, State, is_local, serve_until
from gazepress.serve.watch import watch
from gazepress.settings import SETTINGS_FILE

PORTS_TRIED = 100
_LOOK_AT_THE_CLOCK = 30.0
"""Seconds: a machine that slept does not notice by itself that an hour has come."""


class PreviewOptions(Struct, frozen=True):
    """What a preview shows. ``now`` is the fixed hour that it shows; empty for what the clock says at each build."""

    site: Path
    jobs: int
    drafts: bool = True
    now: str = ""
    host: str = "127.0.0.1"
    port: int = 8000


class Events(Struct, frozen=True):
    """Whom the preview tells what happens: nothing here prints."""

    serving: Callable[[str], None]  # the address
    built: Callable[[BuildResult, float], None]  # with the seconds that it took
    waiting: Callable[[], None]  # for another build of the site
    progress: Progress | None = None  # of the first build


def preview(options: PreviewOptions, events: Events) -> None:
    """Show a site until Ctrl-C or a signal to end; then nothing of the preview runs on.

    Raises WrongUseError when the folder is no site, ``now`` is no time, or no port is free.
    """
    if not (options.site / SETTINGS_FILE).is_file():
        raise WrongUseError(f"there is no {SETTINGS_FILE} in {options.site.absolute()}")
    options = replace(options, site=options.site.resolve())  # both processes mean this folder, whatever becomes of it
    with suppress(KeyboardInterrupt), ExitStack() as opened:
        opened.enter_context(_ended_by_signals())
        folder = opened.enter_context(_folder_of(options.site))
        listening = opened.enter_context(_listening(options.host, options.port))
        state = State(folder, _home(options.site, "http://localhost/"))
        link = opened.enter_context(_served(options, listening, state))
        events.serving(_address(listening, state.home))
        _follow(options, events, link, state)


def _follow(options: PreviewOptions, events: Events, link: Connection, state: State) -> NoReturn:
    """Build after each change, and when the hour alone changes the site."""
    _load_what_builds_need()
    memory, progress = Memory(), events.progress
    wanted = BuildOptions(options.site, options.now, options.jobs, state.folder, options.drafts, compress=False)
    while True:
        _drain(link)  # what has changed until now is seen by this build
        start, home = time.monotonic(), _home(options.site, state.home)
        telling = _Telling(link, events, replace(state, home=home), options.site, start)
        now = options.now or datetime.now(UTC).isoformat()
        # Of the search, only the first build makes all new: that takes longer than what an editor waits for.
        wanted = replace(wanted, now=now, old_search=state.is_built)
        try:
            result = build(wanted, progress, events.waiting, memory=memory, published=telling)
        except WrongUseError as error:
            if not state.is_built:
                raise
            result = _failure(str(error), SETTINGS_FILE)
        except OSError as error:  # a file has gone while the build looked at it; a change is about to be told
            result = _failure(f"it went while the site was built: {error.strerror}", str(error.filename or ""))
        if not telling.done:
            telling(result)
        state, progress = telling.state, None
        _wait(link, None if options.now else result.next_change)


class _Telling:
    """Tells browser and console of a build as soon as its result is known."""

    def __init__(self, link: Connection, events: Events, state: State, site: Path, start: float) -> None:
        self.state = state
        self.done = False
        self._link = link
        self._events = events
        self._site = site
        self._start = start

    def __call__(self, result: BuildResult) -> None:
        self.done = True
        problems = problems_of(self._site, result.diagnostics)
        self.state = replace(self.state, problems=problems, is_built=True, number=self.state.number + 1)
        self._link.send(self.state)
        self._events.built(result, time.monotonic() - self._start)


def _failure(message: str, path: str) -> BuildResult:
    return BuildResult(Path(), (problem("unreadable", message, path=path),))


def _wait(link: Connection, hour: datetime | None) -> None:
    """Wait for a change, or until ``hour`` has come. Raises EOFError if the server is gone."""
    while not link.poll(_LOOK_AT_THE_CLOCK if hour is None else _seconds_until(hour)):
        if hour is not None and hour <= datetime.now(UTC):
            return


def _seconds_until(hour: datetime) -> float:
    return min(_LOOK_AT_THE_CLOCK, max(0.0, (hour - datetime.now(UTC)).total_seconds()) + 0.01)


def _drain(link: Connection) -> None:
    while link.poll():
        link.recv_bytes()


def _home(site: Path, before: str) -> str:
    """Return the address that the publication has in the world; where its settings are broken, as it was before."""
    with suppress(OSError):
        return _url_in((site / SETTINGS_FILE).read_bytes()) or before
    return before


@lru_cache(maxsize=1)
def _url_in(data: bytes) -> str:
    settings = read_settings(data).value
    return "" if settings is None else settings.url


def _load_what_builds_need() -> None:
    """Import what the first edit would otherwise have to wait for."""
    import gazepress.stages.compose
    import gazepress.stages.graph
    import gazepress.stages.parse
    import gazepress.stages.plan
    import gazepress.stages.render  # noqa: F401


# --------------------------------------------------------------------------------------------- what it stands on


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a signal to end, and a terminal that is closed, end the preview as Ctrl-C does."""

    def end(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = {one: signal.signal(one, end) for one in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _folder_of(site: Path) -> Iterator[Path]:
    """Return the folder that this preview builds into: of the site, and kept; a passing one if that is in use."""
    with ExitStack() as opened:
        folder = site / CACHE / PREVIEW
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(folder, os.O_RDONLY)
            opened.callback(os.close, lock)
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (OSError, ImportError):
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="gazepress-preview-")))
        yield folder


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Return a socket that listens at a port of a host, or at the next one that is free. Raises WrongUseError."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise WrongUseError(f"{host!r} cannot be listened at: {error.strerror}") from error
    for number in range(port, min(port + PORTS_TRIED, 65536) if port else 1):
        with socket.socket(family, socket.SOCK_STREAM) as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listening.bind((place[0], number))
            except OSError as error:
                failure = error
                continue
            listening.listen(128)
            yield listening
            return
    raise WrongUseError(f"no port from {port} on is free at {host}: {failure.strerror}")


@contextmanager
def _served(options: PreviewOptions, listening: socket.socket, state: State) -> Iterator[Connection]:
    """Fork the process that serves and watches; the connection takes states, and gives a message for each change."""
    ours, theirs = get_context("fork").Pipe()
    process = get_context("fork").Process(target=_serve, args=(options, listening, state, theirs, ours), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        ours.close()
        process.join()


def _serve(
    options: PreviewOptions, listening: socket.socket, state: State, link: Connection, others: Connection
) -> None:
    """Be the other process, until the one that builds is gone."""
    others.close()
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)  # they are for the one that builds
    sending = Lock()

    def told() -> None:
        with sending, suppress(OSError):
            link.send_bytes(b"changed")

    Thread(target=watch, args=(options.site, told), daemon=True).start()
    serve_until(PreviewServer(listening, state, is_public=not is_local(options.host)), link.recv)
    sys.stdout.flush()
    os._exit(0)


def _address(listening: socket.socket, home: str) -> str:
    from gazepress.urls import base_path

    host, port = listening.getsockname()[:2]
    name = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - told, not listened at
    return f"http://{name}:{port}{base_path(home)}/"
