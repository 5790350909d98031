"""A body's holes filled: HTML and read-more blocks for the page, or HTML with full addresses for the feed."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import urljoin

from gazepress.model import Document, Hole, ReadMore, Role, Target, ToArticle
from gazepress.stages.plan.site import Site, target_path, target_title
from gazepress.urls import scheme
from gazepress.views import BodyPart, ReadMoreBlock

_TAG = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_ADDRESS = re.compile(r'(\s(?:href|src|poster|cite)=")([^"]*)(")')
_ADDRESS_SET = re.compile(r'(\ssrcset=")([^"]*)(")')


def page_body(site: Site, file: str, document: Document) -> tuple[BodyPart, ...]:
    """Return the body of the text in ``file`` as its page shows it; a reference that leads nowhere is plain text."""
    return _fill(site, file, document, site.href)


def feed_body(site: Site, file: str, document: Document) -> str:
    """Return the body of the text in ``file`` as HTML that stands on its own: every address in it is a full one."""
    page = site.absolute(site.paths[file])
    parts = _fill(site, file, document, site.absolute)
    html = "".join(part if isinstance(part, str) else _read_more_html(part) for part in parts)
    return _TAG.sub(lambda tag: _absolute_tag(tag.group(), page), html)


def _fill(site: Site, file: str, document: Document, address: Callable[[str], str]) -> tuple[BodyPart, ...]:
    targets = site.graph.targets[file]
    filled: list[BodyPart] = []
    text: list[str] = []
    for part in document.body.parts:
        if isinstance(part, str):
            text.append(part)
        elif isinstance(part, Hole):
            text.append(_fill_hole(site, document, part, targets[part.ref], address))
        elif block := _read_more_block(site, part, targets):
            filled += ("".join(text), block)
            text.clear()
    filled.append("".join(text))
    return tuple(part for part in filled if part)


def _fill_hole(site: Site, document: Document, hole: Hole, target: Target | None, address: Callable[[str], str]) -> str:
    path = target_path(site, target) if target is not None else None
    match hole.role:
        case Role.TITLE:
            return escape(target_title(site, target, document.refs[hole.ref]))
        case Role.CLOSE:
            return "" if path is None else "</a>"
        case Role.OPEN:
            return "" if path is None else f'<a href="{escape(_link(path, address))}">'
        case Role.ADDRESS:
            return "" if path is None else escape(_link(path, address))


def _link(path: str, address: Callable[[str], str]) -> str:
    """Return the address of a path; a fragment alone stays in its page."""
    return path if path.startswith("#") else address(path)


def _read_more_block(site: Site, part: ReadMore, targets: tuple[Target | None, ...]) -> ReadMoreBlock | None:
    found = tuple(site.cards[target.id] for ref in part.refs if isinstance(target := targets[ref], ToArticle))
    return ReadMoreBlock(part.label, found) if found else None


def _read_more_html(block: ReadMoreBlock) -> str:
    lines = (
        f'<p>{escape(block.label)}: <a href="{escape(card.url)}">{escape(card.title)}</a></p>' for card in block.cards
    )
    return "\n".join(lines) + "\n"


def _absolute_tag(tag: str, page: str) -> str:
    tag = _ADDRESS.sub(lambda found: found[1] + _absolute_address(found[2], page) + found[3], tag)
    return _ADDRESS_SET.sub(lambda found: found[1] + _absolute_set(found[2], page) + found[3], tag)


def _absolute_address(address: str, page: str) -> str:
    """Return an address as it stands in an attribute, made full; those with a scheme are so already."""
    plain = unescape(address).strip()
    return address if scheme(plain) else escape(urljoin(page, plain))


def _absolute_set(candidates: str, page: str) -> str:
    """Return a ``srcset`` (HTML, 4.8.4.2.1) with full addresses."""
    entries = (entry.split(maxsplit=1) for entry in candidates.split(",") if entry.strip())
    return ", ".join(" ".join((_absolute_address(address, page), *width)) for address, *width in entries)
