"""Where does this lead, and what leads here? The ways between texts, and the headings in one."""

from collections.abc import Iterator, Sequence

from lsprotocol import types

from gazepress.desk.lsp.archive import Archive
from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.matter import spot_at
from gazepress.desk.lsp.shelf import Shelf
from gazepress.desk.lsp.spots import locate
from gazepress.desk.lsp.text import Place, Text
from gazepress.documents import Heading
from gazepress.folding import fold
from gazepress.stages.parse import parse
from gazepress.stages.parse.markdown import tokenize
from gazepress.stages.parse.plain import plain_text

_MOST_TITLES = 100
_TERMS = ("tags", "section", "authors")


def define(context: Context, place: Place, shelf: Shelf) -> types.Location | None:
    """Return where that stands which is named at a place: a text and the heading in it, or an author's file."""
    path, fragment = target_at(context, place)
    if not path:
        return None
    text = shelf.read(path)
    rows = (row for heading, row in headings(Context(context.archive, text)) if heading.id == fragment)
    start = (next(rows, 0) if fragment else 0, 0)
    return types.Location(shelf.uri(path), text.range(start, start))


def find_citations(context: Context, place: Place, shelf: Shelf) -> Iterator[types.Location]:
    """Yield the places that refer to what is named at a place; where nothing is, to the text itself.

    Of a tag, a section or an author these are the articles that stand under it.
    """
    path, _ = target_at(context, place)
    term = term_at(context, place)
    for article in articles_under(context.archive, *term) if term else ():
        start = types.Position(0, 0)  # opening a thousand files to find the line would take too long
        yield types.Location(shelf.uri(article), types.Range(start, start))
    for citation in () if term else context.archive.citations.get(path or context.text.path, ()):
        text = shelf.read(citation.path)
        found = locate(text, citation.ref)
        yield types.Location(shelf.uri(citation.path), text.range(found.start, found.end))


def target_at(context: Context, place: Place) -> tuple[str, str]:
    """Return the file that is named at a place, and the fragment in it; both are empty if none is."""
    reference = context.reference(place)
    if reference is not None:
        return context.target(reference)
    term = term_at(context, place)
    if term is not None and term[0] == "authors":
        author = next((one for one in context.archive.graph.authors.values() if one.name == term[1]), None)
        return (author.id if author else ""), ""
    return "", ""


def term_at(context: Context, place: Place) -> tuple[str, str] | None:
    """Return the key and the name of the tag, section or author that stands at a place of the front matter."""
    spot = spot_at(context.text, place)
    if spot is None or spot.is_key or len(spot.path) != 1 or spot.path[0] not in _TERMS:
        return None
    row, column = spot.start
    written = context.text.lines[row][column : spot.end[1]].strip(" \"'")
    return (spot.path[0], _name(context.archive, spot.path[0], written)) if written else None


def articles_under(archive: Archive, key: str, name: str) -> tuple[str, ...]:
    """Return the articles that stand under a tag, section or author, newest first."""
    graph = archive.graph
    match key:
        case "tags":
            return next((term.articles for term in graph.tags.values() if term.label == name), ())
        case "section":
            return next((term.articles for term in graph.sections.values() if term.slug == name), ())
        case _:
            return next((author.articles for author in graph.authors.values() if author.name == name), ())


def headings(context: Context) -> Iterator[tuple[Heading, int]]:
    """Yield the headings of a text with their rows. Where the text has errors, they have no ids."""
    if context.kind is None:
        return
    text, first = context.text, context.text.front.stop + 1 if context.text.front else 0
    tokens = tokenize("\n".join(text.lines[first:]))
    found = [
        (int(token.tag[1:]), plain_text(tokens[at + 1].children), first + (token.map or [0])[0])
        for at, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    parsed = parse(context.kind, text.source.encode("utf-8", "replace"), context.options).value
    ids = [heading.id for heading in parsed.body.headings] if parsed else []
    for at, (level, words, row) in enumerate(found):
        yield Heading(level, words, ids[at] if at < len(ids) else ""), row


def find_titles(archive: Archive, written: str, shelf: Shelf) -> list[types.WorkspaceSymbol]:
    """Return the texts whose titles hold the words begun in ``written``, newest first."""
    start = types.Position(0, 0)
    return [
        types.WorkspaceSymbol(
            location=types.Location(shelf.uri(name.path), types.Range(start, start)),
            name=name.title,
            kind=types.SymbolKind.File,
            container_name=" · ".join(filter(None, (name.detail, name.held))),
        )
        for name in archive.names.like(written, limit=_MOST_TITLES)
    ]


def outline(context: Context) -> list[types.DocumentSymbol]:
    """Return the headings of a text, each with those below it."""
    return _branches(context.text, [*headings(context)], len(context.text.lines))


def _branches(text: Text, found: Sequence[tuple[Heading, int]], end: int) -> list[types.DocumentSymbol]:
    """Return headings that end before the row ``end`` as a tree."""
    symbols: list[types.DocumentSymbol] = []
    at = 0
    while at < len(found):
        heading, row = found[at]
        last = next(
            (later for later in range(at + 1, len(found)) if found[later][0].level <= heading.level), len(found)
        )
        below = found[last][1] if last < len(found) else end
        symbols.append(
            types.DocumentSymbol(
                name=heading.text or "–",
                kind=types.SymbolKind.String,
                range=text.range((row, 0), (below - 1, len(text.lines[below - 1]))),
                selection_range=text.range((row, 0), (row, len(text.lines[row]))),
                children=_branches(text, found[at + 1 : last], below),
            )
        )
        at = last
    return symbols


def _name(archive: Archive, key: str, written: str) -> str:
    """Return what a tag, section or author is called, whatever way of writing it stands there."""
    folded = fold(written)
    if key == "authors":
        for author in archive.graph.authors.values():
            if folded in (fold(author.name), author.slug):
                return author.name
    return next((name for name in archive.used[key] if fold(name) == folded), written)
