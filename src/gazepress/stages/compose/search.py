"""What of an article is to be found by search, and the view of the search page."""

import re
from html import unescape

from msgspec.structs import replace

from gazepress.model import Findable, Index
from gazepress.outlines import IndexOutline, Lead, SearchOutline
from gazepress.page_views import SearchPage
from gazepress.stages.compose.body import page_body
from gazepress.stages.compose.head import make_head, page_policy
from gazepress.stages.compose.shelf import Shelf

_BREAK = re.compile(r"</(?:p|li|h[1-6]|blockquote|pre|figcaption|t[dh]|d[td])>|<[bh]r\s*/?>")
_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')


def search_index(shelf: Shelf, path: str, outline: IndexOutline) -> Index:
    """Return the index whose entry stands at a site path."""
    each = zip(outline.articles, outline.leads, strict=True)
    return Index(path, outline.language, tuple(_findable(shelf, article, leads) for article, leads in each))


def search_page(shelf: Shelf, path: str, outline: SearchOutline) -> SearchPage:
    """Return the view of the search page."""
    head = make_head(shelf.frame, path, shelf.words.say("search"), index=False)
    head = replace(head, policy=page_policy(shelf.frame, search=True))
    return SearchPage(shelf.frame.view, head, outline.indexes)


def _findable(shelf: Shelf, article: str, leads: tuple[Lead | None, ...]) -> Findable:
    card = shelf.cards[article]
    body = page_body(shelf, shelf.texts[article], leads)
    text = _plain("".join(part for part in body if isinstance(part, str)))
    begins = card.summary.rstrip("…")  # a summary that was cut from the text is in it already
    return Findable(
        url=card.url,
        title=card.title,
        text=text if text.startswith(begins) else f"{card.summary} {text}",
        date=f"{card.date:%Y-%m-%d}",
        section=card.section.title if card.section else "",
        authors=tuple(author.title for author in card.authors),
    )


def _plain(html: str) -> str:
    """Return the words of safe HTML on one line."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", html))).split())
