"""The views of feeds, with all addresses in them made full."""

from datetime import UTC, datetime

from gazepress.feed_views import FeedItem, FeedView
from gazepress.outlines import FeedOutline, ItemOutline
from gazepress.stages.compose.body import feed_body, page_body
from gazepress.stages.compose.shelf import Shelf

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def feed_view(shelf: Shelf, path: str, outline: FeedOutline) -> FeedView:
    """Return the view of the feed at a site path."""
    items = tuple(_item(shelf, item, full=outline.full) for item in outline.items)
    return FeedView(
        title=outline.title,
        description=outline.description,
        language=shelf.frame.view.language,
        url=shelf.frame.absolute(outline.page),
        feed_url=shelf.frame.absolute(path),
        updated=max((item.updated for item in items), key=datetime.timestamp, default=_NEVER),
        items=items,
    )


def _item(shelf: Shelf, item: ItemOutline, *, full: bool) -> FeedItem:
    frame, card = shelf.frame, shelf.cards[item.id]
    url = frame.full(card.url)
    return FeedItem(
        id=item.identity,
        is_permalink=item.is_permalink,
        url=url,
        title=card.title,
        summary=card.summary,
        content=feed_body(page_body(shelf, shelf.texts[item.id], item.leads, plain=True), url) if full else "",
        published=card.date,
        updated=frame.local(item.updated) if item.updated else card.date,
        authors=tuple(author.title for author in card.authors),
        categories=((card.section.title,) if card.section else ()) + item.tags,
        enclosure=item.enclosure,
    )
