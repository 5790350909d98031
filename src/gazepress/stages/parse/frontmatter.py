"""What stands above the text? Front matter split off and read as a typed record, with what types alone cannot tell."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from msgspec import Struct

from gazepress.diagnostics import Diagnostic, Severity, problem
from gazepress.documents import ParseOptions
from gazepress.matter import AuthorMatter, FrontMatter, Matter, PageMatter, Status
from gazepress.sources import SourceKind
from gazepress.stages.parse.addresses import Where, classify, classify_picture
from gazepress.typed_yaml import Foreign, place_of, read_record
from gazepress.urls import slugify

_RECORDS: dict[SourceKind, type[Matter]] = {
    SourceKind.ARTICLE: FrontMatter,
    SourceKind.PAGE: PageMatter,
    SourceKind.AUTHOR: AuthorMatter,
}
_SHORTEST = {
    SourceKind.ARTICLE: "`title: …`, `date: 2026-03-09 14:30`",
    SourceKind.PAGE: "`title: …`",
    SourceKind.AUTHOR: "`name: …`",
}
# Keys of other generators. Those that hold something back there are refused: here they would let it out.
_FOREIGN = {
    "draft": Foreign("write `status: draft` to hold it back; else remove this line", refused=True),
    "published": Foreign("write `status: draft` to hold it back; else remove this line", refused=True),
    "publishDate": Foreign("write `embargo:` with a time and its offset; else remove this line", refused=True),
    "expiryDate": Foreign("nothing ends by itself here; remove this line", refused=True),
    "categories": Foreign("write `section:` for one, `tags:` for several"),
    "description": Foreign("write `summary:`"),
    "lastmod": Foreign("write `updated:`"),
    "permalink": Foreign("write `slug:`; its old addresses are `aliases:`"),
    "url": Foreign("write `slug:`; its old addresses are `aliases:`"),
}
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"\n(---|\.\.\.)[ \t]*(?:\n|\Z)")
_KEY_LINE = re.compile(r"[a-z_]+\s*:(?:\s|\Z)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_OLD_PATH = re.compile(r"/(?:[^/?#\\\s]+/)*(?:[^/?#\\\s]+\.html?)?")

Wrong = tuple[tuple[str | int, ...], str, str]  # where in the YAML, message, hint


class Front(Struct, frozen=True):
    """The front matter of a file, the text below it, and the line on which that text begins."""

    matter: Matter | None
    text: str
    text_line: int
    problems: tuple[Diagnostic, ...] = ()


def read_front_matter(kind: SourceKind, text: str, options: ParseOptions) -> Front:
    """Return the front matter of a whole file; without any, ``matter`` is None and ``text`` is what can be checked."""
    parts = split_front_matter(text)
    if parts is None:
        is_open = _OPENING.match(text) is not None
        return Front(None, "" if is_open else text, 1, (_unclosed(text) if is_open else _missing(kind, text),))
    yaml, below, line = parts
    zone = ZoneInfo(options.timezone)
    checked = read_record(yaml, _RECORDS[kind], timezone=zone, first_line=2, foreign=_FOREIGN)
    problems = list(checked.diagnostics)
    if checked.value is not None:
        problems += (_at(yaml, *wrong) for wrong in _wrong_values(checked.value, zone))
        problems += _missing_alt(yaml, checked.value)
    broken = any(found.severity is Severity.ERROR for found in problems)
    return Front(None if broken else checked.value, below, line, tuple(problems))


def split_front_matter(text: str) -> tuple[str, str, int] | None:
    """Return the YAML of a file, the text below it, and the line on which that begins; None if there are not both."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end() - 1) if opening else None
    if opening is None or closing is None:
        return None
    return text[opening.end() : closing.start(1)], text[closing.end() :], text.count("\n", 0, closing.end()) + 1


def _missing(kind: SourceKind, text: str) -> Diagnostic:
    first = text.lstrip().partition("\n")[0].rstrip()
    if first == "---":
        hint = "delete what stands above the line `---`, so that it is the first one"
    elif first == "+++":
        hint = "front matter is YAML here: a line `---` above and below it, and `key: value` between"
    elif _KEY_LINE.match(first):
        hint = "put a line `---` above the first key, and another below the last one"
    else:
        hint = f"begin with the lines `---`, {_SHORTEST[kind]}, `---`"
    return problem("front-matter-missing", "the file does not start with front matter", line=1, column=1, hint=hint)


def _unclosed(text: str) -> Diagnostic:
    lines = text.rstrip("\n").split("\n")
    last = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    hint = f"put a line `---` below the last key, probably after line {last}"
    return problem("front-matter-unclosed", "the front matter has no end", line=1, column=1, hint=hint)


def _at(yaml: str, path: tuple[str | int, ...], message: str, hint: str) -> Diagnostic:
    line, column = place_of(yaml, *path)
    return problem("wrong-value", message, line=line + 1, column=column, hint=hint)


def _missing_alt(yaml: str, matter: Matter) -> Iterator[Diagnostic]:
    if isinstance(matter, FrontMatter) and matter.image is not None and matter.image.alt is None:
        line, column = place_of(yaml, "image")
        hint = 'say what it shows: `alt: …`, or `alt: ""` if it only decorates'
        yield problem("alt-missing", "the lead picture has no `alt`", line=line + 1, column=column, hint=hint)


def _wrong_values(matter: Matter, zone: ZoneInfo) -> Iterator[Wrong]:
    if matter.slug and not _SLUG.fullmatch(matter.slug):
        plain = slugify(matter.slug)
        hint = f"write `slug: {plain}`" if plain else "use a-z, 0-9 and hyphens"
        yield ("slug",), f"'slug' cannot be {matter.slug!r}", hint
    if not isinstance(matter, AuthorMatter):
        if matter.lang and not _LANGUAGE.fullmatch(matter.lang):
            yield ("lang",), f"'lang' cannot be {matter.lang!r}", "a BCP 47 tag, such as en or uk"
        yield from _wrong_aliases(matter.aliases)
    if isinstance(matter, FrontMatter):
        yield from _nameless(matter)
        yield from _wrong_times(matter, zone)
        if matter.gone and matter.status is not Status.GONE:
            yield ("gone",), "'gone' is told only of an article that is", "write `status: gone`, or take it out"
    if not isinstance(matter, PageMatter):
        yield from _wrong_addresses(matter)
    elif matter.status is Status.GONE:
        hint = "let its address go with `gazepress build --accept-lost`, or redirect it in site.yaml"
        yield ("status",), "a standing page cannot be `gone`", hint


def _wrong_aliases(aliases: tuple[str, ...]) -> Iterator[Wrong]:
    for number, alias in enumerate(aliases):
        decoded = unquote(alias)
        if _OLD_PATH.fullmatch(alias) and decoded.isprintable() and not {".", ".."} & set(decoded.split("/")):
            continue
        path = unquote(re.sub(r"[A-Za-z]+://[^/]*|[?#].*", "", alias))
        steps = [step for step in re.split(r"[/\\]+", path) if step.strip(".") and step.isprintable()]
        plain = "%20".join("/".join(steps).split())
        hint = f"a path of this site from its first slash to its last: /{plain}{'/' if plain else ''}"
        yield ("aliases", number), f"'aliases' cannot hold {alias!r}", hint


def _nameless(matter: FrontMatter) -> Iterator[Wrong]:
    """Yield the tags, and the section, of which no address can be made."""
    named: list[tuple[tuple[str | int, ...], str]] = [(("tags", number), tag) for number, tag in enumerate(matter.tags)]
    for key, name in [(("section",), matter.section), *named]:
        if name and not slugify(name):
            yield key, f"no address can be made of {name!r}", "write it with letters or digits"


def _wrong_times(matter: FrontMatter, zone: ZoneInfo) -> Iterator[Wrong]:
    if matter.embargo is not None and matter.embargo.tzinfo is zone:
        hint = f"write `embargo: {_with_offset(matter.embargo)}` if it is the time in {zone}"
        yield ("embargo",), "'embargo' needs an offset, so that nobody can misread it", hint
    if matter.until is not None and matter.until.tzinfo is zone:
        hint = f"write `until: {_with_offset(matter.until)}` if it is the time in {zone}"
        yield ("until",), "'until' needs an offset, so that nobody can misread it", hint
    if matter.until is not None and not (matter.lead or matter.weight):
        hint = "it ends `lead: true` or `weight:`; no article goes away by itself"
        yield ("until",), "'until' has nothing here to end", hint
    if matter.updated is not None and matter.updated < matter.date:
        hint = f"it was published {_with_offset(matter.date)}; correct one of the two"
        yield ("updated",), f"'updated' is before 'date': {_with_offset(matter.updated)}", hint


def _wrong_addresses(matter: FrontMatter | AuthorMatter) -> Iterator[Wrong]:
    if matter.image is not None and classify_picture(matter.image.src.text)[0] is Where.UNSAFE:
        hint = "a file beside the text (map.png), a path of the site (/images/map.png) or a full address"
        yield ("image", "src"), f"'image.src' cannot be {matter.image.src.text!r}", hint
    if matter.image is not None and not (
        len(matter.image.focus) == len("xy") and all(0 <= one <= 1 for one in matter.image.focus)
    ):
        hint = "two parts of 1, from left and from top: [0.5, 0.5] is the middle"
        yield ("image", "focus"), "'image.focus' must be a point in the picture", hint
    key, sources = ("sources", matter.sources) if isinstance(matter, FrontMatter) else ("links", matter.links)
    for number, source in enumerate(sources):
        if source.url and classify(source.url)[0] is not Where.ELSEWHERE:
            yield (key, number, "url"), f"'url' cannot be {source.url!r}", "write a full address: https://…"


def _with_offset(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")
