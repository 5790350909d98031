"""Which tokens does an easy paragraph hold? One of words, emphasis and links, each of which can mean one thing only."""

import re
from typing import Literal

from markdown_it.token import Token

# Words, and signs that begin nothing because of what follows.
_WORDS = r"(?:[^\n\\`*_~\[\]!<&{]++|!(?!\[)|~(?!~)|<(?![A-Za-z/!?])|&(?!\#?[A-Za-z0-9]+;))++"
# Between white space and anything else, and between punctuation and a letter, a mark of emphasis can only open it or
# only close it.
_LETTER = r"[^\W_]"
_SIGNS = r""".,;:?!/()"'“”„‘’«»…—–-"""
_PIECE = re.compile(
    rf"""((?P<words>{_WORDS})
    | (?: (?<![^ \n{_SIGNS}]) (?=[*_]+{_LETTER}) | (?<![^ \n]) (?=[*_]+[{_SIGNS}]) )
        (?P<mark>\*\*?+|__?+) (?P<marked>{_WORDS})
        (?: (?<={_LETTER}) (?P=mark) (?![^ \n{_SIGNS}]) | (?<=[{_SIGNS}]) (?P=mark) (?![^ \n]) )
    | \[ (?P<label>{_WORDS}) \]\( (?P<address>[^\x00-\x20\x7f()<>\\&]++) \)
    | (?<![ ]) \n (?![ \t]))""",
    re.VERBOSE,
)

_IS_BLOCK = True

Piece = tuple[str, str, str, str, str, str]
"""What is written, and what that is: words, or a mark with the words in it, or a link's words with its address.

All of these are empty for a line break.
"""


def easy_pieces(content: str) -> list[Piece] | None:
    """Return the pieces of a paragraph's content, None if it takes a parser to tell what is in it."""
    pieces: list[Piece] = _PIECE.findall(content)
    return pieces if "".join([piece[0] for piece in pieces]) == content else None


def easy_tokens(content: str) -> list[Token] | None:
    """Return the tokens that the parser makes of a paragraph's content, None likewise."""
    pieces = easy_pieces(content)
    if pieces is None:
        return None
    tokens: list[Token] = []
    at = 0
    for written, words, mark, marked, label, address in pieces:
        if words:
            _add_words(tokens, words)
        elif mark:
            _add_emphasis(tokens, mark, marked)
        elif label:
            opened = _tag("link_open", "a", 1)
            opened.attrs["href"], opened.meta["at"] = address, at
            tokens += (opened, _text(label, 1), _tag("link_close", "a", -1))
        else:
            tokens.append(_tag("softbreak", "br", 0))
            tokens[-1].meta["at"] = at
        at += len(written)
    return tokens


def paragraph_tokens(content: str, line: int, stop: int, level: int) -> tuple[Token, Token, Token]:
    """Return the tokens of a paragraph whose content is still to be read."""
    return (
        Token("paragraph_open", "p", 1, {}, [line, stop], level, None, "", "", "", {}, _IS_BLOCK),
        Token("inline", "", 0, {}, [line, stop], level + 1, [], content, "", "", {}, _IS_BLOCK),
        Token("paragraph_close", "p", -1, {}, None, level, None, "", "", "", {}, _IS_BLOCK),
    )


def heading_tokens(marks: str, content: str, line: int) -> tuple[Token, Token, Token]:
    """Return the tokens of a heading in no other block, likewise."""
    tag = f"h{len(marks)}"
    return (
        Token("heading_open", tag, 1, {}, [line, line + 1], 0, None, "", marks, "", {}, _IS_BLOCK),
        Token("inline", "", 0, {}, [line, line + 1], 1, [], content, "", "", {}, _IS_BLOCK),
        Token("heading_close", tag, -1, {}, None, 0, None, "", marks, "", {}, _IS_BLOCK),
    )


# Tokens are made by position: by name it takes twice as long.


def _add_words(tokens: list[Token], words: str) -> None:
    if tokens and tokens[-1].type == "text":  # the empty one behind strong words
        tokens[-1].content += words
    else:
        tokens.append(_text(words, 0))


def _add_emphasis(tokens: list[Token], mark: str, words: str) -> None:
    if len(mark) == 1:
        tokens += (_tag("em_open", "em", 1, mark), _text(words, 1), _tag("em_close", "em", -1, mark))
        return
    # The parser makes a tag of the inner one of two signs, and empty text of the outer one.
    _add_words(tokens, "")
    tokens += (_tag("strong_open", "strong", 1, mark), _text(words, 1), _tag("strong_close", "strong", -1, mark))
    tokens.append(_text("", 0))


def _text(words: str, level: int) -> Token:
    return Token("text", "", 0, {}, None, level, None, words)


def _tag(kind: str, tag: str, nesting: Literal[-1, 0, 1], markup: str = "") -> Token:
    return Token(kind, tag, nesting, {}, None, 0, None, "", markup)
