"""A body's holes filled: HTML and read-more blocks for the page, or HTML with full addresses for the feed."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from gazepress.documents import Document, Embed, Hole, Parsed, ReadMore, Role
from gazepress.embeds import SITES, player
from gazepress.outlines import Lead
from gazepress.stages.compose.shelf import Shelf
from gazepress.urls import scheme
from gazepress.views import BodyPart, EmbedBlock, Picture, ReadMoreBlock

_NOTHING = "data:,"  # a picture's address that loads nothing, so that the words in its place are shown
_IMAGE = '<img src="'
_SIZES = "(min-width: 46rem) 42rem, 100vw"  # the width of the text, or of a phone
_TAG = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ATTRIBUTE = re.compile(r'\s+([^\s"=<>]+)="([^"]*)"')
_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(\s[^,]*)?(?:,|\Z)")
_ADDRESSES = frozenset(("href", "src", "poster", "cite"))
# What an element in a feed may say of itself: nothing that only the page's own styles and places know.
_MEANINGS = frozenset(
    "abbr alt colspan datetime dir height lang open reversed rowspan scope span start title type value width".split()
)


def page_body(shelf: Shelf, text: Parsed, leads: Sequence[Lead | None], *, plain: bool = False) -> tuple[BodyPart, ...]:
    """Return the body of a text as its page shows it; a reference that leads nowhere is plain text.

    A ``plain`` one has pictures in one size only.
    """
    document = text.document
    filled: list[BodyPart] = []
    html: list[str] = []
    picture: Picture | None = None  # the one whose tag is being written
    for part in text.body.parts:
        if isinstance(part, str):
            html.append(_finish_tag(part, picture, plain=plain) if picture else part)
            picture = None
        elif isinstance(part, Hole):
            lead = leads[part.ref]
            if part.role is Role.TITLE:
                html.append(escape(_title(shelf, lead) or document.refs[part.ref].target))
            elif part.role is Role.ADDRESS and lead and lead.picture:
                picture = lead.picture
                sources = "" if plain else _sources(picture)
                html += (html.pop().removesuffix(_IMAGE), sources, _IMAGE, escape(picture.url))
            else:
                html.append(_fill(part.role, _href(shelf, lead)))
        else:
            block = (
                _embed_block(shelf, part, leads) if isinstance(part, Embed) else _read_more_block(shelf, part, leads)
            )
            if block:
                filled += ("".join(html), block)
                html.clear()
            if isinstance(part, ReadMore):
                html += _unlinked_lines(document, part, leads)
            elif not block:
                html.append(f"<p>{escape(part.title)}</p>\n")
    filled.append("".join(html))
    return tuple(part for part in filled if part)


def feed_body(body: Sequence[BodyPart], page: str) -> str:
    """Return the body of the page at the full address ``page`` as HTML that stands on its own.

    Every address in it is made full, places on the page are those of the page; blocks become links.
    """
    html = "".join(part if isinstance(part, str) else _block_html(part) for part in body)

    def in_full(attribute: re.Match[str]) -> str:
        return _full_attribute(attribute[1], attribute[2], page)

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(in_full, tag.group()), html)


def _fill(role: Role, href: str) -> str:
    if role is Role.OPEN:
        return f'<a href="{escape(href)}">' if href else ""
    if role is Role.CLOSE:
        return "</a>" if href else ""
    return escape(href or _NOTHING)


def _sources(picture: Picture) -> str:
    """Return the beginning of a ``picture`` element with the other forms that there are of a picture."""
    offers = (
        f'<source type="{source.type}" srcset="{escape(source.srcset)}" sizes="{_SIZES}">' for source in picture.sources
    )
    return f"<picture>{''.join(offers)}" if picture.sources else ""


def _finish_tag(html: str, picture: Picture, *, plain: bool) -> str:
    """Return what comes after a picture's address, with what is known of the picture put into its tag."""
    tag, end, rest = html.partition(">")
    if picture.width and picture.height and " width=" not in tag and " height=" not in tag:
        tag += f' width="{picture.width}" height="{picture.height}"'
    if plain:
        return tag + end + rest
    if picture.tone and " class=" not in tag:
        tag += f' class="tone-{picture.tone}"'
    return f"{tag}{end}{'</picture>' if picture.sources else ''}{rest}"


def _title(shelf: Shelf, lead: Lead | None) -> str:
    if lead is None:
        return ""
    return shelf.cards[lead.article].title if lead.article else lead.title


def _href(shelf: Shelf, lead: Lead | None) -> str:
    if lead is None:
        return ""
    return shelf.cards[lead.article].url + lead.href if lead.article else lead.href


def _read_more_block(shelf: Shelf, part: ReadMore, leads: Sequence[Lead | None]) -> ReadMoreBlock | None:
    found = shelf.cards_of(lead.article for ref in part.refs if (lead := leads[ref]) and lead.article)
    return ReadMoreBlock(part.label, found) if found else None


def _unlinked_lines(document: Document, part: ReadMore, leads: Sequence[Lead | None]) -> Iterator[str]:
    """Yield the read-more lines that lead nowhere as plain paragraphs."""
    for ref in part.refs:
        if leads[ref] is None:
            yield f"<p>{escape(part.label)}: {escape(document.refs[ref].target)}</p>\n"


def _embed_block(shelf: Shelf, part: Embed, leads: Sequence[Lead | None]) -> EmbedBlock | None:
    """Return the card for a link, None if it leads nowhere."""
    if not part.address:
        href = _href(shelf, leads[part.ref])
        return EmbedBlock(part.kind.value, part.title, href) if href else None
    host = (urlsplit(part.address).hostname or "").removeprefix("www.")
    plays_at = player(part.address) if shelf.frame.players else ""
    return EmbedBlock(part.kind.value, part.title or host, part.address, SITES.get(part.kind, ""), host, plays_at)


def _block_html(block: ReadMoreBlock | EmbedBlock) -> str:
    if isinstance(block, ReadMoreBlock):
        return _read_more_html(block)
    return f'<p><a href="{escape(block.url)}">{escape(block.title)}</a></p>\n'


def _read_more_html(block: ReadMoreBlock) -> str:
    label = escape(block.label)
    lines = (f'<p>{label}: <a href="{escape(card.url)}">{escape(card.title)}</a></p>\n' for card in block.cards)
    return "".join(lines)


def _full_attribute(name: str, value: str, page: str) -> str:
    """Return an attribute as a feed may hold it, with the space before it; empty if it may not."""
    if name in _ADDRESSES:
        value = _full_address(value, page)
    elif name == "srcset":
        entries = ((_full_address(found[1], page), found[2] or "") for found in _CANDIDATE.finditer(value))
        value = ", ".join(address + width.rstrip() for address, width in entries)
    elif name not in _MEANINGS:
        return ""
    return f' {name}="{value}"'


def _full_address(written: str, page: str) -> str:
    """Return the address in an attribute made full; one with a scheme is so already, and so is what is no address."""
    plain = unescape(written).strip()
    if scheme(plain):
        return written
    try:
        return escape(urljoin(page, plain))
    except ValueError:
        return written
