"""Write the reference tables of the documents from the records and modules that they describe.

``python tools/write_docs.py`` writes each table between ``<!-- reference: NAME -->`` and ``<!-- end -->``. With
``--check`` it writes nothing, names the documents that are out of date, and exits with 1 if there are any.
"""

import ast
import re
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from jinja2 import Environment, nodes
from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import FieldInfo, fields

from gazepress import theme
from gazepress.desk.check.rules import RULES
from gazepress.diagnostics import CODES
from gazepress.located import Located
from gazepress.matter import (
    AuthorMatter,
    FrontMatter,
    Layout,
    PageMatter,
)
from gazepress.page_views import TEMPLATES
from gazepress.phrases import BUILT_IN_PHRASES, Phrases
from gazepress.settings import (
    Level,
    Settings,
)
from gazepress.stages.parse.rawhtml import ATTRIBUTES, ELEMENTS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src/gazepress"

_BLOCK = re.compile(r"(<!-- reference: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
_WORDS: dict[Any, str] = {
    str: "text",
    Located: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    datetime: "time",
    Any: "anything",
}
_OWN_KEYS: dict[Any, str] = {
    Any: "keys of your own",
    Level: "word for each code",
    dict[str, Level]: "words by code for each path",
}
Lines = Iterator[str]


def main() -> int:
    """Bring all documents up to date, or only tell which are not."""
    only_check = sys.argv[1:] == ["--check"]
    stale = False
    for file in sorted([ROOT / "ARCHITECTURE.md", *ROOT.glob("docs/*.md")]):
        text = file.read_text("utf-8")
        if (new := filled(text)) == text:
            continue
        stale = True
        if only_check:
            sys.stderr.write(f"{file.relative_to(ROOT)} is out of date: run `make docs`\n")
        else:
            file.write_text(new, "utf-8")
    return 1 if only_check and stale else 0


def filled(text: str) -> str:
    """Return a document with each of its tables as the records give it now."""
    return _BLOCK.sub(lambda block: block[1] + "\n" + "\n".join(REFERENCES[block[2]]()) + "\n\n" + block[3], text)


def _modules() -> Lines:
    """Yield the table of the modules that lie in packages, each with the sentence that it opens with."""
    return _table(("module", "what it answers"), _module_rows())


def _module_rows() -> Iterator[tuple[str, ...]]:
    for file in sorted([*PACKAGE.glob("desk/**/*.py"), *PACKAGE.glob("stages/*/*.py")]):
        if file.name != "__init__.py" and file.parent.name != "rules":
            said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
            yield f"`{file.relative_to(PACKAGE).as_posix()}`", said.partition("\n")[0].replace("``", "`")


def _settings() -> Lines:
    yield from _yaml_tables(Settings)


def _phrases() -> Lines:
    for language, phrases in BUILT_IN_PHRASES.items():
        yield from _table((f"`{language}`", "built-in phrases"), _phrase_rows(phrases))
        yield ""


def _phrase_rows(phrases: Phrases) -> Iterator[tuple[str, ...]]:
    for field in fields(Phrases):
        yield f"`{field.name}`", "<br>".join(getattr(phrases, field.name))


def _articles() -> Lines:
    yield from _yaml_tables(FrontMatter)


def _layout() -> Lines:
    yield from _yaml_tables(Layout)


def _yaml_tables(record: type[Struct]) -> Lines:
    """Yield the table of a record of YAML, and those of all that stands below its keys."""
    yield from _yaml_table(record)
    for part in with_parts(record)[1:]:
        if part is not Located:
            yield from ("", f"### {_part_name(part)}", "", _sentence(part), "")
            yield from _yaml_table(part)


def _yaml_table(record: type[Struct]) -> Lines:
    rows = (
        (f"`{one.name}`", _in_words(one.type, _part_link).removesuffix(" or none"), _default(one), description(one))
        for one in fields(record)
    )
    return _table(("key", "value", "default", "what it is"), rows)


def _part_name(record: type[Struct]) -> str:
    """Return what a record that stands below a key of YAML is called: `FeedSettings` are feed settings."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record.__name__).removesuffix(" Matter").removesuffix(" Setting")
    return words.capitalize()


def _part_link(record: type[Struct]) -> str:
    name = _part_name(record).lower()
    return f"[{name}](#{name.replace(' ', '-')})"


def _templates() -> Lines:
    rows = (
        (f"`{name}`", _record_link(record), _sentence(record).partition(":")[0]) for name, record in TEMPLATES.items()
    )
    return _table(("template", "record", "what it draws"), rows)


def _records() -> Lines:
    for record in with_parts(*TEMPLATES.values()):
        rows = ((f"`{one.name}`", _in_words(one.type, _record_link), description(one)) for one in fields(record))
        yield from (f"### {record.__name__}", "", _sentence(record), "")
        yield from _table(("name", "value", "what it is"), rows)
        yield ""


def with_parts(*records: type[Struct]) -> list[type[Struct]]:
    """Return the records, and after them all that their fields are made of, each once."""
    found = list(dict.fromkeys(records))
    for record in found:  # grows while it is walked
        kinds = (part for field in fields(record) for part in _structs(field.type))
        found += (part for part in dict.fromkeys(kinds) if part not in found)
    return found


def _structs(kind: Any) -> Iterator[type[Struct]]:  # noqa: ANN401 - any type that a field may have
    if isinstance(kind, type) and issubclass(kind, Struct):
        yield kind
    for argument in typing.get_args(kind):
        yield from _structs(argument)


def _record_link(record: type[Struct]) -> str:
    return f"[{record.__name__}](#{record.__name__.lower()})"


def _blocks() -> Lines:
    """Yield the theme's templates with the blocks that each adds to those of the template it extends."""
    rows = []
    for file in sorted(theme.TEMPLATES.rglob("*.html")):
        tree = Environment(autoescape=True).parse(file.read_text("utf-8"))
        parents = [str(node.template.as_const()) for node in tree.find_all(nodes.Extends)]
        own = [f"`{block.name}`" for block in tree.find_all(nodes.Block)]
        names = ", ".join(own) or "–"
        rows.append((f"`{file.relative_to(theme.TEMPLATES).as_posix()}`", f"`{parents[0]}`" if parents else "–", names))
    return _table(("template", "extends", "blocks"), iter(rows))


def _raw_html() -> Lines:
    own = {name: attributes for name, attributes in sorted(ELEMENTS.items()) if attributes}
    yield f"Elements: {_quoted(ELEMENTS)}, and `img` with `src`, `alt`, `width` and `height`."
    yield ""
    yield f"Attributes of every element: {_quoted(ATTRIBUTES)}."
    yield ""
    yield "Attributes of one element: " + "; ".join(f"{_quoted(own[name])} of `{name}`" for name in own) + "."


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _codes() -> Lines:
    rows = ((f"`{name}`", code.severity.value, code.meaning, code.mend) for name, code in CODES.items())
    return _table(("code", "severity", "what it means", "how to mend it"), rows)


def _rules() -> Lines:
    rows = ((f"`{rule.code}`", rule.severity.value, rule.meaning, rule.mend) for rule in RULES)
    return _table(("code", "severity", "what it means", "how to mend it"), rows)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Lines:
    for row in (head, ("---",) * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |"


def _in_words(kind: Any, link: Callable[[type[Struct]], str]) -> str:  # noqa: ANN401 - any type that a field may have
    """Return a type as a reader of the documents says it; ``link`` names another record."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Annotated:
        return _in_words(arguments[0], link)
    if origin in (typing.Union, types.UnionType):
        return " or ".join("none" if one is type(None) else _in_words(one, link) for one in arguments)
    if origin is tuple:
        plural = "s" if isinstance(arguments[0], type) else ""  # `list of [card](#card)s` reads as one word
        return f"list of {_in_words(arguments[0], link)}{plural}"
    if origin is dict:
        return _OWN_KEYS.get(arguments[1]) or f"{_in_words(arguments[1], link)} for each language"
    if issubclass(kind, StrEnum):
        return "word"
    return _WORDS[kind] if kind in _WORDS else link(kind)


def _default(field: FieldInfo) -> str:
    if field.required:
        return "**required**"
    if field.default is NODEFAULT or field.default in ("", (), None):
        return "–"
    if isinstance(field.default, Struct):
        return "see there"
    if isinstance(field.default, tuple):
        return f"`[{', '.join(map(str, field.default))}]`"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def description(field: FieldInfo) -> str:
    """Return what a field's type says that it is."""
    metas = [one for one in typing.get_args(field.type) if isinstance(one, Meta)]
    return next((one.description for one in metas if one.description), "")


def _sentence(record: type[Struct]) -> str:
    """Return the first sentence of what a record says of itself."""
    found = re.match(r".+?\.(?=\s|$)", record.__doc__ or "")
    return found[0].replace("``", "`") if found else ""


REFERENCES: dict[str, Callable[[], Lines]] = {
    "settings": _settings,
    "phrases": _phrases,
    "articles": _articles,
    "layout": _layout,
    "pages": lambda: _yaml_table(PageMatter),
    "authors": lambda: _yaml_table(AuthorMatter),
    "templates": _templates,
    "records": _records,
    "blocks": _blocks,
    "raw-html": _raw_html,
    "codes": _codes,
    "rules": _rules,
    "modules": _modules,
}
"""What can stand between the markers of a document."""

if __name__ == "__main__":
    sys.exit(main())
