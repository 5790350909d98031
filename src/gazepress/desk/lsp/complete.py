"""How may the word at the cursor go on? Titles in references; keys and values in front matter and settings."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from lsprotocol import types

from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.matter import Key, Spot, keys_of, record_of, spot_at
from gazepress.desk.lsp.names import Name
from gazepress.desk.lsp.text import Place
from gazepress.desk.yaml_edits import scalar
from gazepress.documents import IN_FRONT_MATTER
from gazepress.folding import fold
from gazepress.stages.parse.readmore import behind_label

LIMIT = 50
"""Names that are offered at once; the editor asks again with the next letter."""

_WIKI_OPEN = re.compile(r"\[\[([^\[\]|]*)$")
_WIKI_REST = re.compile(r"([^\[\]|]*)(?=\]\]|\|)")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
IN_WIKI = re.compile(r"[\[\]|\\&]")  # what the Markdown of a wiki link would read as something else
IN_LINE = re.compile(r"[\[\]\\&<>*_`~{}]")
_REFERENCES = frozenset((*IN_FRONT_MATTER, "lead", "articles"))  # keys that name articles


def complete(context: Context, place: Place) -> types.CompletionList:
    """Return what may stand at a place, likeliest first. It is incomplete: the next letter may bring others."""
    items = [*_items(context, place)]
    return types.CompletionList(is_incomplete=True, items=items)


def _items(context: Context, place: Place) -> Iterator[types.CompletionItem]:
    row, column = place
    text = context.text
    if row in text.front:
        spot = spot_at(text, place)
        if spot is not None:
            yield from _in_yaml(context, spot)
        return
    line = text.lines[row]
    wiki = _WIKI_OPEN.search(line[:column])
    if wiki:
        rest = _WIKI_REST.match(line, column)
        end, closing = (rest.end(), "") if rest else (column, "]]")
        yield from _names(context, (row, wiki.start(1)), (row, end), wiki[1], closing=closing)
        return
    start = _behind_read_more(context, row, column)
    if start is not None:
        written = line[start:column]
        start += len(written) - len(written.lstrip(" *"))
        yield from _names(context, (row, start), (row, len(line)), written.strip(" *"), articles_only=True)


def _behind_read_more(context: Context, row: int, column: int) -> int | None:
    """Return where the title begins that is written at a column: behind a label, or in a list below one."""
    lines, labels = context.text.lines, context.phrases.read_more
    item = _LIST_ITEM.match(lines[row])
    if item is None:
        cut = behind_label(lines[row].replace("*", " "), labels)
        return cut if 0 < cut <= column else None
    for above in range(row - 1, max(context.text.front.stop, row - LIMIT), -1):
        line = lines[above].replace("*", " ").strip()
        if line and not _LIST_ITEM.match(lines[above]):
            return item.end() if behind_label(line, labels) == len(line) and item.end() <= column else None
    return None


def _names(
    context: Context, start: Place, end: Place, written: str, *, closing: str = "", articles_only: bool = False
) -> Iterator[types.CompletionItem]:
    forbidden = IN_LINE if articles_only else IN_WIKI
    for at, name in enumerate(_like(context, written, articles_only=articles_only)):
        new = name_for(context, name, forbidden, articles_only=articles_only) + closing
        yield _name_item(name, at, written, _put(context, start, end, new))


def _like(context: Context, written: str, *, articles_only: bool) -> list[Name]:
    found = context.archive.names.like(written, limit=LIMIT, articles_only=articles_only)
    return [name for name in found if name.path != context.text.path]


def name_for(context: Context, name: Name, forbidden: re.Pattern[str], *, articles_only: bool) -> str:
    """Return the plainest reference to a text that nothing else fits: its title, its slug, or its file."""
    find = context.archive.lookup.find
    for written in (name.title, name.slug):
        plain = not forbidden.search(written)
        if plain and find(written, context.text.path, articles_only=articles_only) == (name.path,):
            return written
    return name.path


def _name_item(name: Name, at: int, written: str, edit: types.TextEdit) -> types.CompletionItem:
    return types.CompletionItem(
        label=name.title,
        kind=types.CompletionItemKind.Reference,
        detail=" · ".join(filter(None, (name.detail, name.held))),
        data={"path": name.path},
        **_shown(at, written, edit),
    )


def _put(context: Context, start: Place, end: Place, new: str) -> types.TextEdit:
    """Return the edit that writes something, and a space before it right behind a colon."""
    row, column = start
    gap = " " if context.text.lines[row][:column].endswith(":") else ""
    return types.TextEdit(context.text.range(start, end), gap + new)


def _shown(at: int, written: str, edit: types.TextEdit) -> Mapping[str, Any]:
    """Return the edit of an item, its place among the others, and words that an editor's own filter lets through.

    What fits has been decided here, by folded words: an editor that compares letters would drop half of it. So the
    words to filter by are those that have been written.
    """
    return {"text_edit": edit, "filter_text": written or edit.new_text, "sort_text": f"{at:03}"}


def _in_yaml(context: Context, spot: Spot) -> Iterator[types.CompletionItem]:
    record = record_of(context.kind)
    if record is None:
        return
    keys = keys_of(record, spot.path)
    key = keys_of(record, spot.path[:-1]).get(spot.path[-1]) if spot.path else None
    if spot.is_key or (key is not None and key.keys and key.is_list):
        yield from _keys(context, spot, keys)
    elif key is not None:
        for at, (value, detail) in enumerate(_values(context, spot, key)):
            new = scalar(value, "", flow=spot.in_brackets)
            edit = _put(context, spot.start, spot.end, new)
            if isinstance(detail, Name):
                yield _name_item(detail, at, spot.written, edit)
            else:
                kind = types.CompletionItemKind.EnumMember if key.values else types.CompletionItemKind.Value
                yield types.CompletionItem(label=value, kind=kind, detail=detail, **_shown(at, spot.written, edit))


def _keys(context: Context, spot: Spot, keys: Mapping[str, Key]) -> Iterator[types.CompletionItem]:
    given = _given(context, spot)
    behind = context.text.lines[spot.end[0]][spot.end[1] :].lstrip()
    fitting = [key for key in keys.values() if key.name not in given and key.name.startswith(spot.written.strip())]
    for at, key in enumerate(sorted(fitting, key=lambda one: not one.required)):
        new = key.name if behind.startswith(":") else f"{key.name}: "
        yield types.CompletionItem(
            label=key.name,
            kind=types.CompletionItemKind.Property,
            detail="required" if key.required else None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, key.description),
            **_shown(at, spot.written, _put(context, spot.start, spot.end, new)),
        )


def _given(context: Context, spot: Spot) -> frozenset[str]:
    """Return the keys that the top of the YAML has already; what is inside of others is not looked at."""
    if spot.path:
        return frozenset()
    rows = (row for row in context.text.front if row != spot.start[0])
    names = (context.text.lines[row].partition(":") for row in rows)
    return frozenset(name for name, colon, _ in names if colon and name[:1].isalpha())


def _values(context: Context, spot: Spot, key: Key) -> Iterator[tuple[str, str | Name | None]]:
    """Yield what may stand behind a key, and what is to be said of it: the article that it names, or how often."""
    written = spot.written.strip().lstrip("\"'")
    if key.values:
        yield from ((value, None) for value in key.values)
    elif key.name in _REFERENCES:
        for name in _like(context, written, articles_only=True):
            yield name_for(context, name, _NOTHING, articles_only=True), name
    elif len(spot.path) == 1:
        words = fold(written).split()
        known = context.archive.used.get(key.name, {})
        fitting = (value for value in known if all(word in fold(value) for word in words))
        for value in islice(fitting, LIMIT):
            count = known[value]
            yield value, f"{count} article{'s' * (count != 1)}" if count else None


_NOTHING = re.compile(r"(?!)")
