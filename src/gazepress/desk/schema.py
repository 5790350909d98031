"""What may front matter and settings say? JSON Schema, for editors and other programs that know YAML.

The schemas are draft 7 (json-schema.org/draft-07), which YAML language servers read. They are made of the records that
read the files, and so say the same keys, kinds and descriptions; what only the whole site can tell, they do not know.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.inspect import (
    BoolType,
    DateTimeType,
    DictType,
    EnumType,
    Field,
    FloatType,
    IntType,
    Metadata,
    StrType,
    StructType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

from gazepress.located import Located
from gazepress.matter import AuthorMatter, FrontMatter, Layout, PageMatter
from gazepress.settings import Settings

Schema = dict[str, Any]

RECORDS: Mapping[str, type[Struct]] = {
    "front-matter": FrontMatter,
    "page": PageMatter,
    "author": AuthorMatter,
    "front": Layout,
    "site": Settings,
}
"""What there are schemas of, by the name that ``gazepress schema`` knows."""

_TITLES = {
    "front-matter": "Front matter of an article",
    "page": "Front matter of a standing page",
    "author": "Front matter of an author",
    "front": "Front page of the site: content/_front.yaml",
    "site": "Settings of the site: site.yaml",
}
_TEXT: Schema = {"type": ["string", "number", "boolean"]}  # `title: 2026` is a text, whatever YAML makes of it
_FLAG: Schema = {"enum": [True, False, "yes", "no", "on", "off"]}  # the last four are words in YAML 1.2
_TIME: Schema = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}", "examples": ["2026-03-09 14:30"]}


def schema(name: str) -> Schema:
    """Return the JSON Schema of one of ``RECORDS``."""
    described = _record(type_info(RECORDS[name]))
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": _TITLES[name], **described}


def _of(kind: Type) -> Schema:
    return _MAKERS[type(kind)](kind)


def _record(kind: Type) -> Schema:
    assert isinstance(kind, StructType)
    if kind.cls is Located:
        return _TEXT
    return {
        "type": "object",
        "description": (kind.cls.__doc__ or "").partition("\n")[0],
        "properties": {field.encode_name: _field(field) for field in kind.fields},
        "required": [field.encode_name for field in kind.fields if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    described = _of(field.type)
    default = field.default
    if isinstance(default, (str, bool, int)) and default != "":  # an empty text stands for a default in words
        described = {**described, "default": default.value if isinstance(default, StrEnum) else default}
    return described


def _described(kind: Type) -> Schema:
    assert isinstance(kind, Metadata)
    return {**_of(kind.type), **(kind.extra_json_schema or {})}


def _list(kind: Type) -> Schema:
    assert isinstance(kind, VarTupleType)
    entries = _of(kind.item_type)
    many: Schema = {"type": "array", "items": entries}
    if kind.max_length is not None:
        many["maxItems"] = kind.max_length
    return {"anyOf": [many, _TEXT]} if entries == _TEXT else many  # one text is a list of one


def _whole_number(kind: Type) -> Schema:
    assert isinstance(kind, IntType)
    bounds = {"minimum": kind.ge, "maximum": kind.le}
    return {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}


def _choice(kind: Type) -> Schema:
    assert isinstance(kind, EnumType)
    return {"enum": [choice.value for choice in kind.cls]}


def _mapping(kind: Type) -> Schema:
    assert isinstance(kind, DictType)
    return {"type": "object", "additionalProperties": _of(kind.value_type)}


def _optional(kind: Type) -> Schema:
    assert isinstance(kind, UnionType)
    return next(_of(one) for one in kind.types if not isinstance(one, msgspec.inspect.NoneType))


_MAKERS: Mapping[type[Type], Callable[[Type], Schema]] = {
    StructType: _record,
    Metadata: _described,
    VarTupleType: _list,
    IntType: _whole_number,
    EnumType: _choice,
    DictType: _mapping,
    UnionType: _optional,
    StrType: lambda _: _TEXT,
    BoolType: lambda _: _FLAG,
    FloatType: lambda _: {"type": "number"},
    DateTimeType: lambda _: _TIME,
    msgspec.inspect.AnyType: lambda _: {},
}
