"""YAML text as a typed record, or every reason why it is not one, each with its place.

Scalars stay the text that was written until the record's type asks for something else: ``no`` is a word, ``010`` has
a zero in front, ``12:30`` is not a number of seconds.
"""

import math
import re
import types
import typing
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
import yaml
from msgspec import Struct

from gazepress.diagnostics import Checked, Diagnostic, problem

R = TypeVar("R", bound=Struct)

_MAX_FREE_NODES = 10_000
_MAX_FREE_DEPTH = 20


class Located(Struct, frozen=True):
    """A text of the author's, and where it stands: line and column count from 1."""

    text: str
    line: int = 0
    column: int = 0


def read_record(text: str, record: type[R], *, timezone: tzinfo, first_line: int = 1) -> Checked[R | None]:
    """Return the record that the YAML mapping ``text`` describes, or None with all that is wrong.

    ``timezone`` is that of times written without an offset; ``first_line`` is the line of the file on which ``text``
    begins. Unknown keys are warnings; anything else that is wrong leaves no record.
    """
    run = _Run(timezone, first_line)
    try:
        root = yaml.compose(text, yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        return Checked(None, (_syntax_problem(error, text, first_line),))
    except yaml.reader.ReaderError as error:
        return Checked(None, (_character_problem(error, text, first_line),))
    if root is None:
        root = yaml.MappingNode("tag:yaml.org,2002:map", [], _START, _START)
    value = _converter(record)(root, "", run)
    broken = any(found.severity == "error" for found in run.problems)
    return Checked(None if broken else value, tuple(run.problems))


class _Run:
    """One reading: its settings, and the problems met so far."""

    def __init__(self, timezone: tzinfo, first_line: int) -> None:
        self.timezone = timezone
        self.first_line = first_line
        self.problems: list[Diagnostic] = []
        self.free_nodes: float = 0

    def place(self, node: yaml.Node) -> tuple[int, int]:
        mark = node.start_mark
        return mark.line + self.first_line, mark.column + 1

    def report(self, node: yaml.Node, code: str, message: str, hint: str = "") -> None:
        line, column = self.place(node)
        self.problems.append(problem(code, message, line=line, column=column, hint=hint))


_START = yaml.Mark("", 0, 0, 0, None, 0)
Converter = Callable[[yaml.Node, str, _Run], Any]


@cache
def _converter(kind: Any) -> Converter:  # noqa: ANN401 - any type that a record's field may have
    """Return the function that turns a node into a ``kind``; it reports on its run and returns None when it cannot."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        return _annotated_converter(*arguments)
    if origin in (typing.Union, types.UnionType):
        (inner,) = (one for one in arguments if one is not type(None))
        return _converter(inner)
    if origin is tuple:
        return _list_converter(arguments[0])
    if origin is dict:
        return _dict_converter(arguments[1])
    if kind is Any:
        return _free
    if issubclass(kind, Located):
        return _located
    if issubclass(kind, Struct):
        return _record_converter(kind)
    if issubclass(kind, StrEnum):
        return _choice_converter(kind)
    return {str: _text, bool: _flag, int: _number, datetime: _time}[kind]


def _annotated_converter(inner: Any, meta: msgspec.Meta) -> Converter:  # noqa: ANN401 - any type may be annotated
    if meta.ge is None:
        return _converter(inner)

    def convert(node: yaml.Node, path: str, run: _Run) -> Any:  # noqa: ANN401 - the annotated type's value
        value = _converter(inner)(node, path, run)
        if value is not None and value < meta.ge:
            run.report(node, "wrong-value", f"{_name(path)} must be at least {meta.ge}")
        return value

    return convert


def _record_converter(record: type[Struct]) -> Converter:
    fields = {field.encode_name: field for field in msgspec.structs.fields(record)}
    keys = tuple(fields)

    def convert(node: yaml.Node, path: str, run: _Run) -> Struct | None:
        if not isinstance(node, yaml.MappingNode):
            run.report(node, "wrong-value", f"{_name(path)} must be keys with values", f"its keys: {', '.join(keys)}")
            return None
        before = len(run.problems)
        values: dict[str, Any] = {}
        for key, value in _entries(node, path, run):
            field = fields.get(key.value)
            if field is None:
                run.report(key, "unknown-key", f"unknown key {_join(path, key.value)!r}", _nearest_key(key.value, keys))
            elif not _is_empty(value, field):
                values[field.name] = _converter(field.type)(value, _join(path, key.value), run)
        for name, field in fields.items():
            if field.required and field.name not in values:
                run.report(node, "missing-key", f"{_join(path, name)!r} is missing", f"add a line `{name}: …`")
        failed = any(found.severity == "error" for found in run.problems[before:])
        return None if failed else record(**values)

    return convert


def _list_converter(inner: Any) -> Converter:  # noqa: ANN401 - any type that a list may hold
    single_is_fine = inner in (str, Located)

    def convert(node: yaml.Node, path: str, run: _Run) -> tuple[Any, ...] | None:
        if isinstance(node, yaml.SequenceNode):
            return tuple(_converter(inner)(one, f"{path}[{at}]", run) for at, one in enumerate(node.value))
        if isinstance(node, yaml.ScalarNode) and single_is_fine:
            if inner is str and "," in node.value:
                parts = [part.strip() for part in node.value.split(",")]
                run.report(node, "wrong-value", f"{_name(path)} must be a list", f"write {path}: [{', '.join(parts)}]")
                return None
            return (_converter(inner)(node, path, run),)
        run.report(
            node, "wrong-value", f"{_name(path)} must be a list", "put each entry on a line of its own after `- `"
        )
        return None

    return convert


def _dict_converter(inner: Any) -> Converter:  # noqa: ANN401 - any type that a mapping may hold
    def convert(node: yaml.Node, path: str, run: _Run) -> dict[str, Any] | None:
        if not isinstance(node, yaml.MappingNode):
            run.report(node, "wrong-value", f"{_name(path)} must be keys with values")
            return None
        entries = _entries(node, path, run)
        return {key.value: _converter(inner)(value, _join(path, key.value), run) for key, value in entries}

    return convert


def _choice_converter(kind: type[StrEnum]) -> Converter:
    choices = ", ".join(kind)

    def convert(node: yaml.Node, path: str, run: _Run) -> StrEnum | None:
        value = _scalar(node, path, run)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError:
            run.report(node, "wrong-value", f"{_name(path)} cannot be {value!r}", f"one of: {choices}")
            return None

    return convert


def _located(node: yaml.Node, path: str, run: _Run) -> Located | None:
    value = _scalar(node, path, run)
    return None if value is None else Located(value, *run.place(node))


def _text(node: yaml.Node, path: str, run: _Run) -> str | None:
    return _scalar(node, path, run)


def _flag(node: yaml.Node, path: str, run: _Run) -> bool | None:
    value = _scalar(node, path, run)
    known = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if value is not None and value.lower() not in known:
        run.report(node, "wrong-value", f"{_name(path)} cannot be {value!r}", "write `true` or `false`")
        return None
    return None if value is None else known[value.lower()]


def _number(node: yaml.Node, path: str, run: _Run) -> int | None:
    value = _scalar(node, path, run)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", value):
        run.report(node, "wrong-value", f"{_name(path)} cannot be {value!r}", "write a whole number, such as 20")
        return None
    return int(value)


def _time(node: yaml.Node, path: str, run: _Run) -> datetime | None:
    value = _scalar(node, path, run)
    if value is None:
        return None
    try:
        return parse_time(value, run.timezone)
    except ValueError as error:
        hint = f"write it as 2026-03-09 14:30; a time without an offset is taken as {run.timezone}"
        run.report(node, "wrong-value", f"{_name(path)} cannot be {value!r}: {error}", hint)
        return None


def _free(node: yaml.Node, path: str, run: _Run) -> Any:  # noqa: ANN401 - a publication's own data has no type here
    """Return data of any shape, its scalars as text. Aliases are bounded: a small file cannot become a large value."""
    run.free_nodes += 1
    if run.free_nodes >= _MAX_FREE_NODES or path.count(".") + path.count("[") > _MAX_FREE_DEPTH:
        if run.free_nodes < math.inf:
            hint = "aliases (`*name`) that repeat each other may be the reason"
            run.report(node, "wrong-value", f"{_name(path.partition('.')[0])} is too large or too deep", hint)
        run.free_nodes = math.inf
        return None
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_free(one, f"{path}[{at}]", run) for at, one in enumerate(node.value)]
    assert isinstance(node, yaml.MappingNode)
    return {key.value: _free(value, _join(path, key.value), run) for key, value in _entries(node, path, run)}


def parse_time(text: str, timezone: tzinfo) -> datetime:
    """Return the moment that ``text`` names: ISO 8601 (a date, or a date and time), in ``timezone`` if without offset.

    Raises ValueError for anything else, and for an hour that the timezone leaves out when its clocks go forward.
    """
    text = re.sub(r"\s+(?=[+-]\d)", "", text.strip())
    if not re.fullmatch(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?", text):
        raise ValueError("not a date or time")
    moment = datetime.fromisoformat(text)
    if not 1 < moment.year < 9999:  # noqa: PLR2004 - room to move between timezones
        raise ValueError("the year is out of range")
    if moment.tzinfo is not None:
        return moment
    moment = moment.replace(tzinfo=timezone)
    if moment.timestamp() != moment.replace(fold=1).timestamp() and _is_skipped(moment):
        raise ValueError(f"this hour does not exist in {timezone}, its clocks go forward then")
    return moment


def _is_skipped(moment: datetime) -> bool:
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(fold=0) != moment


def _scalar(node: yaml.Node, path: str, run: _Run) -> str | None:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    shape = "a list" if isinstance(node, yaml.SequenceNode) else "keys with values"
    assert isinstance(node, yaml.CollectionNode)
    hint = "quote a text that starts with `{` or `[`" if node.flow_style else ""
    run.report(node, "wrong-value", f"{_name(path)} must be one value, not {shape}", hint)
    return None


def _entries(node: yaml.MappingNode, path: str, run: _Run) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """Return the pairs of a mapping; repeated keys, and keys that are no text, are reported and left out."""
    entries: dict[str, tuple[yaml.ScalarNode, yaml.Node]] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            run.report(key, "wrong-value", "a key must be one word")
        elif key.value in entries:
            first, _ = run.place(entries[key.value][0])
            run.report(
                key, "duplicate-key", f"{_join(path, key.value)!r} is given twice", f"it is also on line {first}"
            )
        else:
            entries[key.value] = (key, value)
    return list(entries.values())


def _is_empty(node: yaml.Node, field: msgspec.structs.FieldInfo) -> bool:
    """Tell whether the value was left out (``tags:`` and nothing more). An empty text in quotes is a value."""
    if not isinstance(node, yaml.ScalarNode) or node.style:
        return False
    is_text = field.type is str or typing.get_args(field.type)[:1] == (str,)
    return node.value == "" or (node.value in ("~", "null") and not is_text)


def _nearest_key(key: str, keys: tuple[str, ...]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only when there is something to report

    near = get_close_matches(key.lower().replace("-", "_"), keys, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(keys)}"


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _name(path: str) -> str:
    return repr(path) if path else "this"


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Diagnostic:
    mark = error.problem_mark or error.context_mark or _START
    line = text.splitlines()[mark.line] if mark.line < len(text.splitlines()) else ""
    message = ", ".join(part for part in (error.context, error.problem) if part)
    return problem(
        "yaml-syntax",
        message,
        line=mark.line + first_line,
        column=mark.column + 1,
        hint=_syntax_hint(error.problem or "", line),
    )


def _syntax_hint(message: str, line: str) -> str:
    key, colon, value = line.partition(":")
    if "mapping values are not allowed" in message and colon and ":" in value:
        quoted = value.strip().replace("'", "''")
        return f"the text holds a colon, so quote it: {key}: '{quoted}'"
    if "cannot start any token" in message:
        return "indent with spaces, not tabs" if "\t" in line else f"quote the text: {key}: '{value.strip()}'"
    if "quoted scalar" in message:
        return "a quote was opened and not closed"
    return ""


def _character_problem(error: yaml.reader.ReaderError, text: str, first_line: int) -> Diagnostic:
    before = text[: error.position]
    return problem(
        "yaml-syntax",
        f"a character that YAML does not allow: U+{ord(text[error.position]):04X}",
        line=before.count("\n") + first_line,
        column=error.position - before.rfind("\n"),
        hint="remove it; control characters often come along when text is pasted",
    )
