"""Which key of front matter or settings is being written? And what may stand there.

YAML that somebody is writing can seldom be read, so the lines themselves are looked at: columns tell what belongs to
what. Lists and mappings in brackets are followed on the line of the cursor only.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec.inspect
from msgspec import Struct

from gazepress.desk.lsp.text import Place, Text, content_end
from gazepress.located import Located
from gazepress.matter import AuthorMatter, FrontMatter, Layout, PageMatter
from gazepress.settings import Settings
from gazepress.sources import SourceKind

RECORDS: Mapping[SourceKind, type[Struct]] = {
    SourceKind.ARTICLE: FrontMatter,
    SourceKind.PAGE: PageMatter,
    SourceKind.AUTHOR: AuthorMatter,
    SourceKind.LAYOUT: Layout,
}
_LINE = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*(?:-$)?)(?:(?P<key>[^\s:#\"'\[\]{},-][^:#\"']*):(?: +|$))?")
_COMMENT = re.compile(r"(?:^|\s)#")
_REST_IN_BRACKETS = re.compile(r"[^\[\]{},#]*[^\[\]{},#\s]")


class Key(Struct, frozen=True):
    """A key of a record: its name, what it is for, and the keys or the values that may stand below or behind it."""

    name: str
    description: str
    keys: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    is_list: bool = False
    required: bool = False


class Spot(Struct, frozen=True):
    """A place in YAML: the keys that lead there, whether a key or a value is being written, and what there is of it.

    ``first`` and ``last`` are the columns between which it stands, ``written`` is what stands before the place.
    """

    path: tuple[str, ...]
    is_key: bool
    row: int
    first: int
    last: int
    written: str
    in_brackets: bool = False

    @property
    def start(self) -> Place:
        """Return where it begins."""
        return self.row, self.first

    @property
    def end(self) -> Place:
        """Return where it ends."""
        return self.row, self.last


def record_of(kind: SourceKind | None) -> type[Struct] | None:
    """Return the record that the YAML of a text is read into, if there is one; without a kind, the settings."""
    return Settings if kind is None else RECORDS.get(kind)


def keys_of(record: type[Struct], path: Sequence[str] = ()) -> Mapping[str, Key]:
    """Return the keys of a record, or of the record below the keys ``path`` in it; none if there is none."""
    keys = _keys(record)
    for name in path:
        inner = _inner_record(record, name)
        if inner is None:
            return {}
        record, keys = inner, _keys(inner)
    return keys


def spot_at(text: Text, place: Place) -> Spot | None:
    """Return what is being written at a place of the YAML of a text; None outside of it and in comments."""
    row, column = place
    line = text.lines[row]
    if row not in text.front or _COMMENT.search(line[:column]):
        return None
    found = _LINE.match(line)
    assert found is not None  # it matches nothing, too
    path, key = _parents(text, row, found), found["key"]
    is_value = column > found.end("key") if key else bool(found["dashes"])
    if key and is_value:
        path = (*path, key.rstrip())
    first = min(found.end() if is_value else found.end("dashes"), column)
    if _opens(line[first:column]):
        return _inside(line, place, path, first)
    last = found.end("key") if key and not is_value else content_end(line)
    return Spot(path, not is_value, row, first, max(last, column), line[first:column])


def _parents(text: Text, row: int, found: re.Match[str]) -> tuple[str, ...]:
    """Return the keys above a line that it belongs to, outermost first."""
    path: list[str] = []
    column = found.end("dashes")
    dash = len(found["indent"]) if found["dashes"] else None
    for above in range(row - 1, text.front.start - 1, -1):
        line = text.lines[above]
        match = _LINE.match(line)
        if match is None or not line.strip() or line.lstrip().startswith("#"):
            continue
        at, indent = match.end("dashes"), len(match["indent"])
        if dash is None and match["dashes"] and at == column:  # a key of the same entry of a list
            dash = indent
        elif match["key"] and (at < column if dash is None else at <= dash and not match["dashes"]):
            path.insert(0, match["key"].rstrip())
            column, dash = at, indent if match["dashes"] else None
        if column == 0 and dash is None:
            break
    return tuple(path)


def _opens(before: str) -> bool:
    return before.count("[") > before.count("]") or before.count("{") > before.count("}")


def _inside(line: str, place: Place, path: tuple[str, ...], first: int) -> Spot:
    """Return what is being written inside of brackets that are open on the line of the place."""
    row, column = place
    before = line[first:column]
    word = before[max(before.rfind(mark) for mark in "[{,") + 1 :]
    rest = _REST_IN_BRACKETS.match(line, column)
    last = rest.end() if rest else column
    in_record = before.count("{") > before.count("}")
    key, colon, value = word.partition(":")
    if in_record and colon:
        path, word = (*path, key.strip()), value
    written = word.lstrip()
    is_key = in_record and not colon
    return Spot(path, is_key, row, column - len(written), last, written, in_brackets=True)


@cache
def _keys(record: type[Struct]) -> Mapping[str, Key]:
    found = msgspec.inspect.type_info(record)
    assert isinstance(found, msgspec.inspect.StructType)
    return {field.encode_name: _key(field) for field in found.fields}


def _key(field: msgspec.inspect.Field) -> Key:
    kind, description, is_list = _unwrapped(field.type)
    keys: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    if isinstance(kind, msgspec.inspect.EnumType):
        values = tuple(choice.value for choice in kind.cls if isinstance(choice, StrEnum))
    elif isinstance(kind, msgspec.inspect.BoolType):
        values = ("true", "false")
    elif isinstance(kind, msgspec.inspect.StructType) and kind.cls is not Located:
        keys = tuple(one.encode_name for one in kind.fields)
    return Key(field.encode_name, description, keys, values, is_list, field.required)


def _inner_record(record: type[Struct], name: str) -> type[Struct] | None:
    found = msgspec.inspect.type_info(record)
    assert isinstance(found, msgspec.inspect.StructType)
    kinds = {field.encode_name: _unwrapped(field.type)[0] for field in found.fields}
    kind = kinds.get(name)
    if not isinstance(kind, msgspec.inspect.StructType) or kind.cls is Located:
        return None
    return kind.cls


def _unwrapped(kind: Any) -> tuple[Any, str, bool]:  # noqa: ANN401 - a type as msgspec describes it
    """Return the innermost type of a field, its description, and whether the field holds a list of it."""
    description, is_list = "", False
    while True:
        match kind:
            case msgspec.inspect.Metadata():
                description = description or (kind.extra_json_schema or {}).get("description", "")
                kind = kind.type
            case msgspec.inspect.UnionType():
                kind = next(one for one in kind.types if not isinstance(one, msgspec.inspect.NoneType))
            case msgspec.inspect.VarTupleType():
                kind, is_list = kind.item_type, True
            case _:
                return kind, description, is_list
