"""How is the text built? Headings with ids, pictures with captions, quotes with the name of who is quoted."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from gazepress.model import Heading
from gazepress.stages.parse.ledger import Ledger
from gazepress.stages.parse.plain import plain_text
from gazepress.urls import slugify

_DASH = re.compile(r"(?:—|―|--)\s*(?=\S)")


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
    """Return the tokens with figures in place of paragraphs of pictures, and footers in block quotes."""
    arranged: list[Token] = []
    for token in tokens:
        if token.type == "paragraph_close" and _holds_pictures_only(arranged[-1]) and not token.hidden:
            inline, opening = arranged.pop(), arranged.pop()
            arranged += _figures(inline, opening)
        elif token.type == "blockquote_close" and arranged[-1].type == "paragraph_close":
            arranged[-3:] = _attributed(arranged[-3:], is_first=arranged[-4].type == "blockquote_open")
            arranged.append(token)
        else:
            arranged.append(token)
    return arranged


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
