"""What does a reader hear? Tokens as plain text, its words counted, and a summary cut from it."""

import re
from collections.abc import Iterable, Sequence
from html import unescape

from markdown_it.token import Token

SUMMARY_LENGTH = 300

_SIGNS = frozenset("–—-−&|*+=/…·•→←<>×")  # are no words when they stand alone
_TAG = re.compile(r"<[^<>]*>")
_HEARD = frozenset(("text", "code_inline", "wiki_title"))
_BREAKS = frozenset(("softbreak", "hardbreak"))


def plain_text(tokens: Iterable[Token] | None) -> str:
    r"""Return inline tokens as text: a line break is ``\\n``, pictures and footnote marks are nothing."""
    return "".join([token.content if token.type in _HEARD else heard(token) for token in tokens or ()])


def heard(token: Token) -> str:
    """Return what one inline token adds to the text."""
    if token.type in _HEARD:
        return token.content
    return "\n" if token.type in _BREAKS else ""


def count_words(pieces: Sequence[str]) -> int:
    """Return how many of the pieces between spaces are words; a dash is none."""
    return len(pieces) - sum(map(_SIGNS.__contains__, pieces))


def without_tags(html: str) -> str:
    """Return raw HTML as text, near enough to count its words."""
    return unescape(_TAG.sub(" ", html))


def shorten(text: str) -> str:
    """Return text on one line, cut at a word when it is long."""
    text = " ".join(text.split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH]
    if " " in cut:
        cut = cut.rpartition(" ")[0]
    return cut.rstrip(" ,;:–—-") + "…"
