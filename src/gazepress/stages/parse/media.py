"""May this picture or document of an article be published? Nothing that a browser would run for a reader may."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from xml.parsers import expat

from gazepress.diagnostics import Diagnostic, problem

HARMLESS = frozenset(
    ".avif .bmp .csv .doc .docx .epub .flac .geojson .gif .gpx .ics .jpeg .jpg .json .kml .m4a .mp3 .mp4 .odp .ods .odt"
    " .ogg .opus .pdf .png .ppt .pptx .svg .tif .tiff .tsv .txt .vtt .wav .webm .webp .xls .xlsx .zip".split()
)
"""Endings of files that articles may bring along. Browsers run scripts of HTML, XML and the like as the site's own."""

_ACTIVE = frozenset(["script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio", "video"])
_CHANGES_ATTRIBUTES = frozenset(["set", "animate", "animatetransform", "animatemotion"])
_ELSEWHERE = re.compile(r"@import|expression\s*\(|url\(\s*['\"]?\s*(?!['\"#])", re.IGNORECASE)
_ENCODINGS = ("UTF-8", "UTF-16", "US-ASCII", "ISO-8859-1")  # which expat reads by itself, as browsers do
_EMBEDDED = re.compile(r"data:image/(png|jpeg|gif|webp|avif);", re.IGNORECASE)


def check_media(path: str, data: bytes) -> tuple[Diagnostic, ...]:
    """Return what forbids to publish a file that lies beside articles; nothing for a harmless one."""
    ending = PurePosixPath(path).suffix.lower()
    if ending not in HARMLESS:
        hint = "offer it as PDF, or put it into static/ if the publication itself answers for it"
        return (problem("unsafe-file", f"articles cannot bring along {ending or 'such'} files", path=path, hint=hint),)
    return _check_drawing(path, data) if ending == ".svg" else ()


def _check_drawing(path: str, data: bytes) -> tuple[Diagnostic, ...]:
    drawing = _Drawing(path)
    try:
        drawing.parser.Parse(data, True)  # noqa: FBT003 - expat takes its arguments by position
    except (LookupError, ValueError):  # an encoding that Python has not heard of, or one of several bytes
        return (_strange_encoding(path),)
    except expat.ExpatError as error:
        message = f"this drawing cannot be read: {expat.ErrorString(error.code)}"
        line, column, hint = error.lineno, error.offset + 1, "save it as SVG once more"
        return (problem("unsafe-svg", message, path=path, line=line, column=column, hint=hint),)
    return tuple(drawing.problems)


def _strange_encoding(path: str) -> Diagnostic:
    return problem("unsafe-svg", "this drawing is not UTF-8 text", path=path, line=1, column=1, hint="save it as UTF-8")


class _Drawing:
    """A walk through an SVG file that takes down all that could act."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Diagnostic] = []
        self.in_style = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.EntityDeclHandler = self._entity
        self.parser.XmlDeclHandler = self._declaration

    def _report(self, what: str) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        message, hint = f"the drawing holds {what}", "save it as plain SVG: shapes, colours and words only"
        self.problems.append(problem("unsafe-svg", message, path=self.path, line=line, column=column, hint=hint))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = _local(name)
        self.in_style = element == "style"
        if element in _ACTIVE:
            self._report(f"an element <{element}>")
        for full_name, value in attributes.items():
            attribute = _local(full_name)
            if attribute.startswith("on"):
                self._report(f"an event handler {attribute}")
            elif (
                attribute in ("href", "src")
                and not value.strip().startswith("#")
                and not _EMBEDDED.match(value.strip())
            ):
                self._report(f"an address of something else: {value.strip()[:60]!r}")
            elif element in _CHANGES_ATTRIBUTES and attribute == "attributename" and _is_active_name(value):
                self._report(f"an animation of {value.strip()[:60]!r}")
            elif _ELSEWHERE.search(value):
                self._report(f"a style that loads something else: {value.strip()[:60]!r}")

    def _end(self, _: str) -> None:
        self.in_style = False

    def _text(self, text: str) -> None:
        if self.in_style and ("\\" in text or _ELSEWHERE.search(text)):
            self._report("a style that loads something else")

    def _instruction(self, target: str, _: str) -> None:
        self._report(f"a processing instruction <?{target[:60]}?>")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() not in _ENCODINGS:
            self.problems.append(_strange_encoding(self.path))

    def _entity(self, name: str, *_: object) -> None:
        self._report(f"a declaration of an entity {name[:60]!r}")
        # An entity may stand for a million others; the rest of such a file is not worth reading.
        self.parser.EntityDeclHandler = None
        self.parser.StartElementHandler = None


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()


def _is_active_name(value: str) -> bool:
    name = value.strip().rpartition(":")[2].lower()
    return name == "href" or name.startswith("on")
