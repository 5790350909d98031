"""Which record is this YAML, where each of its lines can mean one thing only? It takes no parser to tell.

Nearly all front matter is made of such lines: ``key: words``, ``key: "words"``, ``key: [words, words]``, ``- words``,
and keys below a key. Whatever else stands in it, or may be wrong with it, is for ``typed_yaml``.
"""

import re
import types
import typing
from collections.abc import Callable
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Struct

from gazepress.located import Located
from gazepress.moments import parse_time

R = TypeVar("R", bound=Struct)

_FIRST = r"""[^\ \-?:,\[\]{}\#&*!|>'"%@`]"""
_ENTRY = rf"\ *+{_FIRST}[^,\[\]{{}}?:\#]*+"
# Of a line that has no white space but spaces. Its last group is what kind of value it has, ``key`` if none.
_LINE = re.compile(
    rf"""\ *+ (?P<dash>-\ ++)? (?:(?P<key>[a-z_]++):(?:\ ++|\Z))?
    (?: (?P<plain>{_FIRST}[^:\#]*+(?:(?::(?!\ |\Z)|(?<!\ )\#)[^:\#]*+)*)
    | "(?P<double>[^\ "\\][^"\\]*+)"\ *+
    | '(?P<single>[^\ '][^']*+)'\ *+
    | "(?P<nothing>)"\ *+
    | \[(?P<list>(?:{_ENTRY}(?:,{_ENTRY})*)?)\ *+\]\ *+ )?""",
    re.VERBOSE,
)
_WORDS = re.compile("[^, ][^,]*")
_MARKS = {"plain": 0, "double": 1, "single": 1, "nothing": 1}  # how many there are in front of the text


def read_easy(text: str, record: type[R], timezone: tzinfo, first_line: int) -> R | None:
    """Return the record that ``read_record`` of ``typed_yaml`` finds in YAML without saying anything about it.

    None if that is not certain.
    """
    written = text.removesuffix("\n").split("\n") if text else []
    if not "".join(written).isprintable():  # no tabs, no other line ends, no characters that YAML does not allow
        return None
    found = [match for match in map(_LINE.fullmatch, written) if match]
    if len(found) < len(written):
        return None
    lines = _Lines(found, timezone, first_line)
    try:
        value: R = _keys_reader(record)(lines, 0)
    except (LookupError, ValueError):
        return None
    return value if lines.at == len(found) else None


class _Lines:
    """The lines of one text, the number of the one that is to be read next, and what values depend on besides."""

    def __init__(self, found: list[re.Match[str]], timezone: tzinfo, first_line: int) -> None:
        self.found = found
        self.timezone = timezone
        self.first_line = first_line
        self.at = 0


Reader = Callable[[_Lines, int], Any]
"""Reads the value on the line that is next, whose key begins at a column, and goes on behind it.

Raises ValueError or LookupError where it takes a parser to tell what is meant, or what is wrong.
"""

Maker = Callable[[str, int, int, tzinfo], Any]
"""(text, its line, its column, timezone) → value; raises likewise"""


@cache
def _reader(kind: Any) -> Reader:  # noqa: ANN401 - any type that a record's field may have
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        return _bounded_reader(*inner)
    if origin in (typing.Union, types.UnionType):
        return _reader(inner[0])
    if origin is tuple:
        return _list_reader(inner[0])
    if _is_record(kind):
        return _record_reader(kind)
    return _text_reader(_maker(kind))


def _bounded_reader(inner: Any, meta: msgspec.Meta) -> Reader:  # noqa: ANN401 - any type may be annotated
    read_inner = _reader(inner)
    most = meta.max_length
    if most is None:
        return read_inner

    def read(lines: _Lines, column: int) -> Any:  # noqa: ANN401 - the annotated type's value
        value = read_inner(lines, column)
        if len(value) > most:
            raise ValueError
        return value

    return read


@cache
def _keys_reader(record: type[Struct]) -> Reader:
    """Return what reads a record from the line that is next, whatever is in front of its key, and those below it."""
    fields = {
        field.encode_name: (field.name, _reader(field.type), field.required) for field in msgspec.structs.fields(record)
    }
    required = {name for name, _, is_required in fields.values() if is_required}

    def read(lines: _Lines, column: int) -> Struct:
        values: dict[str, Any] = {}
        first = lines.at
        while lines.at < len(lines.found):
            line = lines.found[lines.at]
            if line.start("key") != column or (line["dash"] and lines.at != first):
                break
            name, read_value, is_required = fields[line["key"]]
            if name in values or (is_required and line.lastgroup == "nothing"):
                raise ValueError
            values[name] = read_value(lines, column)
        if not required <= values.keys():
            raise ValueError
        return record(**values)

    return read


def _record_reader(record: type[Struct]) -> Reader:
    read_keys = _keys_reader(record)

    def read(lines: _Lines, column: int) -> Any:  # noqa: ANN401 - a ``record``
        is_below = lines.found[lines.at].lastgroup == "key"
        lines.at += 1
        line = lines.found[lines.at]
        if not is_below or line["dash"] or line.start("key") <= column:
            raise ValueError
        return read_keys(lines, line.start("key"))

    return read


def _list_reader(inner: Any) -> Reader:  # noqa: ANN401 - any type that a list may hold
    make = _maker(inner)
    is_record = _is_record(inner)
    read_entry = _keys_reader(inner) if is_record else _text_reader(make)

    def read(lines: _Lines, column: int) -> tuple[Any, ...]:
        line = lines.found[lines.at]
        number = lines.first_line + lines.at
        lines.at += 1
        if line.lastgroup == "list":
            start = line.start("list") + 1
            return tuple(
                make(words[0].rstrip(" "), number, start + words.start(), lines.timezone)
                for words in _WORDS.finditer(line["list"])
            )
        dash = lines.found[lines.at].start("dash")
        if line.lastgroup != "key" or dash < column:
            raise ValueError
        entries = []
        while lines.at < len(lines.found) and (line := lines.found[lines.at]).start("dash") == dash:
            if (line["key"] is not None) != is_record or line.lastgroup == "nothing":
                raise ValueError
            entries.append(read_entry(lines, line.start("key")))
        return tuple(entries)

    return read


def _text_reader(make: Maker) -> Reader:
    def read(lines: _Lines, _column: int) -> Any:  # noqa: ANN401 - what ``make`` makes
        line = lines.found[lines.at]
        kind = line.lastgroup or ""
        column = line.start(kind) + 1 - _MARKS[kind]
        value = make(
            line[kind].rstrip(" ") if kind == "plain" else line[kind],
            lines.first_line + lines.at,
            column,
            lines.timezone,
        )
        lines.at += 1
        return value

    return read


def _is_record(kind: Any) -> bool:  # noqa: ANN401 - any type that a record's field may have
    return isinstance(kind, type) and issubclass(kind, Struct) and kind is not Located


def _maker(kind: Any) -> Maker:  # noqa: ANN401 - any type that a record's field may have
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda text, *_: kind(text)
    return _MAKERS.get(kind, _nothing)


def _nothing(*_: object) -> None:
    raise ValueError


_MAKERS: dict[Any, Maker] = {
    str: lambda text, *_: text,
    Located: lambda text, line, column, _: Located(text, line, column),
    datetime: lambda text, _line, _column, timezone: parse_time(text, timezone),
}
"""All other types are rare in front matter, and for ``typed_yaml``."""
