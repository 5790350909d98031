"""Which blocks need none of the later steps? Those of words, emphasis and links to other sites, whose HTML is known."""

from html import escape

from markdown_it.token import Token
from msgspec import Struct

from gazepress.stages.parse.addresses import Where, classify
from gazepress.stages.parse.easy import easy_pieces, easy_tokens, is_words, paragraph_tokens


class Ready(Struct, frozen=True):
    """A block as HTML and as a reader hears it; a main one stands in no list and no quote.

    ``content`` is what is written, on the lines from ``line`` to before ``stop`` of the text, which count from 0.
    """

    html: str
    text: str
    is_main: bool
    content: str
    line: int
    stop: int


def ready_paragraph(content: str, line: int, stop: int) -> Ready | None:
    """Return a paragraph that no later step may want to look into, None if one may."""
    read = _read(content)
    return Ready(f"<p>{read[0]}</p>\n", read[1], True, content, line, stop) if read else None  # noqa: FBT003 - fields


def ready_quote(content: str, line: int) -> Ready | None:
    """Return a quote of one paragraph on one line, None likewise."""
    read = _read(content)
    if read is None:
        return None
    return Ready(f"<blockquote>\n<p>{read[0]}</p>\n</blockquote>\n", read[1], False, content, line, line + 1)  # noqa: FBT003 - likewise


def ready_list(contents: list[str], line: int) -> list[Ready]:
    """Return a list with one item on each line, in pieces of one item; nothing likewise."""
    items: list[Ready] = []
    for at, content in enumerate(contents, line):
        read = _read(content)
        if read is None:
            return []
        html = f"<li>{read[0]}</li>\n"
        html = html if items else f"<ul>\n{html}"
        html += "</ul>\n" if len(items) + 1 == len(contents) else ""
        items.append(Ready(html, read[1], False, content, at, at + 1))  # noqa: FBT003 - likewise
    return items


def ready_token(blocks: list[Ready]) -> Token:
    """Return the token of blocks that follow each other."""
    return Token("ready", "", 0, meta={"blocks": blocks})


def ends_with_colon(block: Ready) -> bool:
    """Tell whether a block may be the label of a list."""
    return block.text.rstrip().endswith((":", "："))


def unready(block: Ready) -> list[Token]:
    """Return the tokens of a paragraph that was ready, for a step that has found something in it."""
    opening, inline, closing = paragraph_tokens(block.content, block.line, block.stop, 0)
    inline.children = easy_tokens(block.content)
    return [opening, inline, closing]


def _read(content: str) -> tuple[str, str] | None:
    """Return content as HTML and as text."""
    if not content:
        return None
    if is_words(content):
        return content.replace(">", "&gt;"), content  # what else would be escaped is no word
    pieces = None if content.startswith("[") else easy_pieces(content)  # a link alone may become a card
    if pieces is None:
        return None
    html, heard = [], []
    for words, _, label, address, again, marked in pieces:
        html.append(escape(words, quote=False))
        heard.append(words)
        if label and address:
            where, clean = classify(address)
            if where is not Where.ELSEWHERE:
                return None
            html.append(f'<a href="{escape(clean)}">{escape(label, quote=False)}</a>')
            heard.append(label)
        elif marked:
            tag = "strong" if again else "em"
            html.append(f"<{tag}>{escape(marked, quote=False)}</{tag}>")
            heard.append(marked)
    return "".join(html), "".join(heard)
