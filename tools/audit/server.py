"""Serves a folder as a careful server would: compressed, cached, under the strict policy."""

import gzip
import mimetypes
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

POLICY = (
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'"
)
SEARCH_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The index of the search is read by WebAssembly, which a browser counts as script: on one page, and in its worker."""

_HASHED = re.compile(r"\.[0-9a-f]{8,}\.[a-z0-9]+$|^/pagefind/(fragment|index)/")
_COMPRESSED = ("text/", "application/json", "application/xml", "application/rss+xml", "image/svg+xml", "application/j")
_TYPES = {".woff2": "font/woff2", ".webp": "image/webp", ".avif": "image/avif", ".webmanifest": "application/json"}


@contextmanager
def served(folder: Path, held: Mapping[str, Event] = MappingProxyType({})) -> Iterator[str]:
    """
    Serve a folder on the loopback address; the value is its address, without a slash at the end.

    Args:
        folder: what is served
        held: for suffixes, what must happen before such a file is sent
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder.resolve(), held)) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, held: Mapping[str, Event], *arguments: object) -> None:
        self.folder, self.held = folder, held
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.folder / (path + "index.html" if path.endswith("/") else path).lstrip("/")
        status = HTTPStatus.OK
        if self.folder not in file.resolve().parents or not file.is_file():
            status, file = HTTPStatus.NOT_FOUND, self.folder / "404.html"
        kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        body = _read(file)
        if file.suffix in self.held:
            self.held[file.suffix].wait(timeout=60)
        self.send_response(status)
        if kind.startswith(_COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _compressed(file)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        lasting = "max-age=31536000, immutable" if _HASHED.search(path) else "max-age=600"
        self.send_header("Cache-Control", f"public, {lasting}")
        self.send_header(
            "Content-Security-Policy", SEARCH_POLICY if path.startswith(("/search/", "/pagefind/")) else POLICY
        )
        self.end_headers()
        with suppress(ConnectionError):  # a browser that moves on hangs up
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: browsers tell what they miss."""


@lru_cache(maxsize=4096)
def _read(file: Path) -> bytes:
    return file.read_bytes()


@lru_cache(maxsize=4096)
def _compressed(file: Path) -> bytes:
    return gzip.compress(_read(file), 6, mtime=0)
