"""Which tokens does an easy paragraph hold? One of words, emphasis and links, each of which can mean one thing only."""

import re
from typing import Any, Literal

from markdown_it.token import Token

# Words, and signs that begin nothing because of what follows.
# `(?>(?:...)+)` is what `(?:...)++` should be, which Python gets wrong before 3.11.5 (gh-106052).
_WORDS = r"(?>(?:[^\n\\`*_~\[\]!<&{]++|!(?!\[)|~(?!~)|<(?![A-Za-z/!?])|&(?!\#?[A-Za-z0-9]+;))+)"
_NOT_MARKED = re.compile(rf"(?>(?:{_WORDS}|(?<![ ])\n(?![ \t]))*)")
# Between white space and anything else, and between punctuation and a letter, a mark of emphasis can only open it or
# only close it.
_LETTER = r"[^\W_]"
_SIGNS = r""".,;:?!/()"'“”„‘’«»…—–-"""
# It begins with one of three signs, so that words in front of it are passed over in a quick look for these.
_MARKED = re.compile(
    rf"""(?P<sign>[\[*_])
    (?: (?<=\[) (?<!!\[) (?P<label>{_WORDS}) \]\( (?P<address>[^\x00-\x20\x7f()<>\\&]++) \)
    | (?<!\[) (?: (?<![^ \n{_SIGNS}].) (?=[*_]*+{_LETTER}) | (?<![^ \n].) (?=[*_]*+[{_SIGNS}]) )
        (?P<again>(?P=sign)?+) (?P<marked>{_WORDS})
        (?: (?<={_LETTER}) (?P=sign)(?P=again) (?![^ \n{_SIGNS}])
        | (?<=[{_SIGNS}]) (?P=sign)(?P=again) (?![^ \n]) ) )""",
    re.VERBOSE,
)
_GROUPS = _MARKED.groups
# What may be more than words: single signs are found in a tenth of the time that two take.
_SPECIAL = ("*", "_", "[", "]", "\\", "`", "<", "&", "{", "~")

_IS_BLOCK = True

Piece = tuple[str, str | None, str | None, str | None, str | None, str | None]
"""Words and line breaks, and what is marked behind them: its sign, and then a link's words and its address, or that
sign again if there are two of it, and the words in emphasis. Behind the last words nothing is marked.
"""


def easy_pieces(content: str) -> list[Piece] | None:
    """Return the pieces of a paragraph's content, None if it takes a parser to tell what is in it."""
    found: list[Any] = [*_MARKED.split(content), *[None] * _GROUPS]
    words = ".".join(found[:: _GROUPS + 1])  # a full stop begins nothing, and ends nothing
    if not (is_words(words) or _NOT_MARKED.fullmatch(words)):
        return None
    return list(zip(*[iter(found)] * (_GROUPS + 1), strict=True))


def is_words(content: str) -> bool:
    """Tell at a look whether content is nothing but words and line breaks; of some that is, it does not know."""
    for sign in _SPECIAL:  # any() takes three times as long
        if sign in content:
            return False
    return "\n" not in content or not (" \n" in content or "\n " in content or "\n\t" in content)


def easy_tokens(content: str) -> list[Token] | None:
    """Return the tokens that the parser makes of a paragraph's content, None likewise."""
    pieces = easy_pieces(content)
    if pieces is None:
        return None
    tokens: list[Token] = []
    at = 0
    for words, sign, label, address, again, marked in pieces:
        _add_lines(tokens, words, at)
        at += len(words)
        if label and address:
            opened = _tag("link_open", "a", 1)
            opened.attrs["href"], opened.meta["at"] = address, at
            tokens += (opened, _text(label, 1), _tag("link_close", "a", -1))
            at += len(f"[{label}]({address})")
        elif sign and marked:
            mark = f"{sign}{again}"
            _add_emphasis(tokens, mark, marked)
            at += len(marked) + 2 * len(mark)
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


def _add_lines(tokens: list[Token], lines: str, at: int) -> None:
    for number, words in enumerate(lines.split("\n")):
        if number:
            tokens.append(_tag("softbreak", "br", 0))
            tokens[-1].meta["at"] = at
            at += 1
        if words:
            _add_words(tokens, words)
        at += len(words)


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
