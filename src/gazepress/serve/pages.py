"""What the preview adds to a page, and whether a page that a browser shows is still the one that is there."""

import os
import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from gazepress.digest import digest_bytes
from gazepress.urls import base_path

OWN = "/.gazepress/"
"""Where the preview's own files are: no site has such an address, for files with such names are not taken over."""

_SHEET = re.compile(r"<link\b(?=[^>]*\brel=[\"']?stylesheet)[^>]*>", re.IGNORECASE)
_HREF = re.compile(r"\bhref=(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)
_SHOWN = re.compile(r"<(?:img|source|script|video|audio|track|iframe)\b[^>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"\b(?:src|srcset|poster)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE)


class PageState(Struct, frozen=True):
    """What a page shows: a digest of all but its style sheets, and the addresses of these, each with its stamp."""

    page: str
    sheets: tuple[str, ...]

    @property
    def style(self) -> str:
        """A digest of the style sheets."""
        return digest_bytes("\n".join(self.sheets).encode("utf-8", "surrogatepass"))


def page_state(folder: Path, home: str, text: str) -> PageState:
    """Return the state of a page of the site in ``folder``, whose address in the world is ``home``."""
    base = base_path(home)
    sheets = [_address(tag, _HREF) for tag in _SHEET.findall(text)]
    rest = _SHEET.sub("", text)
    shown = sorted({one for tag in _SHOWN.findall(rest) for one in _addresses(tag)})
    parts = (rest, *(_stamp(folder, base, address) for address in shown))
    page = digest_bytes("\0".join(parts).encode("utf-8", "surrogatepass"))
    return PageState(page, tuple(f"{sheet}?{_stamp(folder, base, sheet)}" for sheet in sheets))


def with_preview(text: str, state: PageState) -> str:
    """Return a page with the script that lets it follow what is saved."""
    script = f'<script src="{OWN}preview.js" data-page="{escape(state.page)}" data-style="{escape(state.style)}" defer>'
    head, end, rest = text.partition("</head>")
    return f"{head}{script}</script>{end}{rest}" if end else f"{text}{script}</script>"


def _address(tag: str, attribute: re.Pattern[str]) -> str:
    match = attribute.search(tag)
    return unescape(match[1] or match[2] or match[3] or "") if match else ""


def _addresses(tag: str) -> list[str]:
    found = []
    for match in _SOURCE.finditer(tag):
        written = unescape(match[1] or match[2] or match[3] or "")
        found += [candidate.split()[0] for candidate in written.split(",") if candidate.strip()]
    return found


def _stamp(folder: Path, base: str, address: str) -> str:
    """Return what tells one file at an address of the site from the next; empty for all that is elsewhere."""
    parts = urlsplit(address)
    if parts.netloc or parts.scheme or not parts.path.startswith(f"{base}/"):
        return ""
    try:
        look = os.stat(f"{folder}{unquote(parts.path.removeprefix(base))}")  # noqa: PTH116 - many for each page
    except (OSError, ValueError):
        return ""
    return f"{look.st_ino:x}-{look.st_mtime_ns:x}-{look.st_size:x}"
