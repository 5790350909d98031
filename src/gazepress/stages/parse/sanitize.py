"""How does a text with raw HTML become sound? Cleaned and balanced as a whole, its holes carried through."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import nh3

from gazepress.diagnostics import Diagnostic, problem
from gazepress.documents import Embed, Hole, ReadMore, Role
from gazepress.stages.parse.ledger import Place
from gazepress.stages.parse.rawhtml import ATTRIBUTES, ELEMENTS
from gazepress.stages.parse.render import Part

# What Markdown itself makes, besides what authors may write.
_OWN: dict[str, frozenset[str]] = {
    "a": frozenset(("href", "role")),
    "div": frozenset(("role",)),
    "footer": frozenset(),
    "h2": frozenset(),
    "h3": frozenset(),
    "h4": frozenset(),
    "h5": frozenset(),
    "h6": frozenset(),
    "img": frozenset(("alt", "height", "loading", "src", "width")),
    "table": frozenset(("tabindex",)),
}
_SERIALIZED = re.compile(r"""</?[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>""")
_NAME = re.compile(r"<([a-z][a-z0-9]*)")


def clean(parts: Sequence[Part], secret: str, places: Mapping[str, Place]) -> tuple[list[Part], list[Diagnostic]]:
    """Return the parts of a body as an HTML parser understands them, and what it had no place for.

    ``secret`` must be a word that the author cannot have written, such as a digest of the text: it stands for the
    holes in what the parser reads. ``places`` says where each element of raw HTML was opened last.
    """
    html = "".join(_carry(parts, secret))
    cleaned = _cleaner().clean(html)
    return list(_restore(cleaned, parts, secret)), list(_lost(html, cleaned, places))


@cache
def _cleaner() -> nh3.Cleaner:
    elements = ELEMENTS | _OWN
    attributes = {name: set(own) for name, own in elements.items()} | {"*": set(ATTRIBUTES)}
    return nh3.Cleaner(
        tags=set(elements),
        attributes=attributes,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _carry(parts: Sequence[Part], secret: str) -> Iterator[str]:
    """Yield HTML in which holes are elements and words, so that the parser moves them as it moves the text."""
    for number, part in enumerate(parts):
        if isinstance(part, str):
            yield part
        elif isinstance(part, ReadMore | Embed):
            yield f'<hr class="{secret}{number}">'
        elif part.role is Role.OPEN:
            yield f'<a href="{secret}{number}">'
        elif part.role is Role.CLOSE:
            yield "</a>"
        else:
            yield f"{secret}{number}."


def _restore(cleaned: str, parts: Sequence[Part], secret: str) -> Iterator[Part]:
    links: list[Hole | None] = []  # the links that are open here, None for one that is no hole
    at = 0
    marks = re.compile(rf"{_SERIALIZED.pattern}|{secret}\d+\.")
    for found in marks.finditer(cleaned):
        yield cleaned[at : found.start()]
        at = found.end()
        piece = found[0]
        mark = re.search(rf"{secret}(\d+)", piece)
        part = parts[int(mark[1])] if mark else None
        if piece.startswith(("<a ", "<a>")):
            hole = part if isinstance(part, Hole) else None
            links.append(hole)
            yield hole or piece
        elif piece == "</a>":
            hole = links.pop() if links else None
            yield Hole(hole.ref, Role.CLOSE) if hole else piece
        elif mark and isinstance(part, Hole):
            before, after = piece[: mark.start()], piece[mark.end() + 1 :]
            yield from (before, part, after)
        else:
            yield part or piece
    yield cleaned[at:]


def _lost(html: str, cleaned: str, places: Mapping[str, Place]) -> Iterator[Diagnostic]:
    """Yield a warning for each kind of element that the parser dropped: a cell outside a table, for instance."""
    before, after = Counter(_NAME.findall(html)), Counter(_NAME.findall(cleaned))
    for name, (line, column) in places.items():
        if after[name] < before[name]:
            message = f"the element <{name}> was taken out: it cannot stand where it was written"
            yield problem("html-removed", message, line=line, column=column)
