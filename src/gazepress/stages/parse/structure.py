"""How is the text built? Headings with ids, pictures with captions, quotes with who is quoted, boxes of facts."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from gazepress.documents import Heading
from gazepress.stages.parse.ledger import Ledger
from gazepress.stages.parse.plain import plain_text
from gazepress.urls import slugify

# A table with more columns scrolls on a phone, for which it must be reached by keyboard (WCAG 2.2, 2.1.1).
_COLUMNS_ON_A_PHONE = 3
_DASH = re.compile(r"(?:—|―|--)\s*(?=\S)")
# What a block quote becomes whose first line begins with such a word: its element and attributes.
_MARK = re.compile(r"\[!(FACTS|QUOTE)\]\s*")
_BOXES = {"FACTS": ("div", {"class": "facts", "role": "note"}), "QUOTE": ("blockquote", {"class": "pull-quote"})}


def reserve_footnote_ids(tokens: Sequence[Token], ledger: Ledger) -> None:
    """Give the footnotes their ids before anything else can take them; a slug never holds a colon."""
    for token in tokens if tokens and tokens[-1].type == "footnote_block_close" else ():
        if token.type == "footnote_open":
            ledger.unique_id(f"fn:{token.meta['id'] + 1}")
        elif token.type == "footnote_anchor":
            ledger.unique_id(f"fnref:{footnote_mark(token)}")


def footnote_mark(token: Token) -> str:
    """Return the end of the id of a footnote's mark: ``2``, or ``2:2`` where the same note is named again."""
    number, again = token.meta["id"] + 1, token.meta.get("subId", 0)
    return f"{number}:{again + 1}" if again else str(number)


def open_boxes(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with boxes in place of block quotes that begin with a mark, as in ``> [!FACTS] In short``.

    What stands behind the mark of a box of facts is its title.
    """
    boxed: list[Token] = []
    quotes: list[Token] = []  # those that are open
    for token in tokens:
        if token.type == "blockquote_open":
            quotes.append(token)
        elif token.type == "blockquote_close":
            token.tag = quotes.pop().tag
        elif token.type == "inline" and quotes and boxed[-2] is quotes[-1]:
            boxed[-1:] = _without_mark(boxed[-1], token, quotes[-1])
            continue
        elif token.type == "paragraph_close" and boxed[-1].type == "blockquote_open":
            continue  # the mark was all that its paragraph held
        boxed.append(token)
    return boxed


def _without_mark(opening: Token, inline: Token, quote: Token) -> list[Token]:
    """Return the beginning of a quote's first paragraph, without its mark, which makes the quote a box."""
    first, *others = inline.children or [Token("text", "", 0)]
    mark = _MARK.match(first.content) if first.type == "text" else None
    if mark is None:
        return [opening, inline]
    quote.tag, attributes = _BOXES[mark[1]]
    quote.attrs |= attributes
    first.content = first.content[mark.end() :]
    line_end = next((at for at, one in enumerate(others) if one.type == "softbreak" and one.level == 0), len(others))
    title, rest = [first, *others[:line_end]], others[line_end + 1 :]
    if first.content == "" and not others[:line_end]:
        return [opening, _inline(inline, rest)] if rest else []
    if mark[1] == "QUOTE":
        return [opening, inline]
    titled = Token("paragraph_open", "p", 1, attrs={"class": "facts-title"}, block=True, level=opening.level)
    if not rest:
        return [titled, _inline(inline, title)]
    closing = Token("paragraph_close", "p", -1, block=True, level=opening.level)
    return [titled, _inline(inline, title), closing, opening, _inline(inline, rest)]


def name_headings(tokens: Sequence[Token], ledger: Ledger, language: str) -> tuple[Heading, ...]:
    """Give each heading an id from its text and return the headings. The first level is the page's, so ``#`` is h2."""
    headings = []
    for at, token in enumerate(tokens):
        if token.type not in ("heading_open", "heading_close"):
            continue
        token.tag = "h2" if token.tag == "h1" else token.tag
        if token.type == "heading_open":
            text = " ".join(plain_text(tokens[at + 1].children).split())
            if "id" not in token.attrs:
                token.attrs["id"] = ledger.unique_id(slugify(text, language) or "section")
            headings.append(Heading(int(token.tag[1]), text, str(token.attrs["id"])))
    return tuple(headings)


def arrange(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with figures in place of paragraphs of pictures, footers in quotes, wide tables."""
    arranged: list[Token] = []
    for at, token in enumerate(tokens):
        if token.type == "table_open" and _columns(tokens, at) > _COLUMNS_ON_A_PHONE:
            token.attrs["tabindex"] = "0"
        if token.type == "paragraph_close" and _holds_pictures_only(arranged[-1]) and not token.hidden:
            inline, opening = arranged.pop(), arranged.pop()
            arranged += _figures(inline, opening)
        elif token.type == "blockquote_close" and arranged[-1].type == "paragraph_close":
            arranged[-3:] = _attributed(arranged[-3:], is_first=arranged[-4].type == "blockquote_open")
            arranged.append(token)
        else:
            arranged.append(token)
    return arranged


def _columns(tokens: Sequence[Token], table: int) -> int:
    """Return how many columns a table has that begins at an index."""
    row = [token.type for token in tokens[table : table + 3 + 3 * (_COLUMNS_ON_A_PHONE + 1)]]
    return row.count("th_open")


def _holds_pictures_only(inline: Token) -> bool:
    children = inline.children or []
    return "image" in [child.type for child in children] and all(
        child.type in ("image", "softbreak", "hardbreak") or (child.type == "text" and not child.content.strip())
        for child in children
    )


def _figures(inline: Token, opening: Token) -> list[Token]:
    figures = [Token("figure", "figure", 0, children=[one]) for one in inline.children or () if one.type == "image"]
    figures[0].attrs = opening.attrs
    return figures


def _attributed(paragraph: list[Token], *, is_first: bool) -> list[Token]:
    """Return the last paragraph of a quote with its last line as a footer, if that line begins with a dash."""
    opening, inline, closing = paragraph
    children = inline.children or []
    breaks = [at for at, child in enumerate(children) if child.type in ("softbreak", "hardbreak") and child.level == 0]
    start = breaks[-1] + 1 if breaks else 0
    line = children[start:]
    dash = _DASH.match(line[0].content) if line and line[0].type == "text" else None
    if dash is None or (start == 0 and is_first) or opening.hidden:
        return paragraph
    line[0].content = "— " + line[0].content[dash.end() :]
    quoted = [opening, _inline(inline, children[: start - 1]), closing] if start else []
    return [
        *quoted,
        Token("footer_open", "footer", 1, block=True),
        _inline(inline, line),
        Token("footer_close", "footer", -1, block=True),
    ]


def _inline(whole: Token, children: list[Token]) -> Token:
    return Token("inline", "", 0, map=whole.map, content=whole.content, children=children)
