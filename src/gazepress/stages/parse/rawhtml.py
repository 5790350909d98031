"""What of an author's raw HTML may stand in the page? Tag by tag: kept, or taken out with a warning."""

from collections.abc import Iterator
from html import escape

from markdown_it.token import Token

from gazepress.documents import Hole, RefKind, Role
from gazepress.stages.parse.addresses import Where, classify_picture, picture_elsewhere
from gazepress.stages.parse.attributes import attribute_text, check_attribute
from gazepress.stages.parse.ledger import Ledger, Place
from gazepress.stages.parse.tags import WHOLE, Tag, Text, read_tags

# What an author may write besides Markdown: meaning and structure of a text that Markdown has no sign for. Nothing
# that runs, loads, embeds, frames or submits; no styles, which would break the page's design and its policy; no links
# and headings, which must be Markdown so that links are checked and headings get their ids. `img` has rules of its own.
ELEMENTS: dict[str, frozenset[str]] = {
    name: frozenset()
    for name in (
        "abbr b bdi br caption cite code dd dfn div dl dt em figcaption figure hr i kbd mark p pre q rp rt "
        "ruby s samp small span strong sub summary sup table tbody tfoot thead tr u ul var wbr blockquote"
    ).split()
} | {
    "bdo": frozenset(("dir",)),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "del": frozenset(("datetime",)),
    "details": frozenset(("open",)),
    "ins": frozenset(("datetime",)),
    "li": frozenset(("value",)),
    "ol": frozenset(("reversed", "start", "type")),
    "td": frozenset(("colspan", "rowspan")),
    "th": frozenset(("abbr", "colspan", "rowspan", "scope")),
    "time": frozenset(("datetime",)),
}
ATTRIBUTES = frozenset(("class", "dir", "id", "lang", "title"))  # of every element

_VOID = frozenset(("br", "col", "hr", "wbr"))
# These may go on over blank lines and hold Markdown; all others end with the block or paragraph they stand in.
_CONTAINERS = frozenset(
    (
        "blockquote caption colgroup dd details div dl dt figcaption figure li ol summary table tbody td "
        "tfoot th thead tr ul"
    ).split()
)
# Elements whose end tag may be left out (HTML, 13.1.2.4): the one named ends those listed.
_CELLS = frozenset(("td", "th"))
_ROWS = _CELLS | {"tr"}
_GROUPS = _ROWS | {"tbody", "thead", "tfoot", "caption", "colgroup"}
_ENDS = {
    "li": frozenset(("li",)),
    "p": frozenset(("p",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _ROWS,
    "tbody": _GROUPS,
    "thead": _GROUPS,
    "tfoot": _GROUPS,
}
_MAX_DEPTH = 20
_HINTS = {
    "a": "write links as Markdown: [words](address)",
    "img": "write pictures as Markdown: ![what it shows](address)",
} | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "write headings as Markdown: ## words")

Part = str | Hole


class RawHtml:
    """The raw HTML of one text, in the order in which it stands there. What it returns is always well nested."""

    def __init__(self, ledger: Ledger) -> None:
        self.places: dict[str, Place] = {}  # element → where it was opened last; empty if none is left
        self._ledger = ledger
        self._open: list[str] = []
        self._floor = 0  # what is open below belongs to the blocks around the paragraph
        self._paragraph = ""
        self._dropped = ""  # the element whose content is being left out of the paragraph

    def read_block(self, token: Token) -> list[Part]:
        """Return what stays of a block of HTML."""
        parts = [part for piece in read_tags(token.content) for part in self._read(piece, token, piece.at)]
        kept = len(self._open)
        while kept and self._open[kept - 1] not in _CONTAINERS:
            kept -= 1
        parts.append(self._close_to(kept))
        return parts if any(not isinstance(part, str) or part.strip() for part in parts) else []

    def begin_inline(self, paragraph: Token) -> None:
        """Begin a paragraph: elements opened in it end with it."""
        self._floor = len(self._open)
        self._paragraph = paragraph.content.lower()

    def read_inline(self, paragraph: Token, token: Token) -> list[Part]:
        """Return what stays of a tag inside a paragraph."""
        at: int = token.meta.get("at", 0)
        piece = next(read_tags(token.content), None)  # nothing for a comment
        if self._dropped:
            if isinstance(piece, Tag) and piece.closing and piece.name == self._dropped:
                self._dropped = ""
            return []
        if isinstance(piece, Tag) and piece.name in WHOLE and self._paragraph.find(f"</{piece.name}", at) > at:
            self._dropped = piece.name
        return [] if piece is None else list(self._read(piece, paragraph, at))

    @property
    def is_dropping(self) -> bool:
        """Tell whether the text at this place stands in an element that goes with its content."""
        return bool(self._dropped)

    def end_inline(self) -> str:
        """Return the end tags that the paragraph still needs."""
        closed = self._close_to(self._floor)
        self._floor, self._dropped = 0, ""
        return closed

    def end(self) -> str:
        """Return the end tags that the text still needs."""
        return self._close_to(0)

    def _close_to(self, depth: int) -> str:
        closed = "".join(f"</{name}>" for name in reversed(self._open[depth:]))
        del self._open[depth:]
        return closed

    def _read(self, piece: Text | Tag, token: Token, at: int) -> Iterator[Part]:
        if isinstance(piece, Text):
            yield piece.text.replace("<", "&lt;").replace(">", "&gt;")
            return
        place = self._ledger.place(token, at)
        if piece.closing:
            yield self._end_tag(piece.name, place)
        elif piece.name == "img":
            yield from self._picture(piece, place)
        elif piece.name not in ELEMENTS:
            self._remove(place, f"the element <{piece.name}> was taken out", _HINTS.get(piece.name, ""))
        elif len(self._open) >= _MAX_DEPTH and piece.name not in _VOID:
            self._remove(place, f"the element <{piece.name}> was taken out: it is nested too deep")
        else:
            yield self._start_tag(piece, place)

    def _remove(self, place: Place, message: str, hint: str = "") -> None:
        self._ledger.report(place, "html-removed", message, hint)

    def _start_tag(self, tag: Tag, place: Place) -> str:
        self.places[tag.name] = place
        ended = _ENDS.get(tag.name, frozenset())
        depth = len(self._open)
        while depth > self._floor and self._open[depth - 1] in ended:
            depth -= 1
        before = self._close_to(depth)
        if tag.name not in _VOID:
            self._open.append(tag.name)
        allowed = ATTRIBUTES | ELEMENTS[tag.name]
        return f"{before}<{tag.name}{attribute_text(self._attributes(tag, allowed, place))}>"

    def _end_tag(self, name: str, place: Place) -> str:
        """Return the end tag with those of the elements inside that were left open; nothing if it ends nothing."""
        for depth in range(len(self._open) - 1, self._floor - 1, -1):
            if self._open[depth] == name:
                return self._close_to(depth)
        if name in ELEMENTS and name not in _VOID and name not in _ENDS:
            self._remove(place, f"</{name}> was taken out: no <{name}> is open here")
        return ""

    def _picture(self, tag: Tag, place: Place) -> Iterator[Part]:
        values = dict(tag.attributes)
        if "alt" not in values:
            self._remove(place, "the element <img> was taken out: it has no alt text", _HINTS["img"])
            return
        where, address = classify_picture(values.pop("src", ""))
        if where is Where.UNSAFE or not address:
            self._remove(place, f"the element <img> was taken out: its address cannot be {address!r}", _HINTS["img"])
            return
        rest = tuple((name, value) for name, value in values.items() if name != "loading")
        kept = self._attributes(Tag("img", tag.at, attributes=rest), ATTRIBUTES | {"alt", "height", "width"}, place)
        self.places["img"] = place
        if where is Where.SITE:
            yield '<img src="'
            yield Hole(self._ledger.refer(RefKind.PICTURE, address, place), Role.ADDRESS)
            yield f'"{attribute_text(kept)} loading="lazy">'
        else:
            self._ledger.report(place, *picture_elsewhere(address))
            yield f'<img src="{escape(address)}"{attribute_text(kept)} loading="lazy">'

    def _attributes(self, tag: Tag, allowed: frozenset[str], place: Place) -> dict[str, str]:
        kept = {}
        for name, value in tag.attributes:
            if name not in allowed:
                self._remove(place, f"the attribute {name!r} of <{tag.name}> was taken out")
            elif (checked := check_attribute(self._ledger, place, name, value)) is not None:
                kept[name] = checked
        return kept
