"""What stands above the text? Front matter split off and read as a typed record, with what types alone cannot tell."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from gazepress.diagnostics import Diagnostic, Severity, problem
from gazepress.model import AuthorMatter, FrontMatter, Matter, PageMatter, ParseOptions, PictureMatter, SourceKind
from gazepress.stages.parse.addresses import Where, classify
from gazepress.typed_yaml import Located, read_record
from gazepress.urls import scheme, slugify

_RECORDS: dict[SourceKind, type[Matter]] = {
    SourceKind.ARTICLE: FrontMatter,
    SourceKind.PAGE: PageMatter,
    SourceKind.AUTHOR: AuthorMatter,
}
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY_LINE = re.compile(r"[a-z_]+\s*:(?:\s|\Z)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_OLD_PATH = re.compile(r"/(?:[^/?#\\\s]+/)*(?:[^/?#\\\s]+\.html?)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A control character cannot stand in YAML as it is; one can only be written as an escape in a quoted text.
_CONTROL_ESCAPE = re.compile(
    r"\\(?:[0abevf]|x(?:0[0-8bceBCEf-fF]|1\w)|u00[01]\w|ufff[efEF]|U000000[01]\w|U0000fff[ef])", re.IGNORECASE
)

Wrong = tuple[str, str, str, str]  # key, text to look for after it, message, hint


class Front(Struct, frozen=True):
    """The front matter of a file, the text below it, and the line on which that text begins."""

    matter: Matter | None
    text: str
    text_line: int
    problems: tuple[Diagnostic, ...] = ()


def read_front_matter(kind: SourceKind, text: str, options: ParseOptions) -> Front:
    """Return the front matter of a whole file; without any, ``matter`` is None and ``text`` is what can be checked."""
    opening = _OPENING.match(text)
    if opening is None:
        return Front(None, text, 1, (_missing(text),))
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return Front(None, "", 1, (_unclosed(text),))
    yaml, below = text[opening.end() : closing.start()], text[closing.end() :]
    zone = ZoneInfo(options.timezone)
    checked = read_record(yaml, _RECORDS[kind], timezone=zone, first_line=2)
    problems = list(checked.diagnostics)
    if checked.value is not None:
        problems += _wrong_places(checked.value)
        problems += (_at_key(yaml, *wrong) for wrong in _wrong_values(checked.value, yaml, zone))
    broken = any(found.severity is Severity.ERROR for found in problems)
    return Front(None if broken else checked.value, below, text.count("\n", 0, closing.end()) + 1, tuple(problems))


def _missing(text: str) -> Diagnostic:
    first = text.lstrip().partition("\n")[0].rstrip()
    if first == "---":
        hint = "delete what stands above the line `---`, so that it is the first one"
    elif first == "+++":
        hint = "front matter is YAML here: a line `---` above and below it, and `key: value` between"
    elif _KEY_LINE.match(first):
        hint = "put a line `---` above the first key, and another below the last one"
    else:
        hint = "begin with the lines `---`, `title: …`, `date: 2026-03-09 14:30`, `---`"
    return problem("front-matter-missing", "the file does not start with front matter", line=1, column=1, hint=hint)


def _unclosed(text: str) -> Diagnostic:
    lines = text.rstrip("\n").split("\n")
    last = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    hint = f"put a line `---` below the last key, probably after line {last}"
    return problem("front-matter-unclosed", "the front matter has no end", line=1, column=1, hint=hint)


def _wrong_values(matter: Matter, yaml: str, zone: ZoneInfo) -> Iterator[Wrong]:
    name = "name" if isinstance(matter, AuthorMatter) else "title"
    if not getattr(matter, name).strip():
        yield name, "", f"{name!r} is empty", f"write it: `{name}: …`"
    if matter.slug and not _SLUG.fullmatch(matter.slug):
        plain = slugify(matter.slug)
        hint = f"write `slug: {plain}`" if plain else "use a-z, 0-9 and hyphens"
        yield "slug", "", f"'slug' cannot be {matter.slug!r}", hint
    if not isinstance(matter, AuthorMatter):
        if matter.lang and not _LANGUAGE.fullmatch(matter.lang):
            yield "lang", "", f"'lang' cannot be {matter.lang!r}", "a BCP 47 tag, such as en or uk"
        yield from _wrong_aliases(matter.aliases)
    if isinstance(matter, FrontMatter):
        yield from _wrong_times(matter, zone)
    yield from _wrong_addresses(matter)
    if "\\" in yaml and _CONTROL.search(str(msgspec.to_builtins(matter, enc_hook=str))):
        yield "", "", "a control character is written as an escape in a quoted text", "remove it"


def _wrong_aliases(aliases: tuple[str, ...]) -> Iterator[Wrong]:
    for alias in aliases:
        if _OLD_PATH.fullmatch(alias) and not {".", ".."} & set(alias.split("/")):
            continue
        plain = "/" + "/".join(part for part in re.split(r"[/\\?#\s]+", alias) if part.strip("."))
        hint = f"a path of this site from its first slash to its last: {plain.removesuffix('/')}/"
        yield "aliases", alias, f"'aliases' cannot hold {alias!r}", hint


def _wrong_times(matter: FrontMatter, zone: ZoneInfo) -> Iterator[Wrong]:
    if matter.embargo is not None and matter.embargo.tzinfo is zone:
        hint = f"write `embargo: {_with_offset(matter.embargo)}` if it is the time in {zone}"
        yield "embargo", "", "'embargo' needs an offset, so that nobody can misread it", hint
    if matter.updated is not None and matter.updated < matter.date:
        hint = f"it was published {_with_offset(matter.date)}; correct one of the two"
        yield "updated", "", f"'updated' is before 'date': {_with_offset(matter.updated)}", hint


def _wrong_addresses(matter: Matter) -> Iterator[Wrong]:
    sources = {FrontMatter: "sources", AuthorMatter: "links"}.get(type(matter))
    for source in getattr(matter, sources) if sources else ():
        if source.url and scheme(source.url) not in ("http", "https", "mailto", "tel"):
            hint = "write a full address: https://…"
            yield sources or "", source.url, f"'url' cannot be {source.url!r}", hint


def _wrong_places(matter: Matter) -> Iterator[Diagnostic]:
    """Return what is wrong with the values that know their own place."""
    image: PictureMatter | None = getattr(matter, "image", None)
    if image is not None and (not image.src.text.strip() or classify(image.src.text)[0] is Where.UNSAFE):
        hint = "a file beside the text (map.png), a path of the site (/images/map.png) or a full address"
        yield _at(image.src, f"'image.src' cannot be {image.src.text!r}", hint)
    for key in ("related", "follows"):
        for one in getattr(matter, key, ()):
            if not one.text.strip():
                yield _at(one, f"{key!r} holds an empty entry", "name an article by its slug, title or path")


def _at(place: Located, message: str, hint: str) -> Diagnostic:
    return problem("wrong-value", message, line=place.line, column=place.column, hint=hint)


def _at_key(yaml: str, key: str, value: str, message: str, hint: str) -> Diagnostic:
    """Return a problem at the value below a key of the first level, or at the key itself if no value is named."""
    found = re.search(rf"^['\"]?{key}['\"]?\s*:", yaml, re.MULTILINE) if key else _CONTROL_ESCAPE.search(yaml)
    at = found.start() if found else 0
    if value:
        at = max(at, yaml.find(value, at))
    line = yaml.count("\n", 0, at) + 2
    return problem("wrong-value", message, line=line, column=at - yaml.rfind("\n", 0, at), hint=hint)


def _with_offset(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")
