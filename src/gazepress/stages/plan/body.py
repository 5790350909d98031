"""A body's holes filled: HTML and read-more blocks for the page, or HTML with full addresses for the feed."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from urllib.parse import urljoin

from gazepress.model import Document, Hole, ReadMore, Role, Target, ToArticle, ToPage
from gazepress.stages.plan.site import Site, target_href
from gazepress.urls import scheme
from gazepress.views import BodyPart, ReadMoreBlock

_NOTHING = "data:,"  # a picture's address that loads nothing, so that the words in its place are shown
_TAG = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ATTRIBUTE = re.compile(r'(?<=\s)([^\s"=<>]+)="([^"]*)"')
_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(\s[^,]*)?(?:,|\Z)")
_ADDRESSES = frozenset(("href", "src", "poster", "cite"))


def page_body(site: Site, file: str, document: Document) -> tuple[BodyPart, ...]:
    """Return the body of the text in ``file`` as its page shows it; a reference that leads nowhere is plain text."""
    targets = site.graph.targets[file]
    hrefs = [target_href(site, target) for target in targets]
    filled: list[BodyPart] = []
    text: list[str] = []
    for part in document.body.parts:
        if isinstance(part, str):
            text.append(part)
        elif isinstance(part, Hole):
            if part.role is Role.TITLE:
                text.append(escape(_title(site, targets[part.ref]) or document.refs[part.ref].target))
            else:
                text.append(_fill(part.role, hrefs[part.ref]))
        else:
            if block := _read_more_block(site, part, targets):
                filled += ("".join(text), block)
                text.clear()
            text += _unlinked_lines(document, part, targets)
    filled.append("".join(text))
    return tuple(part for part in filled if part)


def feed_body(body: Sequence[BodyPart], page: str) -> str:
    """Return the body of the page at the full address ``page`` as HTML that stands on its own.

    Every address in it is made full; read-more blocks become links.
    """
    html = "".join(part if isinstance(part, str) else _read_more_html(part) for part in body)

    def in_full(attribute: re.Match[str]) -> str:
        return _full_attribute(attribute[1], attribute[2], page)

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(in_full, tag.group()), html)


def _fill(role: Role, href: str | None) -> str:
    if role is Role.OPEN:
        return f'<a href="{escape(href)}">' if href else ""
    if role is Role.CLOSE:
        return "</a>" if href else ""
    return escape(href or _NOTHING)


def _title(site: Site, target: Target | None) -> str:
    return site.links[target.id].title if isinstance(target, ToArticle | ToPage) else ""


def _read_more_block(site: Site, part: ReadMore, targets: Sequence[Target | None]) -> ReadMoreBlock | None:
    found = tuple(site.cards[target.id] for ref in part.refs if isinstance(target := targets[ref], ToArticle))
    return ReadMoreBlock(part.label, found) if found else None


def _unlinked_lines(document: Document, part: ReadMore, targets: Sequence[Target | None]) -> Iterator[str]:
    """Yield the read-more lines that lead nowhere as plain paragraphs."""
    for ref in part.refs:
        if targets[ref] is None:
            yield f"<p>{escape(part.label)}: {escape(document.refs[ref].target)}</p>\n"


def _read_more_html(block: ReadMoreBlock) -> str:
    label = escape(block.label)
    lines = (f'<p>{label}: <a href="{escape(card.url)}">{escape(card.title)}</a></p>\n' for card in block.cards)
    return "".join(lines)


def _full_attribute(name: str, value: str, page: str) -> str:
    if name in _ADDRESSES:
        value = _full_address(value, page)
    elif name == "srcset":
        entries = ((_full_address(found[1], page), found[2] or "") for found in _CANDIDATE.finditer(value))
        value = ", ".join(address + width.rstrip() for address, width in entries)
    return f'{name}="{value}"'


def _full_address(written: str, page: str) -> str:
    """Return the address in an attribute made full; one with a scheme is so already, and so is what is no address."""
    plain = unescape(written).strip()
    if scheme(plain):
        return written
    try:
        return escape(urljoin(page, plain))
    except ValueError:
        return written
