"""Videos, posts and documents that a card can stand for: which addresses are theirs, and where a video plays.

Only known hosts over https count, and only addresses of the shape that they give to a video or a post; a document is a
PDF anywhere.
"""

import re
from enum import StrEnum


class EmbedKind(StrEnum):
    """What a card stands for."""

    YOUTUBE = "youtube"
    VIMEO = "vimeo"
    X = "x"
    TELEGRAM = "telegram"
    PDF = "pdf"


SITES = {
    EmbedKind.YOUTUBE: "YouTube",
    EmbedKind.VIMEO: "Vimeo",
    EmbedKind.X: "X",
    EmbedKind.TELEGRAM: "Telegram",
}
"""What the sites of videos and posts are called."""

PLAYERS = ("https://player.vimeo.com", "https://www.youtube-nocookie.com")
"""From where players come: what a Content-Security-Policy must allow as ``frame-src`` where videos play in the page."""

_REST = r"(?:[/?#].*)?"
_SHAPES = {
    EmbedKind.YOUTUBE: re.compile(
        r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^&#]*&)*v=|shorts/|live/)|youtu\.be/)"
        r"(?P<id>[A-Za-z0-9_-]{11})(?:[&/?#].*)?"
    ),
    EmbedKind.VIMEO: re.compile(
        r"https://(?:www\.)?vimeo\.com/(?P<id>[0-9]{1,12})(?:/(?P<hash>[0-9a-f]{6,20}))?(?:[?#].*)?"
    ),
    EmbedKind.X: re.compile(
        rf"https://(?:(?:www|mobile)\.)?(?:x|twitter)\.com/[A-Za-z0-9_]{{1,15}}/status/[0-9]{{1,20}}{_REST}"
    ),
    EmbedKind.TELEGRAM: re.compile(r"https://t\.me/(?:s/)?[A-Za-z][A-Za-z0-9_]{3,31}/[0-9]{1,12}(?:[?#].*)?"),
    EmbedKind.PDF: re.compile(
        r"https://(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}(?::[0-9]{1,5})?/[^?#]*\.[pP][dD][fF](?:[?#].*)?"
    ),
}
_START = re.compile(r"[?&](?:t|start)=([0-9]{1,6})s?(?:[&#]|\Z)")
_OWN_PDF = re.compile(r"[^?#]*\.pdf(?:[?#].*)?", re.IGNORECASE)


def embed_kind(address: str) -> EmbedKind | None:
    """Return what a card at a full address stands for; None if it is to be a link like any other."""
    return next((kind for kind, shape in _SHAPES.items() if shape.fullmatch(address)), None)


def is_own_pdf(path: str) -> bool:
    """Tell whether a path of this site names a PDF."""
    return _OWN_PDF.fullmatch(path) is not None


def player(address: str) -> str:
    """Return where the video at a full address plays without leaving cookies; empty if it is no video."""
    if video := _SHAPES[EmbedKind.YOUTUBE].fullmatch(address):
        start = _START.search(address)
        return f"https://www.youtube-nocookie.com/embed/{video['id']}" + (f"?start={start[1]}" if start else "")
    if video := _SHAPES[EmbedKind.VIMEO].fullmatch(address):
        return f"https://player.vimeo.com/video/{video['id']}?dnt=1" + (f"&h={video['hash']}" if video["hash"] else "")
    return ""
