"""The preview's web server, in a process of its own: it answers while a build keeps the other one busy.

What a browser gets is never kept (`no-store`), and only from the names of this machine, so that a page elsewhere cannot
make a browser fetch what is under embargo (DNS rebinding).
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

import msgspec
from msgspec import Struct

from gazepress.serve.answers import MovedAnswer, answer, byte_range, content_type
from gazepress.serve.headers import headers_for
from gazepress.serve.overlay import Problems
from gazepress.serve.pages import OWN, PageState, page_state, with_preview

_BROWSER = Path(__file__).parent / "browser"
_EVENTS = f"{OWN}events"
_HEARTBEAT = 15
"""Seconds of silence after which a stream of events says that it lives: so a browser that has gone is noticed."""
_AT_ONCE = 1 << 20  # bytes of a file
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_EMPTY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>{title}</title><link rel="stylesheet" href="{own}preview.css"></head><body class="gazepress-empty"><p>{text}</p>
</body></html>
"""


class State(Struct, frozen=True):
    """What the builder tells the server: where the site is, in the preview and in the world, and what is wrong.

    ``is_built``: whether the builder has come to an end once. ``number`` counts what it has told.
    """

    folder: Path
    home: str = "http://localhost/"
    problems: Problems = Problems()
    is_built: bool = False
    number: int = 0


class Told(Struct, frozen=True):
    """What a page is told: whether it is another one now, its style sheets if these are others, and what is wrong."""

    is_new: bool
    sheets: tuple[str, ...] | None
    page: str
    style: str
    problems: Problems


class PreviewServer(ThreadingHTTPServer):
    """A server that shows the last ``State`` that it was told, and tells open pages of the next."""

    daemon_threads = True

    def __init__(self, listening: socket.socket, state: State, *, is_public: bool) -> None:
        super().__init__(listening.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.is_public = is_public
        self.state = state
        self._changed = Condition()

    def show(self, state: State) -> None:
        """Show a newer state from now on."""
        with self._changed:
            self.state = state
            self._changed.notify_all()

    def states(self) -> Iterator[State | None]:
        """Yield the state, then each newer one; None when it has been quiet for a while."""
        seen = self.state
        yield seen
        while True:
            with self._changed:
                is_new = self._changed.wait_for(lambda: self.state.number != seen.number, timeout=_HEARTBEAT)  # noqa: B023 - asked at once
                seen = self.state
            yield seen if is_new else None

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that moves on hangs up."""


def is_local(host: str) -> bool:
    """Tell whether a host is this machine as only itself calls it."""
    return host in _LOCAL


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "gazepress"
    sys_version = ""
    timeout = 60  # seconds; a browser keeps connections that it may use again
    disable_nagle_algorithm = True
    server: PreviewServer
    own_files: ClassVar = {f"{OWN}{name}": _BROWSER / name for name in ("preview.js", "preview.css")}

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if not self.server.is_public and not is_local(_host(self.headers.get("Host", ""))):
            self._send_text(HTTPStatus.MISDIRECTED_REQUEST, "This preview answers to localhost only.")
        elif address.path == _EVENTS and self.command == "GET":
            self._follow(parse_qs(address.query))
        elif address.path in self.own_files:
            self._send_file(self.own_files[address.path], HTTPStatus.OK)
        else:
            self._send_answer()

    do_HEAD = do_GET  # noqa: N815 - as the class above calls it

    def _send_answer(self) -> None:
        state = self.server.state
        try:
            found = answer(state.folder, state.home, self.path)
            if isinstance(found, MovedAnswer):
                self.send_response(found.status)
                self._end_headers({"Location": found.location, "Content-Length": "0"})
            elif found is None:
                self._send_page(_nothing_yet(state), HTTPStatus.NOT_FOUND)
            elif found.file.suffix == ".html":
                self._send_page(found.file.read_text("utf-8", errors="replace"), found.status)
            else:
                self._send_file(found.file, found.status)
        except OSError:
            if self.wfile.closed:
                raise
            # A build has just taken the file away; the page is told when it is done.
            self._send_page(_nothing_yet(state), HTTPStatus.NOT_FOUND)

    def _send_page(self, text: str, status: HTTPStatus) -> None:
        state = self.server.state
        page = with_preview(text, page_state(state.folder, state.home, text))
        self._send(page.encode("utf-8", "replace"), "text/html; charset=utf-8", status)

    def _send_text(self, status: HTTPStatus, text: str) -> None:
        self._send(f"{text}\n".encode(), "text/plain; charset=utf-8", status)

    def _send(self, body: bytes, kind: str, status: HTTPStatus) -> None:
        self.send_response(status)
        self._end_headers({"Content-Type": kind, "Content-Length": str(len(body))})
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_file(self, file: Path, status: HTTPStatus) -> None:
        with file.open("rb") as stream:
            size = stream.seek(0, 2)
            wanted = byte_range(self.headers.get("Range", ""), size) if status is HTTPStatus.OK else None
            headers = {"Content-Type": content_type(file), "Accept-Ranges": "bytes"}
            if wanted is not None and not wanted:
                self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                self._end_headers({"Content-Range": f"bytes */{size}", "Content-Length": "0"})
                return
            if wanted is not None:
                status = HTTPStatus.PARTIAL_CONTENT
                headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
            sent = range(size) if wanted is None else wanted
            self.send_response(status)
            self._end_headers({**headers, "Content-Length": str(len(sent))})
            stream.seek(sent.start)
            left = len(sent) if self.command != "HEAD" else 0
            while left and (data := stream.read(min(left, _AT_ONCE))):
                self.wfile.write(data)
                left -= len(data)

    def _end_headers(self, headers: dict[str, str]) -> None:
        asked = headers_for(self.server.state.folder, urlsplit(self.path).path)
        own = {"Cache-Control": "no-store", "Cross-Origin-Resource-Policy": "same-origin"}
        for name, value in {**asked, **headers, **own}.items():
            self.send_header(name, value)
        self.end_headers()

    def _follow(self, query: dict[str, list[str]]) -> None:
        """Tell a page of each change, for as long as it listens (server-sent events, HTML 9.2)."""
        path, page, style = (query.get(name, [""])[0] for name in ("path", "page", "style"))
        self.send_response(HTTPStatus.OK)
        self.close_connection = True
        self._end_headers({"Content-Type": "text/event-stream", "Connection": "close"})
        for state in self.server.states():
            if state is None:
                self.wfile.write(b":\n\n")
                continue
            told = _told(state, path, page, style)
            page, style = told.page, told.style
            self.wfile.write(b"data: " + msgspec.json.encode(told) + b"\n\n")

    def log_message(self, *_: object) -> None:
        """Say nothing: the browser tells what it misses."""


def serve_until(server: PreviewServer, next_state: Callable[[], State]) -> None:
    """Serve, and show each state that ``next_state`` returns, until it raises EOFError."""
    from threading import Thread

    Thread(target=server.serve_forever, kwargs={"poll_interval": 3600}, daemon=True).start()
    with suppress(EOFError, OSError):
        while True:
            server.show(next_state())


def _told(state: State, path: str, page: str, style: str) -> Told:
    """Return what to tell who shows the page at ``path`` as it was when it had these digests."""
    now = _state_of(state, path)
    is_new = now.page != page
    sheets = now.sheets if not is_new and now.style != style else None
    return Told(is_new, sheets, now.page, now.style, state.problems)


def _state_of(state: State, path: str) -> PageState:
    """Return the state of the page at a path; one that has moved is no longer what it was."""
    with suppress(OSError):
        found = answer(state.folder, state.home, path)
        if isinstance(found, MovedAnswer):
            return PageState(found.location, ())
        text = _nothing_yet(state) if found is None else found.file.read_text("utf-8", errors="replace")
        return page_state(state.folder, state.home, text)
    return page_state(state.folder, state.home, _nothing_yet(state))


def _nothing_yet(state: State) -> str:
    """Return the page that stands where not even the site's page for missing addresses is."""
    if not state.is_built:
        return _EMPTY.format(title="Building …", text="The site is being built …", own=OWN)
    text = "The site cannot be built yet." if state.problems.shown else "There is no page at this address."
    return _EMPTY.format(title="No page", text=text, own=OWN)


def _host(header: str) -> str:
    """Return the name in a header ``Host``, without its port."""
    with suppress(ValueError):
        return urlsplit(f"//{header}").hostname or ""
    return ""
