"""What does a rule see of one text? Its front matter, and what a reader hears of its body, with places."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from html import unescape

from markdown_it.token import Token
from msgspec import Struct

from gazepress.documents import Document, ParseOptions
from gazepress.stages.parse.frontmatter import split_front_matter
from gazepress.stages.parse.ledger import Ledger
from gazepress.stages.parse.markdown import tokenize
from gazepress.stages.parse.plain import heard, plain_text
from gazepress.stages.parse.readmore import split_read_more
from gazepress.stages.parse.structure import open_boxes

Place = tuple[int, int]  # line and column in the file, from 1


class Kind(StrEnum):
    """What a passage is to a reader."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"  # of a list
    CELL = "cell"  # of a table
    QUOTE = "quote"
    NOTE = "note"  # at the foot of the text


class Link(Struct, frozen=True):
    """A link in a passage: its words, and its address as it is written."""

    words: str
    address: str
    place: Place


class Picture(Struct, frozen=True):
    """A picture in the body: its address as it is written, and the words for those who cannot see it."""

    address: str
    alt: str
    place: Place


class Passage:
    """A run of words that a reader takes in one go. ``text`` is what is heard; a line break in it is a line end."""

    def __init__(self, kind: Kind, level: int, inline: Token, ledger: Ledger) -> None:
        self.kind = kind
        self.level = level  # of a heading, as on the page: 2 to 6; else 0
        self.text = plain_text(inline.children)
        self._inline = inline
        self._ledger = ledger

    def place(self, offset: int) -> Place:
        """Return where a character of ``text`` stands in the file."""
        at = 0
        source: int = self._inline.meta.get("start", 0)
        for token, start in self._pieces():
            said = heard(token)
            source = start
            if at <= offset < at + len(said):
                source = _behind(self._inline.content, said, start, offset - at)
                break
            at += len(said)
        return self._ledger.place(self._inline, source)

    def is_set_off(self, offset: int) -> bool:
        """Tell whether a character of ``text`` stands in emphasis or in a link."""
        at = 0
        depth = 0
        for token, _ in self._pieces():
            depth += token.nesting
            at += len(heard(token))
            if at > offset:
                return depth > 0
        return False

    @cached_property
    def unquoted(self) -> str:
        """The text with spaces for all that stands in quotation marks: what the author says, at the same places."""
        return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), self.text)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links in the passage, also those to pages of this site."""
        return tuple(self._links()) if self._holds("link_open") else ()

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """The pictures in the passage."""
        return tuple(self._pictures()) if self._holds("image") else ()

    def _holds(self, kind: str) -> bool:
        return any(token.type == kind for token in self._inline.children or ())

    def _pictures(self) -> Iterator[Picture]:
        for token, start in self._pieces():
            if token.type == "image":
                alt = " ".join(plain_text(token.children).split())
                yield Picture(str(token.attrs.get("src", "")), alt, self._ledger.place(self._inline, start))

    def _links(self) -> Iterator[Link]:
        opened: tuple[Token, int] | None = None
        words = ""
        for token, start in self._pieces():
            if token.type == "link_open":
                opened, words = (token, start), ""
            elif token.type == "link_close" and opened is not None:
                address = str(opened[0].attrs.get("href", ""))
                yield Link(words, address, self._ledger.place(self._inline, opened[1]))
                opened = None
            else:
                words += heard(token)

    def _pieces(self) -> Iterator[tuple[Token, int]]:
        """Yield the inline tokens, and where each begins in the source of the passage as near as can be told."""
        source = self._inline.content
        cursor: int = self._inline.meta.get("start", 0)
        for token in self._inline.children or ():
            said = heard(token)
            noted = token.meta.get("at", -1) if token.meta else -1
            start = max(noted, cursor) if noted >= 0 or not said else _find(source, said, cursor)
            yield token, start
            cursor = _behind(source, said, start, len(said))
            if token.type == "link_close" and source.startswith("](", cursor):
                cursor = source.find(")", cursor) + 1 or cursor


def _find(source: str, said: str, cursor: int) -> int:
    """Return where words begin that are heard behind ``cursor``: behind some markup, perhaps with escapes."""
    if source.startswith(said, cursor):
        return cursor
    starts = range(cursor, min(cursor + _MARKUP, len(source)))
    written = (start for start in starts if _behind(source, said, start, len(said)) > start)
    return next(written, max(cursor, source.find(said, cursor)))


def _behind(source: str, said: str, start: int, count: int) -> int:
    """Return where the first characters of words end, written from ``start`` on; ``start`` if others are there."""
    if source.startswith(said[:count], start):
        return start + count
    at = start
    for character in said[:count]:
        entity = _ENTITY.match(source, at)
        if entity and unescape(entity[0]) == character:
            at = entity.end()
        elif source.startswith("\\" + character, at):
            at += 2
        elif source.startswith(character, at):
            at += 1
        else:
            return start
    return at


class Text:
    """One text, with what parse has made of it; it knows neither its path nor any other text."""

    def __init__(self, document: Document, language: str, passages: tuple[Passage, ...], source: str) -> None:
        self.document = document
        self.language = language  # without region and script: en, uk
        self.passages = passages
        self.source = source  # of the whole file, as edits count it: with byte order mark and line ends

    def place_of(self, *keys: str | int) -> Place:
        """Return where a value of the front matter stands: ``"sources", 0, "url"``."""
        return place_in_front(self.source, *keys)

    @cached_property
    def told(self) -> tuple[Passage, ...]:
        """What the author tells in sentences: paragraphs, items of lists, notes."""
        return tuple(one for one in self.passages if one.kind in _TOLD)

    @cached_property
    def counted(self) -> tuple[Passage, ...]:
        """Those of them that hold a digit."""
        return tuple(one for one in self.told if _DIGIT.search(one.text))


_TOLD = (Kind.PARAGRAPH, Kind.ITEM, Kind.NOTE)
_MARKUP = 40  # characters; more signs hardly stand in front of one word
_ENTITY = re.compile(r"&#?\w{1,32};")
_DIGIT = re.compile(r"\d")
_QUOTED = re.compile(r"“[^”]*(?:”|\Z)|«[^»]*(?:»|\Z)|„[^“”]*(?:[“”]|\Z)|\"[^\"\n]*\"")
_LINE_END = re.compile(r"\r\n?")


def read(data: bytes, document: Document, options: ParseOptions) -> Text:
    """Return a text that parse could read as rules see it. ``document`` is what parse made of it."""
    source = data.decode()
    parts = split_front_matter(_plain(source))
    assert parts is not None
    _, below, line = parts
    language = getattr(document.matter, "lang", "") or options.language
    phrases = options.phrases.get(language) or options.phrases[options.language]
    ledger = Ledger(below, line)
    tokens = split_read_more(open_boxes(tokenize(below)), phrases.read_more, ledger)
    return Text(document, language.partition("-")[0], tuple(_passages(tokens, ledger)), source)


def place_in_front(source: str, *keys: str | int) -> Place:
    """Return where a value stands in the front matter of a file, whose text is ``source``."""
    from gazepress.typed_yaml import place_of

    parts = split_front_matter(_plain(source))
    line, column = place_of(parts[0] if parts else "", *keys)
    return line + 1, column


def _plain(source: str) -> str:
    return _LINE_END.sub("\n", source.removeprefix("\ufeff"))


def _passages(tokens: Sequence[Token], ledger: Ledger) -> Iterator[Passage]:
    around: list[Kind] = []  # what is open, but for paragraphs
    level = 0
    for token in tokens:
        name, _, end = token.type.rpartition("_")
        if token.type == "inline":
            yield Passage(Kind.HEADING if level else around[-1] if around else Kind.PARAGRAPH, level, token, ledger)
        elif name == "heading":
            level = max(2, int(token.tag[1])) if end == "open" else 0
        elif name in _AROUND and end == "open":
            around.append(Kind.PARAGRAPH if token.tag == "div" else _AROUND[name])
        elif name in _AROUND and end == "close":
            around.pop()


_AROUND = {
    "list_item": Kind.ITEM,
    "dl": Kind.ITEM,
    "table": Kind.CELL,
    "blockquote": Kind.QUOTE,
    "footnote_block": Kind.NOTE,
}
