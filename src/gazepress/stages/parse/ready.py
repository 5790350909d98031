"""Which blocks need none of the later steps? Those of words, emphasis and links to other sites, whose HTML is known."""

from html import escape

from markdown_it.common.utils import mdTrim
from markdown_it.token import Token
from msgspec import Struct

from gazepress.stages.parse.addresses import Where, classify
from gazepress.stages.parse.attributes import attribute_text
from gazepress.stages.parse.easy import easy_pieces, easy_tokens, paragraph_tokens

# What begins a block, or makes one of what stands above it.
_BEGINS_BLOCK = frozenset("{`~>-*_+[<#|:=0123456789 \t")
# What may be more than words; a line break alone, with no space beside it, is one.
_SIGNS = ("*", "_", "[", "]", "\\", "`", "<", "&", "{", "~~", " \n", "\n ", "\n\t")
_TAGS = ("", "em", "strong")  # by how many signs mark the words
_ITEM, _QUOTE = "- ", "> "


class Ready(Struct, frozen=True):
    """A paragraph as HTML and as a reader hears it; a main one stands in no list and no quote."""

    html: str
    text: str
    is_main: bool


def ready_paragraph(content: str, line: int, stop: int) -> list[Token]:
    """Return the token of a paragraph, nothing if a later step may want to look into it."""
    read = _read(content)
    return [_token(content, line, stop, Ready(f"<p>{read[0]}</p>\n", read[1], is_main=True))] if read else []


def ready_quote(line: str, number: int) -> list[Token]:
    """Return the token of a quote of one line, nothing likewise."""
    content = _inside(line, _QUOTE)
    read = _read(content)
    if read is None:
        return []
    html = f"<blockquote>\n<p>{read[0]}</p>\n</blockquote>\n"
    return [_token(content, number, number + 1, Ready(html, read[1], is_main=False))]


def ready_list(lines: str, number: int) -> list[Token]:
    """Return the tokens of a list without empty lines, one for each line of it; nothing likewise."""
    tokens: list[Token] = []
    items = lines.split("\n")
    for at, line in enumerate(items, number):
        content = _inside(line, _ITEM)
        read = _read(content)
        if read is None:
            return []
        html = f"<li>{read[0]}</li>\n" if tokens else f"<ul>\n<li>{read[0]}</li>\n"
        html += "</ul>\n" if len(tokens) + 1 == len(items) else ""
        tokens.append(_token(content, at, at + 1, Ready(html, read[1], is_main=False)))
    return tokens


def ends_with_colon(block: Ready) -> bool:
    """Tell whether a block may be the label of a list."""
    return block.text.rstrip().endswith((":", "："))


def unready(token: Token) -> list[Token]:
    """Return the tokens of a paragraph that was ready, for a step that has found something in it."""
    line, stop = token.map or (0, 0)
    opening, inline, closing = paragraph_tokens(token.content, line, stop, 0)
    inline.children = easy_tokens(token.content)
    return [opening, inline, closing]


def _inside(line: str, sign: str) -> str:
    """Return the content of a line behind a sign; nothing if it may be more than a paragraph, or has no such sign."""
    content = line[len(sign) :]
    return mdTrim(content) if line.startswith(sign) and content[:1] not in _BEGINS_BLOCK else ""


def _token(content: str, line: int, stop: int, ready: Ready) -> Token:
    return Token("ready", "", 0, {}, [line, stop], 0, None, content, "", "", {"ready": ready})


def _read(content: str) -> tuple[str, str] | None:
    """Return content as HTML and as text."""
    if not content:
        return None
    if _is_words(content):
        return escape(content, quote=False), content
    pieces = None if content.startswith("[") else easy_pieces(content)  # a link alone may become a card
    if pieces is None:
        return None
    html, heard = [], []
    for written, _, mark, marked, label, address in pieces:
        if mark:
            tag = _TAGS[len(mark)]
            html.append(f"<{tag}>{escape(marked, quote=False)}</{tag}>")
        elif label:
            where, clean = classify(address)
            if where is not Where.ELSEWHERE:
                return None
            html.append(f"<a{attribute_text({'href': clean})}>{escape(label, quote=False)}</a>")
        else:
            html.append(escape(written, quote=False))
        heard.append(marked or label or written)
    return "".join(html), "".join(heard)


def _is_words(content: str) -> bool:
    for sign in _SIGNS:  # noqa: SIM110 - any() takes three times as long
        if sign in content:
            return False
    return True
