"""Which blocks do lines make that can mean one thing only? Those of most texts, told without asking any rule."""

import re
from collections.abc import Sequence

from markdown_it.common.utils import mdTrim
from markdown_it.token import Token

from gazepress.stages.parse.easy import heading_tokens, paragraph_tokens
from gazepress.stages.parse.ready import Ready, ends_with_colon, ready_list, ready_paragraph, ready_quote, ready_token

# What begins a block, or makes one of what stands above it; and what of that is a number or marked words all the same.
_BEGINS_BLOCK = frozenset("{`~>-*_+[<#|:=0123456789 \t")
_STILL_WORDS = re.compile(r"[0-9]++(?![.)](?:[ \t]|\Z))|[*_]{1,2}+(?![*_ \t]|\Z)")
_HEADING = re.compile(r"(#{1,6}+)[ \t]++([^#]++)")
_ITEM, _QUOTE = "- ", "> "
# Where one of these begins the line behind the empty one below a paragraph, that may be a term with its definition;
# where one of those begins the line behind the empty ones below a list, the list may go on.
_DEFINES = frozenset(":~ \t")
_GOES_ON = frozenset("- \t")


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as ``read_lines`` takes them: behind them are two empty ones."""
    return [*text.split("\n"), "", ""]


def read_lines(lines: Sequence[str], at: int, tokens: list[Token]) -> int:
    """Add the tokens of the blocks that begin at a line, and return where the first one begins that takes a parser.

    At that line no block may be open, and no attributes may wait for the next one. Blocks that are ready are one token
    together, those of others are tokens as the parser makes them.
    """
    ready: list[Ready] = []
    end = len(lines) - 2
    while at < end:
        line = lines[at]
        if not line:
            at += 1
        elif _begins_words(line):
            stop = _paragraph_end(lines, at)
            if not stop:
                break
            content = mdTrim(line if stop == at + 1 else "\n".join(lines[at:stop]))
            block = ready_paragraph(content, at, stop)
            if block:
                ready.append(block)
            else:
                ready = _put(ready, tokens)
                tokens += paragraph_tokens(content, at, stop, 0)
            at = stop
        elif line[0] == "#":
            found = _HEADING.fullmatch(line)
            if not found:
                break
            ready = _put(ready, tokens)
            tokens += heading_tokens(found[1], mdTrim(found[2]), at)
            at += 1
        else:
            blocks = _quote(lines, at) or _list(lines, at, ready, tokens)
            if not blocks:
                break
            ready += blocks
            at += len(blocks)
    _put(ready, tokens)
    return at


def _put(ready: list[Ready], tokens: list[Token]) -> list[Ready]:
    """Add the token of the blocks that were ready, and return those that are ready behind it: none yet."""
    if ready:
        tokens.append(ready_token(ready))
    return []


def _begins_words(line: str) -> bool:
    return line[:1] not in _BEGINS_BLOCK or _STILL_WORDS.match(line) is not None


def _paragraph_end(lines: Sequence[str], at: int) -> int:
    """Return the line before which the paragraph at a line ends, 0 if it may be something else."""
    stop = at + 1
    while lines[stop]:
        if not _begins_words(lines[stop]):
            return 0
        stop += 1
    is_term = stop == at + 1 and lines[stop + 1][:1] in _DEFINES
    return 0 if is_term else stop


def _quote(lines: Sequence[str], at: int) -> list[Ready]:
    """Return a quote of one line that is ready, nothing if it is none."""
    quote = ready_quote(_inside(lines[at], _QUOTE), at) if not lines[at + 1] else None
    return [quote] if quote else []


def _list(lines: Sequence[str], at: int, ready: list[Ready], tokens: list[Token]) -> list[Ready]:
    """Return a list that is ready, nothing if it is none, may go on, or may be what a label above it names."""
    contents: list[str] = []
    stop = at
    while lines[stop]:
        contents.append(_inside(lines[stop], _ITEM))
        if not contents[-1]:
            return []
        stop += 1
    is_named = ends_with_colon(ready[-1]) if ready else bool(tokens) and tokens[-1].type in ("paragraph_close", "ready")
    below = stop
    while below < len(lines) - 1 and not lines[below]:
        below += 1
    return [] if is_named or lines[below][:1] in _GOES_ON else ready_list(contents, at)


def _inside(line: str, sign: str) -> str:
    """Return the content of a line behind a sign; nothing if it may be more than a paragraph, or has no such sign."""
    content = line[len(sign) :]
    return mdTrim(content) if content and line.startswith(sign) and _begins_words(content) else ""
