"""What answers for an address, as a web server would have it: a file of the preview, or another address."""

import mimetypes
import os
import re
from html import unescape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from gazepress.urls import base_path

_TYPES = mimetypes.MimeTypes(filenames=())  # Python's own list, and not the machine's
for _suffix, _type in {
    ".avif": "image/avif",
    ".ics": "text/calendar",
    ".md": "text/markdown",
    ".opml": "text/x-opml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    _TYPES.add_type(_type, _suffix)
_IN_UTF8 = ("text/", "application/xml", "application/json", "application/javascript", "image/svg+xml")
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_REFRESH = re.compile(rb'<meta\s+http-equiv="?refresh"?\s+content="0;\s*url=([^"]*)"', re.IGNORECASE)
_HEAD = 4096
"""Bytes at the start of a page in which its head says that it has moved."""


class FileAnswer(Struct, frozen=True):
    """A file answers, with this status."""

    file: Path
    status: HTTPStatus = HTTPStatus.OK


class MovedAnswer(Struct, frozen=True):
    """Another address answers."""

    location: str
    status: HTTPStatus


def answer(folder: Path, home: str, address: str) -> FileAnswer | MovedAnswer | None:
    """Return what answers for the address that a browser asks for; None when there is not even a page for that.

    ``folder`` holds the site, ``home`` is its address in the world: the site lies below the path of that. Nothing
    outside of the folder ever answers, nor what gazepress keeps there for itself.
    """
    base = base_path(home)
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    if base and parts.path in ("", "/", base):
        return MovedAnswer(f"{base}/", HTTPStatus.FOUND)
    if not parts.path.startswith(f"{base}/"):
        return _not_found(folder)
    path = unquote(parts.path.removeprefix(base), errors="surrogateescape")
    place = _place(folder, path + "index.html" if path.endswith("/") else path)
    if place is not None and (place / "index.html").is_file():
        # Only the last name: a path that begins with two slashes would lead to another host.
        return MovedAnswer(f"./{parts.path.rpartition('/')[2]}/{query}", HTTPStatus.MOVED_PERMANENTLY)
    if place is None or not place.is_file():
        return _not_found(folder)
    target = _moved_to(place, home)
    return FileAnswer(place) if target is None else MovedAnswer(target, HTTPStatus.FOUND)


def content_type(file: Path) -> str:
    """Return the media type of a file by its name, with the encoding of texts."""
    found = _TYPES.guess_type(file.name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith(_IN_UTF8) else found


def byte_range(header: str, size: int) -> range | None:
    """Return the bytes of a file that a header ``Range`` asks for; empty when it has none of them.

    None when it asks for no range, or in a way that a server may pass over (RFC 9110, 14.2): then all is sent.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _place(folder: Path, path: str) -> Path | None:
    """Return the place that a path names below the folder, by whatever links; None for one outside of it."""
    names = path.split("/")[1:]
    if any("\0" in name or name == ".." or (name.startswith(".") and name != ".well-known") for name in names):
        return None
    root = os.path.realpath(folder)
    real = os.path.realpath("/".join((root, *names)))
    return Path(real) if real == root or real.startswith(root + os.sep) else None


def _not_found(folder: Path) -> FileAnswer | None:
    page = _place(folder, "/404.html")
    return FileAnswer(page, HTTPStatus.NOT_FOUND) if page is not None and page.is_file() else None


def _moved_to(place: Path, home: str) -> str | None:
    """Return where a page of the site has moved to, as a path, if it only says that it has.

    The page itself names the address that the publication has in the world, where this preview is not.
    """
    if place.suffix != ".html":
        return None
    with place.open("rb") as stream:
        match = _REFRESH.search(stream.read(_HEAD))
    if match is None:
        return None
    target, own = urlsplit(unescape(match[1].decode(errors="replace"))), urlsplit(home)
    if target.netloc not in ("", own.netloc) or not target.path.startswith("/") or target.path.startswith("//"):
        return None
    return target.path + (f"#{target.fragment}" if target.fragment else "")
