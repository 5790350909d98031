"""Which tags does a piece of raw HTML hold? It is read in one pass, however broken it is."""

import re
from collections.abc import Iterator
from html import unescape

from msgspec import Struct

# The content of these is no text: it goes when they go.
WHOLE = frozenset(
    (
        "script style iframe object svg math template noscript noembed noframes textarea title xmp select "
        "audio video canvas applet frameset head plaintext"
    ).split()
)

_START = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_GAP = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"""([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")


class Text(Struct, frozen=True):
    """Text between tags: its entities are as written, a ``<`` in it begins no tag."""

    text: str
    at: int


class Tag(Struct, frozen=True):
    """A tag with its attributes decoded. A name such as ``!`` or ``?`` is a declaration or an instruction."""

    name: str
    at: int
    closing: bool = False
    attributes: tuple[tuple[str, str], ...] = ()


def read_tags(html: str) -> Iterator[Text | Tag]:
    """Yield the text and tags of ``html`` in order; comments, and what ``script`` and its like hold, are left out."""
    lowered = html.lower()
    at = 0
    while at < len(html):
        start = html.find("<", at)
        if start != at:
            yield Text(html[at:] if start < 0 else html[at:start], at)
        if start < 0:
            return
        if html.startswith("<!--", start):
            at = _behind(html, "-->", start + 4)
        elif html.startswith(("<!", "<?"), start):
            yield Tag(html[start + 1], start)
            at = _behind(html, ">", start)
        elif found := _START.match(html, start):
            attributes, at = _read_attributes(html, found.end())
            name = found[2].lower()
            yield Tag(name, start, bool(found[1]), attributes)
            if name in WHOLE and not found[1]:
                at = _behind(html, ">", _behind(lowered, f"</{name}", at))
        else:
            yield Text("<", start)
            at = start + 1


def _behind(html: str, end: str, at: int) -> int:
    found = html.find(end, at)
    return len(html) if found < 0 else found + len(end)


def _read_attributes(html: str, at: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """Return the attributes of the tag whose name ends at ``at``, and where the tag ends."""
    attributes: dict[str, str] = {}
    while True:
        gap = _GAP.match(html, at)
        at = gap.end() if gap else at
        if at >= len(html) or html[at] == ">":
            return tuple(attributes.items()), min(at + 1, len(html))
        found = _ATTRIBUTE.match(html, at)
        if found is None:  # a stray equals sign
            at += 1
            continue
        attributes.setdefault(found[1].lower(), unescape(found[2] or found[3] or found[4] or ""))
        at = found.end()
