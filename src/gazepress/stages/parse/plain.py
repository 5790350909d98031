"""What does a reader hear? Tokens as plain text, its words counted, and a summary cut from it."""

import re
from collections.abc import Sequence
from html import unescape

from markdown_it.token import Token

SUMMARY_LENGTH = 300

_SIGNS = frozenset("–—-−&|*+=/…·•→←<>×")  # are no words when they stand alone
_TAG = re.compile(r"<[^<>]*>")
_HEARD = frozenset(("text", "code_inline", "wiki_title"))
_BREAKS = frozenset(("softbreak", "hardbreak"))


def plain_text(tokens: Sequence[Token] | None) -> str:
    r"""Return inline tokens as text: a line break is ``\\n``, pictures and footnote marks are nothing."""
    if tokens and len(tokens) == 1:  # as of most paragraphs
        return heard(tokens[0])
    return "".join([token.content if token.type in _HEARD else heard(token) for token in tokens or ()])


def heard(token: Token) -> str:
    """Return what one inline token adds to the text."""
    if token.type in _HEARD:
        return token.content
    return "\n" if token.type in _BREAKS else ""


def on_one_line(text: str, *, printable: bool = False) -> str:
    """Return text with one space for all that is white between two words.

    It takes a look less where the text is known to be printable but for line ends.
    """
    line = text.replace("\n", " ")
    # A space is the only white character that counts as printable.
    if "  " in line or not (printable or line.isprintable()):
        return " ".join(text.split())
    return line.strip()


def count_words(line: str) -> int:
    """Return how many words a text on one line has; a dash is none."""
    pieces = line.count(" ") + 1 if line else 0
    between = f" {line} "
    if any(sign in line and f" {sign} " in between for sign in _SIGNS):
        pieces -= sum(map(_SIGNS.__contains__, line.split(" ")))
    return pieces


def without_tags(html: str) -> str:
    """Return raw HTML as text, near enough to count its words."""
    return unescape(_TAG.sub(" ", html))


def shorten(text: str) -> str:
    """Return text on one line, cut at a word when it is long."""
    text = on_one_line(text)
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    if " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:–—-") + "…"
