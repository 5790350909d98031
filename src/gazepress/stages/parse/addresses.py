"""Where does an address lead? To this site, elsewhere, or nowhere that is safe."""

import re
from enum import Enum, auto
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink

from gazepress.urls import scheme

_SAFE_SCHEMES = frozenset(("http", "https", "mailto", "tel"))
# Browsers leave these out before they look for the scheme (WHATWG URL, basic URL parser, steps 1 to 3).
_IGNORED = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]+")
# Most addresses elsewhere; all below would leave them as they are, but takes long to find that out.
_NORMAL = re.compile(r"https?://(?:[a-z0-9-]{1,60}\.){1,3}[a-z]{2,60}(?:/[A-Za-z0-9/._~-]*)?", re.ASCII)
_OTHER_HOST = re.compile(r"[/\\]{2}")


class Where(Enum):
    """Where an address leads."""

    SITE = auto()
    ELSEWHERE = auto()
    UNSAFE = auto()


def classify(address: str) -> tuple[Where, str]:
    """Return where an address leads, and the address: as written if of this site, else ready for an attribute."""
    if _NORMAL.fullmatch(address):
        return Where.ELSEWHERE, address
    address = _IGNORED.sub("", address)
    if _OTHER_HOST.match(address):
        address = "https://" + address[2:]
    found = scheme(address)
    if not found:
        return Where.SITE, address
    if found not in _SAFE_SCHEMES:
        return Where.UNSAFE, address
    return Where.ELSEWHERE, normalizeLink(address)


def picture_elsewhere(address: str) -> tuple[str, str, str]:
    """Return the problem with a picture at a full address: its code, what it is, and how to mend it."""
    try:
        host = urlsplit(address).hostname or address
    except ValueError:
        host = address
    message = f"browsers will not show this picture, since it comes from {host[:80]}"
    return "picture-elsewhere", message, "save the picture beside the text, if its owner allows it, and name that file"


def classify_picture(address: str) -> tuple[Where, str]:
    """Return the same for a picture, which only the web or this site can give."""
    where, address = classify(address)
    if where is Where.ELSEWHERE and scheme(address) not in ("http", "https"):
        where = Where.UNSAFE
    return where, address
