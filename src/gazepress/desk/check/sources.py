"""What does a rule on the archive see of a file? Its text as it is on the disk, and the places in its front matter.

Few files are asked for, those that a finding is about; so they are read then, and not kept.
"""

import re

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.text import Place, place_in_front

_LINE_END = re.compile(r"\r\n?|\n")


def source_of(newsroom: Newsroom, path: str) -> str:
    """Return the text of a file as edits count it: with byte order mark and line ends; empty if it cannot be read."""
    try:
        return (newsroom.site / path).read_bytes().decode()
    except (OSError, UnicodeDecodeError):  # it was saved otherwise a moment ago, and is for the next check
        return ""


def place_of(newsroom: Newsroom, path: str, *keys: str | int) -> Place:
    """Return where a value of the front matter of ``path`` stands: ``"tags", 2``."""
    return place_in_front(source_of(newsroom, path), *keys)


def offset_at(source: str, line: int, column: int) -> int:
    """Return where a place is in the text of a file, in code points from its beginning, as edits count."""
    starts = (0, *(found.end() for found in _LINE_END.finditer(source)))
    is_marked = line == 1 and source.startswith("\ufeff")
    return starts[line - 1] + column - 1 + is_marked if 0 < line <= len(starts) else len(source)
