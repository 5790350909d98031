"""YAML text as a typed record, or every reason why it is not one, each with its place.

Scalars stay the text that was written until the record's type asks for something else: ``no`` is a word, ``010`` has
a zero in front, ``12:30`` is not a number of seconds.
"""

import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
import yaml
from msgspec import Struct

from gazepress.diagnostics import Checked, Diagnostic, Severity, problem
from gazepress.easy_yaml import read_easy
from gazepress.located import Located
from gazepress.moments import parse_time
from gazepress.yaml_syntax import CONTROL, compose

R = TypeVar("R", bound=Struct)

_LINE_BREAKS = re.compile(r"[ \t]*\n[ \t\n]*")
_MAX_DEPTH = 20
_MAX_KEY = 100
_MAX_SHOWN = 60
_ROOM_FOR_ALIASES = 10_000


class Foreign(Struct, frozen=True):
    """A key that other programs know: what to write instead, and whether passing it over would do harm."""

    hint: str
    refused: bool = False


def read_record(
    text: str, record: type[R], *, timezone: tzinfo, first_line: int = 1, foreign: Mapping[str, Foreign] | None = None
) -> Checked[R | None]:
    """Return the record that the YAML mapping ``text`` describes, or None with all that is wrong.

    ``timezone`` is that of times written without an offset; ``first_line`` is the line of the file on which ``text``
    begins; ``foreign`` are keys that other programs know. Unknown keys are warnings, but for foreign ones that must not
    be passed over; anything else that is wrong leaves no record.
    """
    easy = read_easy(text, record, timezone, first_line)
    if easy is not None:
        return Checked(easy, ())
    root = compose(text, first_line)
    if isinstance(root, Diagnostic):
        return Checked(None, (root,))
    run = _Run(timezone, first_line, room=2 * len(text) + _ROOM_FOR_ALIASES, foreign=foreign or {})
    value = run.read(_converter(record), root, "")
    broken = any(found.severity == "error" for found in run.problems)
    return Checked(None if broken else value, tuple(run.problems))


def place_of(text: str, *path: str | int) -> tuple[int, int]:
    """Return the line and column of a value in YAML that ``read_record`` could read: ``"sections", 0, "slug"``.

    Where the value is left out, it is the place of what would hold it.
    """
    node = compose(text)
    assert isinstance(node, yaml.Node)
    for step in path:
        children: dict[str | int, yaml.Node] = {}
        if isinstance(node, yaml.MappingNode):
            children = {key.value: value for key, value in node.value}
        elif isinstance(node, yaml.SequenceNode):
            children = dict(enumerate(node.value))
        node = children.get(step, node)
    return node.start_mark.line + 1, node.start_mark.column + 1


Converter = Callable[[yaml.Node, str, "_Run"], Any]


class _Run:
    """One reading: its settings, the problems met so far, and what bounds it.

    The room is counted in characters and entries. Text alone never needs more than twice its length, so it only runs
    out when aliases (``*name``) make a large value of a small file.
    """

    def __init__(self, timezone: tzinfo, first_line: int, room: int, foreign: Mapping[str, Foreign]) -> None:
        self.timezone = timezone
        self.foreign = foreign
        self.first_line = first_line
        self.room = room
        self.depth = 0
        self.problems: list[Diagnostic] = []

    def read(self, convert: "Converter", node: yaml.Node, path: str) -> Any:  # noqa: ANN401 - what ``convert`` makes
        """Return a node converted; None when it cannot be, and the problems say why."""
        cost = 1 + len(node.value)
        if self.room < 0:
            return None
        if cost > self.room or self.depth > _MAX_DEPTH:
            hint = "aliases (`*name`) that repeat each other may be the reason"
            self.report(node, "wrong-value", f"{_name(path)} is too large or too deep", hint)
            self.room = -1
            return None
        self.room -= cost
        self.depth += 1
        self._check_form(node, path)
        value = convert(node, path, self)
        self.depth -= 1
        return value

    def _check_form(self, node: yaml.Node, path: str) -> None:
        if node.tag not in _PLAIN_TAGS:
            hint = "quote a text that starts with `!`"
            self.report(node, "wrong-value", f"{_name(path)} cannot have the YAML tag {_shown(node.tag)}", hint)
        elif isinstance(node, yaml.ScalarNode) and node.style == '"' and CONTROL.search(node.value):
            self.report(node, "wrong-value", f"{_name(path)} holds a control character", "remove the escape (`\\…`)")

    def place(self, node: yaml.Node) -> tuple[int, int]:
        mark = node.start_mark
        return mark.line + self.first_line, mark.column + 1

    def report(
        self, node: yaml.Node, code: str, message: str, hint: str = "", severity: Severity | None = None
    ) -> None:
        line, column = self.place(node)
        self.problems.append(problem(code, message, line=line, column=column, hint=hint, severity=severity))


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


@cache
def _converter(kind: Any) -> Converter:  # noqa: ANN401 - any type that a record's field may have
    """Return the function that turns a node into a ``kind``; it reports on its run and returns None when it cannot."""
    make = _GENERIC.get(typing.get_origin(kind))
    if make is not None:
        return make(*typing.get_args(kind))
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    return _choice_converter(kind) if issubclass(kind, StrEnum) else _record_converter(kind)


def _annotated_converter(inner: Any, meta: msgspec.Meta) -> Converter:  # noqa: ANN401 - any type may be annotated
    convert_inner = _converter(inner)
    if meta.ge is None and meta.max_length is None:
        return convert_inner

    def convert(node: yaml.Node, path: str, run: _Run) -> Any:  # noqa: ANN401 - the annotated type's value
        value = convert_inner(node, path, run)
        if value is None:
            return None
        if meta.ge is not None and value < meta.ge:
            run.report(node, "wrong-value", f"{_name(path)} must be at least {meta.ge}")
        if meta.max_length is not None and len(value) > meta.max_length:
            message = f"{_name(path)} has {len(value)} entries, the most is {meta.max_length}"
            run.report(node, "wrong-value", message, f"keep the {meta.max_length} that readers would look for")
        return value

    return convert


def _optional_converter(inner: Any, _none: type[None]) -> Converter:  # noqa: ANN401 - any type may be optional
    return _converter(inner)


def _record_converter(record: type[Struct]) -> Converter:
    fields = {field.encode_name: field for field in msgspec.structs.fields(record)}
    converters = {key: _converter(field.type) for key, field in fields.items()}
    keys = tuple(fields)
    required = tuple(name for name, field in fields.items() if field.required)

    def convert(node: yaml.Node, path: str, run: _Run) -> Struct | None:
        if not isinstance(node, yaml.MappingNode):
            hint = f"write `key: value`, with a space after the colon; its keys: {', '.join(keys)}"
            run.report(node, "wrong-value", f"{_name(path)} must be keys with values", hint)
            return None
        before = len(run.problems)
        values: dict[str, Any] = {}
        empty: dict[str, yaml.Node] = {}
        for key, value in _entries(node, path, run):
            field = fields.get(key.value)
            if field is None:
                name = _join(path, key.value)
                foreign = run.foreign.get(name) or Foreign(_nearest_key(key.value, keys))
                severity = Severity.ERROR if foreign.refused else None
                run.report(key, "unknown-key", f"unknown key {name!r}", foreign.hint, severity)
            elif _is_empty(value, field):
                empty[key.value] = key
            else:
                values[field.name] = run.read(converters[key.value], value, _join(path, key.value))
        for name in required:
            if fields[name].name not in values:
                what, hint = "is missing", f"add a line `{name}: …`"
                if name in empty:
                    what, hint = "has no value", "write it; a text that starts with `#`, `&` or `!` needs quotes"
                run.report(empty.get(name, node), "missing-key", f"{_join(path, name)!r} {what}", hint)
        failed = any(found.severity == "error" for found in run.problems[before:])
        return None if failed else record(**values)

    return convert


def _list_converter(inner: Any, _dots: Any) -> Converter:  # noqa: ANN401 - any type that a list may hold
    holds_texts = inner in (str, Located)
    convert_entry = _converter(inner)

    def convert(node: yaml.Node, path: str, run: _Run) -> tuple[Any, ...] | None:
        if isinstance(node, yaml.SequenceNode):
            for entry in node.value if holds_texts else ():
                if isinstance(entry, yaml.ScalarNode) and not entry.value.strip():
                    run.report(entry, "wrong-value", f"{_name(path)} has an empty entry", "remove it, or write it out")
            return tuple(run.read(convert_entry, entry, f"{path}[{at}]") for at, entry in enumerate(node.value))
        if not isinstance(node, yaml.ScalarNode) or not holds_texts:
            hint = "put each entry on a line of its own after `- `"
            run.report(node, "wrong-value", f"{_name(path)} must be a list", hint)
            return None
        if inner is str and not node.style and "," in node.value:
            parts = ", ".join(part.strip() for part in node.value.split(","))
            hint = f"write [{_short(parts)}], or quote it if it is one entry"
            run.report(node, "wrong-value", f"{_name(path)} must be a list", hint)
            return None
        return (run.read(convert_entry, node, path),) if node.value.strip() else ()

    return convert


def _dict_converter(_key: type[str], inner: Any) -> Converter:  # noqa: ANN401 - any type that a mapping may hold
    convert_value = _converter(inner)

    def convert(node: yaml.Node, path: str, run: _Run) -> dict[str, Any] | None:
        if not isinstance(node, yaml.MappingNode):
            run.report(node, "wrong-value", f"{_name(path)} must be keys with values")
            return None
        entries = _entries(node, path, run)
        return {key.value: run.read(convert_value, value, _join(path, key.value)) for key, value in entries}

    return convert


def _choice_converter(kind: type[StrEnum]) -> Converter:
    choices = ", ".join(kind)

    def convert(node: yaml.Node, path: str, run: _Run) -> StrEnum | None:
        value = _text(node, path, run)
        try:
            return None if value is None else kind(value)
        except ValueError:
            run.report(node, "wrong-value", f"{_name(path)} cannot be {_shown(value or '')}", f"one of: {choices}")
            return None

    return convert


def _located(node: yaml.Node, path: str, run: _Run) -> Located | None:
    value = _text(node, path, run)
    return None if value is None else Located(value, *run.place(node))


def _text(node: yaml.Node, path: str, run: _Run) -> str | None:
    if isinstance(node, yaml.ScalarNode):
        # A text that YAML lets go over several lines is one line to readers; no-break spaces in it stay.
        return _LINE_BREAKS.sub(" ", node.value).strip(" ") if "\n" in node.value else str(node.value)
    shape = "a list" if isinstance(node, yaml.SequenceNode) else "keys with values"
    assert isinstance(node, yaml.CollectionNode)
    hint = "quote a text that " + ("starts with `{` or `[`" if node.flow_style else "holds a colon or starts with `- `")
    run.report(node, "wrong-value", f"{_name(path)} must be one value, not {shape}", hint)
    return None


def _flag(node: yaml.Node, path: str, run: _Run) -> bool | None:
    value = _text(node, path, run)
    known = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if value is not None and value.lower() not in known:
        run.report(node, "wrong-value", f"{_name(path)} cannot be {_shown(value)}", "write `true` or `false`")
        return None
    return None if value is None else known[value.lower()]


def _number(node: yaml.Node, path: str, run: _Run) -> int | None:
    value = _text(node, path, run)
    if value is not None and not re.fullmatch(r"[0-9]{1,9}", value):
        run.report(node, "wrong-value", f"{_name(path)} cannot be {_shown(value)}", "write a whole number, such as 20")
        return None
    return None if value is None else int(value)


def _decimal(node: yaml.Node, path: str, run: _Run) -> float | None:
    value = _text(node, path, run)
    if value is not None and not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value):
        run.report(node, "wrong-value", f"{_name(path)} cannot be {_shown(value)}", "write a number, such as 0.4")
        return None
    return None if value is None else float(value)


def _time(node: yaml.Node, path: str, run: _Run) -> datetime | None:
    value = _text(node, path, run)
    if value is None:
        return None
    try:
        return parse_time(value, run.timezone)
    except ValueError as error:
        hint = f"write it as 2026-03-09 14:30; a time without an offset is taken as {run.timezone}"
        run.report(node, "wrong-value", f"{_name(path)} cannot be {_shown(value)}: {error}", hint)
        return None


def _free(node: yaml.Node, path: str, run: _Run) -> Any:  # noqa: ANN401 - a publication's own data has no type here
    """Return data of any shape, its scalars as text."""
    if isinstance(node, yaml.SequenceNode):
        return [run.read(_free, entry, f"{path}[{at}]") for at, entry in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return {key.value: run.read(_free, value, _join(path, key.value)) for key, value in _entries(node, path, run)}
    return node.value


_SIMPLE: dict[Any, Converter] = {
    str: _text,
    bool: _flag,
    int: _number,
    float: _decimal,
    datetime: _time,
    Located: _located,
    Any: _free,
}
_GENERIC: dict[Any, Callable[..., Converter]] = {
    Annotated: _annotated_converter,
    typing.Union: _optional_converter,
    types.UnionType: _optional_converter,
    tuple: _list_converter,
    dict: _dict_converter,
}


def _entries(node: yaml.MappingNode, path: str, run: _Run) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Return the pairs of a mapping; repeated keys, and keys that are no words, are reported and left out."""
    entries: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
    for key, value in node.value:
        if (
            not isinstance(key, yaml.ScalarNode)
            or len(key.value) > _MAX_KEY
            or (key.style and CONTROL.search(key.value))
        ):
            run.report(key, "wrong-value", "a key must be one word")
        elif key.value == "<<":
            run.report(key, "wrong-value", "keys cannot be merged with `<<`", "write them out")
        elif key.value in entries:
            first, _ = run.place(entries[key.value][0])
            name = _join(path, key.value)
            run.report(key, "duplicate-key", f"{name!r} is given twice", f"it is also on line {first}")
        else:
            entries[key.value] = (key, value)
    return list(entries.values())


def _is_empty(node: yaml.Node, field: msgspec.structs.FieldInfo) -> bool:
    """Tell whether a value was left out (``tags:`` and nothing more). Quotes make it a value unless it is required."""
    if not isinstance(node, yaml.ScalarNode):
        return False
    if node.style:
        return field.required and not node.value.strip()
    return node.value == "" or (node.value in ("~", "null") and not _is_text(field.type))


def _is_text(kind: Any) -> bool:  # noqa: ANN401 - any type that a field may have
    inner = typing.get_args(kind) if typing.get_origin(kind) in (Annotated, typing.Union, types.UnionType) else ()
    return _is_text(inner[0]) if inner else kind in (str, Located)


def _nearest_key(key: str, keys: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key.lower().replace("-", "_"), keys, n=1, cutoff=0.7)
    return f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(keys)}"


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _name(path: str) -> str:
    return _shown(path) if path else "this"


def _short(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"


def _shown(value: str) -> str:
    return repr(_short(value))
