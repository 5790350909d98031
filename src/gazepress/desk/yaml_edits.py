"""How does one value in YAML change? Alone: comments, quotes, indentation, order and line ends stay.

All functions take the whole text of a file: of a file with front matter they edit that, of any other all of it. A value
is named by its key, or by the steps that lead to it: ``("slots", 0, "title")``. They return an edit of no path, and
raise ``YamlEditError`` where the text cannot be edited so that reading it shows this one change.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from gazepress.desk.edits import Edit, edited
from gazepress.diagnostics import Diagnostic
from gazepress.yaml_syntax import compose

Key = str | tuple[str | int, ...]
Item = str | Mapping[str, str]
Plain = dict[str, Any] | list[Any] | str

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*(?:\r\n?|\n)(.*?)(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z)", re.DOTALL)
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # to YAML (1.1, 5.1); JSON lets them be
_LINE_END = re.compile(r"\r\n?|\n")


class YamlEditError(ValueError):
    """This change cannot be made by an edit of the text."""


def get(text: str, key: Key) -> Plain | None:
    """Return the value of a key, its scalars as text, or None if there is none."""
    found = _Yaml(text).find(_steps(key))
    return None if found is None else _plain(found.value)


def set_key(text: str, key: Key, value: str, *, after: str = "") -> Edit:
    """Return the edit that gives ``key`` this value. One that is not there comes behind ``after``, else at the end."""
    source, steps = _Yaml(text), _steps(key)
    found = source.find(steps)
    if found is None:
        return source.checked(source.added(steps, value, after), _with(source.plain, steps, value))
    style = getattr(found.value, "style", None) or ""
    new = scalar(value, style, flow=found.in_flow)
    start, end = source.span(found.value)
    gap = "" if start < end or text[start - 1 : start] in {" ", "\t"} else " "
    return source.checked(Edit("", start, end, gap + new), _with(source.plain, steps, value))


def append_item(text: str, key: Key, item: Item, *, after: str = "") -> Edit:
    """Return the edit that adds an item to the list at ``key``, which need not be there yet."""
    source, steps = _Yaml(text), _steps(key)
    found = source.find(steps)
    known = [] if found is None else _plain(found.value) or []
    expected = _with(source.plain, steps, [*(known if isinstance(known, list) else [known]), _as_dict(item)])
    if found is None:
        return source.checked(source.added(steps, [item], after), expected)
    node = found.value
    if isinstance(node, yaml.SequenceNode) and node.value and not node.flow_style:
        indent = " " * node.start_mark.column
        at = source.line_end(source.span(node)[1])
        edit = Edit("", at, at, source.eol + _block_item(item, indent, source.eol))
    elif isinstance(node, yaml.SequenceNode):
        at = source.span(node.value[-1])[1] if node.value else source.span(node)[0] + 1
        edit = Edit("", at, at, (", " if node.value else "") + _flow(item))
    elif isinstance(node, yaml.ScalarNode):
        start, end = source.span(node)
        items = [node.value, item] if node.value else [item]
        gap = " " if start == end and text[start - 1 : start] == ":" else ""
        edit = Edit("", start, end, f"{gap}[{', '.join(map(_flow, items))}]")
    else:
        raise YamlEditError(f"{key!r} is no list")
    return source.checked(edit, expected)


def remove_key(text: str, key: Key) -> Edit:
    """Return the edit that takes away a key with its value, or an item of a list; the last item takes its list along.

    The line goes with what stands in it; comments in lines of their own stay.
    """
    source, steps = _Yaml(text), _steps(key)
    found = source.find(steps)
    if found is None:
        raise YamlEditError(f"there is no {key!r}")
    if isinstance(steps[-1], int) and len(found.parent.value) == 1:
        return remove_key(text, steps[:-1])
    edit = source.without_flow(found) if found.parent.flow_style else source.without_lines(found)
    return source.checked(edit, _without(source.plain, steps))


class _Found(Struct, frozen=True):
    """A value, the mapping or list that it stands in, where it begins with its key, and its place in there."""

    value: yaml.Node
    parent: yaml.CollectionNode
    first: yaml.Node
    place: int
    in_flow: bool


class _Yaml:
    """The YAML of a file as nodes, with their places in the whole text."""

    def __init__(self, text: str) -> None:
        front = _FRONT_MATTER.match(text)
        self.text = text
        self.start, self.end = front.span(1) if front else (int(text.startswith("\ufeff")), len(text))
        root = compose(text[self.start : self.end])
        if isinstance(root, Diagnostic) or not isinstance(root, yaml.MappingNode):
            raise YamlEditError("this is no YAML with keys and values")
        self.root = root
        self.plain = _plain(root)
        line_end = _LINE_END.search(text)
        self.eol = line_end[0] if line_end else "\n"

    def find(self, steps: tuple[str | int, ...]) -> _Found | None:
        """Return the value that the steps lead to, or None."""
        found: _Found | None = None
        node: yaml.Node = self.root
        flow = False
        for step in steps:
            flow = flow or bool(getattr(node, "flow_style", False))
            entries: list[tuple[str | int, yaml.Node, yaml.Node]] = []
            if isinstance(node, yaml.MappingNode):
                entries = [(key.value, key, value) for key, value in node.value]
            elif isinstance(node, yaml.SequenceNode):
                entries = [(at, value, value) for at, value in enumerate(node.value)]
            places = [at for at, (name, _, _) in enumerate(entries) if name == step]
            if not places:
                return None
            assert isinstance(node, yaml.CollectionNode)
            _, first, value = entries[places[0]]
            found = _Found(value, node, first, places[0], flow)
            node = value
        return found

    def span(self, node: yaml.Node) -> tuple[int, int]:
        """Return where a value begins and ends in the text, without the white space that libyaml counts to it."""
        start, end = self.start + node.start_mark.index, self.start + node.end_mark.index
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
            return start, self.span(last)[1]
        if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
            end = start + len(self.text[start:end].rstrip())
        return start, end

    def line_end(self, at: int) -> int:
        """Return where the line ends that ``at`` stands in, before its line end."""
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def added(self, steps: tuple[str | int, ...], value: str | list[Item], after: str) -> Edit:
        """Return the edit that adds a key, together with the keys above it that are not there yet."""
        known = next(at for at in range(len(steps) - 1, -1, -1) if at == 0 or self.find(steps[:at]))
        above = self.find(steps[:known]) if known else None
        node, keys = above.value if above else self.root, steps[known:]
        if not isinstance(node, yaml.MappingNode) or not all(isinstance(one, str) for one in keys):
            raise YamlEditError(f"there is no place for {steps!r}")
        if node.flow_style:
            at = self.span(node.value[-1][1])[1] if node.value else self.span(node)[0] + 1
            return Edit("", at, at, (", " if node.value else "") + _nested_flow(keys, value))
        indent = " " * node.value[0][0].start_mark.column if node.value else ""
        lines = _nested_block(keys, value, indent, self.eol)
        behind = self.find((*steps[:known], after)) if after else None
        if behind is None and above is None:
            is_ended = self.end == self.start or self.text[self.end - 1] in "\r\n"
            return Edit("", self.end, self.end, f"{'' if is_ended else self.eol}{lines}{self.eol}")
        first, last = (behind.first, behind.value) if behind else node.value[-1]
        at = self.line_end(max(self.span(first)[1], self.span(last)[1]))
        return Edit("", at, at, self.eol + lines)

    def without_flow(self, found: _Found) -> Edit:
        """Return the edit that takes an entry out of ``[…]`` or ``{…}``, with one comma."""
        entries = [entry if isinstance(entry, tuple) else (entry, entry) for entry in found.parent.value]
        start, end = self.span(found.first)[0], self.span(found.value)[1]
        if found.place + 1 < len(entries):
            end = self.span(entries[found.place + 1][0])[0]
        elif found.place:
            start = self.span(entries[found.place - 1][1])[1]
        return Edit("", start, end, "")

    def without_lines(self, found: _Found) -> Edit:
        """Return the edit that takes away all lines of an entry."""
        start = self.start + found.first.start_mark.index - found.first.start_mark.column
        if isinstance(found.parent, yaml.SequenceNode):
            start = self.text.rindex("-", 0, self.start + found.first.start_mark.index)
            start -= found.parent.start_mark.column
        end = self.line_end(max(self.span(found.value)[1], self.span(found.first)[1]))
        behind = _LINE_END.match(self.text, end)
        return Edit("", start, behind.end() if behind else end, "")

    def checked(self, edit: Edit, expected: Plain) -> Edit:
        """Return the edit, if reading the text with it gives what is expected."""
        after = edited(self.text, [edit])
        root = compose(after[self.start : self.end + len(after) - len(self.text)])
        if isinstance(root, Diagnostic) or _plain(root) != expected:
            raise YamlEditError("the YAML is written in a way that this command does not know")
        return edit


def _steps(key: Key) -> tuple[str | int, ...]:
    return (key,) if isinstance(key, str) else key


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401 - YAML of any shape
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(entry) for entry in node.value] if isinstance(node, yaml.SequenceNode) else node.value


def _with(plain: Any, steps: tuple[str | int, ...], value: Any) -> Any:  # noqa: ANN401 - likewise
    step, *rest = steps
    if isinstance(step, str):
        return {**plain, step: _with(plain.get(step, {}), tuple(rest), value) if rest else value}
    inner = _with(plain[step], tuple(rest), value) if rest else value
    return [*plain[:step], inner, *plain[step + 1 :]]


def _without(plain: Any, steps: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - likewise
    if len(steps) > 1:
        return _with(plain, steps[:1], _without(plain[steps[0]], steps[1:]))
    if isinstance(plain, dict):
        return {key: value for key, value in plain.items() if key != steps[0]}
    return [value for at, value in enumerate(plain) if at != steps[0]]


def _as_dict(item: Item) -> str | dict[str, str]:
    return item if isinstance(item, str) else dict(item)


def _nested_flow(keys: Sequence[str | int], value: str | list[Item]) -> str:
    key, *below = keys
    inner = "{" + _nested_flow(below, value) + "}" if below else _flow_value(value)
    return f"{scalar(str(key), '', flow=True)}: {inner}"


def _nested_block(keys: Sequence[str | int], value: str | list[Item], indent: str, eol: str) -> str:
    key, *below = keys
    head = f"{indent}{scalar(str(key), '', flow=True)}:"
    return head + (eol + _nested_block(below, value, f"{indent}  ", eol) if below else _block_value(value, indent, eol))


def _block_value(value: str | list[Item], indent: str, eol: str) -> str:
    """Return what stands behind a key and its colon."""
    if isinstance(value, str):
        return f" {scalar(value, '', flow=False)}"
    if all(isinstance(item, str) for item in value):
        return f" {_flow_value(value)}"
    return "".join(eol + _block_item(item, f"{indent}  ", eol) for item in value)


def _block_item(item: Item, indent: str, eol: str) -> str:
    if isinstance(item, str):
        return f"{indent}- {scalar(item, '', flow=False)}"
    lines = [f"{key}: {scalar(value, '', flow=False)}" for key, value in item.items()]
    return f"{indent}- " + f"{eol}{indent}  ".join(lines)


def _flow_value(value: str | list[Item]) -> str:
    return _flow(value) if isinstance(value, str) else f"[{', '.join(map(_flow, value))}]"


def _flow(item: Item) -> str:
    if isinstance(item, str):
        return scalar(item, "", flow=True)
    return "{" + ", ".join(f"{key}: {scalar(value, '', flow=True)}" for key, value in item.items()) + "}"


def scalar(value: str, style: str, *, flow: bool) -> str:
    """Return a text as YAML in the quotes that stood there, else in as few as it needs."""
    double = _UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
    single = "'" + value.replace("'", "''") + "'"
    order = {"'": (single, double), '"': (double,)}.get(style, (value, single, double))
    for written in order:
        root = compose(f"k: [{written}]" if flow else f"k: {written}")
        if not isinstance(root, Diagnostic) and _plain(root) == {"k": [value] if flow else value}:
            return written
    raise YamlEditError(f"{value!r} cannot be written")
