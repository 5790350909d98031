"""What has the reading of one text found so far? References, problems and ids, and where each of them stands."""

import re
from bisect import bisect_right
from functools import cached_property

from markdown_it.token import Token

from gazepress.diagnostics import Diagnostic, problem
from gazepress.documents import Ref, RefKind

_LINE_END = re.compile("\n")

Place = tuple[int, int]  # line and column, from 1


class Ledger:
    """The findings of one text, to which each step of the reading adds."""

    def __init__(self, text: str, first_line: int) -> None:
        self.refs: list[Ref] = []
        self.problems: list[Diagnostic] = []
        self._text = text
        self._first_line = first_line
        self._ids: dict[str, int] = {}  # id → the last number given to another one that wanted the same
        self._token: Token | None = None
        self._starts: list[int] = []
        self._columns: dict[int, int | None] = {}  # row → where it begins in its source line

    def place(self, token: Token, offset: int = 0) -> Place:
        """Return where the character ``offset`` of a token's content stands in the file.

        Markers of quotes and lists are cut from the content's lines; the line is looked up in the source to find how
        much that was. If it is not there as it is (an escaped ``|`` in a table), the place is the line's start.
        """
        if token is not self._token:
            self._token, self._columns = token, {}
            self._starts = [0, *(found.end() for found in _LINE_END.finditer(token.content))]
        row = bisect_right(self._starts, offset) - 1
        line = (token.map[0] if token.map else 0) + row
        if row not in self._columns:
            self._columns[row] = self._first_column(token.content, row, line)
        first = self._columns[row]
        return line + self._first_line, 1 if first is None else max(1, first + offset - self._starts[row])

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def _first_column(self, content: str, row: int, line: int) -> int | None:
        start = self._starts[row]
        end = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(content)
        written = content[start:end]
        is_there = written.strip() and line < len(self._lines)
        found = self._lines[line].rfind(written.strip()) if is_there else -1
        return None if found < 0 else found - (len(written) - len(written.lstrip())) + 1

    def report(self, place: Place, code: str, message: str, hint: str = "") -> None:
        """Note a problem at a place."""
        self.problems.append(problem(code, message, line=place[0], column=place[1], hint=hint))

    def refer(self, kind: RefKind, target: str, place: Place) -> int:
        """Note a reference and return its number."""
        self.refs.append(Ref(kind, target, *place))
        return len(self.refs) - 1

    def unique_id(self, wanted: str) -> str:
        """Return an id that no other element of the text has: the one wanted, or with ``-2``, ``-3``, … behind it."""
        found = wanted
        while found in self._ids:
            self._ids[wanted] += 1
            found = f"{wanted}-{self._ids[wanted]}"
        self._ids[found] = 1
        return found

    @property
    def fragments(self) -> tuple[str, ...]:
        """Return every id given so far."""
        return tuple(self._ids)
