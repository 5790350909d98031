"""A text as it stands in an editor, and places in it as the protocol counts them.

Places are rows and columns in code points, both from 0; the protocol counts columns in the units of an encoding (LSP
3.17, "Position"). Rows end at CRLF, CR or LF, as in the protocol and in the parser, and nowhere else.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from lsprotocol import types

Place = tuple[int, int]
"""Row and column in code points, from 0."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"---[ \t]*")
_CLOSING = re.compile(r"(---|\.\.\.)[ \t]*")
_COMMENT = re.compile(r"(?:^|\s)#")
_ENCODINGS: dict[str, tuple[str, int]] = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Text:
    """The text of a file, whose path counts from the site folder."""

    def __init__(self, path: str, source: str, encoding: str = "utf-16") -> None:
        """Take a text without its byte order mark. The ``encoding`` is the one that client and server agreed on."""
        self.path = path
        self.source = source
        self._encoding, self._width = _ENCODINGS[encoding]

    @cached_property
    def lines(self) -> Sequence[str]:
        """Return the lines without their ends."""
        return _LINE_END.split(self.source)

    @cached_property
    def front(self) -> range:
        """Return the rows of the YAML: between the fences of front matter, or all where the file is YAML."""
        if self.path.endswith((".yaml", ".yml")):
            return range(len(self.lines))
        if not _FENCE.fullmatch(self.lines[0]):
            return range(0)
        end = next((row for row, line in enumerate(self.lines) if row and _CLOSING.fullmatch(line)), len(self.lines))
        return range(1, end)

    def place(self, position: types.Position) -> Place:
        """Return the place of a position; what lies behind the text or the line is their end."""
        row = min(position.line, len(self.lines) - 1)
        line = self.lines[row]
        if row < position.line or line.isascii():
            return row, len(line) if row < position.line else min(position.character, len(line))
        before = line.encode(self._encoding, "surrogatepass")[: position.character * self._width]
        return row, len(before.decode(self._encoding, "ignore"))

    def position(self, place: Place) -> types.Position:
        """Return the position of a place."""
        row, column = place
        before = self.lines[row][:column] if row < len(self.lines) else ""
        if before.isascii():
            return types.Position(row, len(before))
        return types.Position(row, len(before.encode(self._encoding, "surrogatepass")) // self._width)

    def range(self, start: Place, end: Place) -> types.Range:
        """Return the range between two places."""
        return types.Range(self.position(start), self.position(end))

    def at(self, offset: int) -> Place:
        """Return the place of the code point ``offset`` of the whole text."""
        row = bisect_right(self._starts, offset) - 1
        return row, min(offset - self._starts[row], len(self.lines[row]))

    def offset(self, place: Place) -> int:
        """Return the code point of the whole text that stands at a place."""
        row, column = place
        return (self._starts[row] if row < len(self._starts) else len(self.source)) + column

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.source))]

    def line_range(self, line: int, column: int = 0) -> types.Range:
        """Return the range of the word at a line and column from 1, as problems count; column 0 is the whole line."""
        row = min(max(line, 1), len(self.lines)) - 1
        shown = self.lines[row]
        start = min(column - 1, len(shown)) if column else len(shown) - len(shown.lstrip())
        return self.range((row, start), (row, len(shown.rstrip()) if not column else _end(shown, start)))


def content_end(line: str) -> int:
    """Return where a line of YAML ends, its comment and the space before that left aside."""
    comment = _COMMENT.search(line)
    return len((line[: comment.start()] if comment else line).rstrip())


def _end(line: str, start: int) -> int:
    """Return where that ends which begins at ``start``: a link, a key, a word, and all of the line if it is none."""
    found = _PIECE.match(line, start)
    return found.end() if found else len(line.rstrip())


_PIECE = re.compile(r"\[\[[^\[\]]*\]\]|!?\[[^\[\]]*\]\([^()]*\)|\"[^\"]*\"|'[^']*'|[^\s:,;\[\](){}\"']+")
