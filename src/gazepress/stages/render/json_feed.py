"""A feed as the bytes of a JSON Feed 1.1 file (https://www.jsonfeed.org/version/1.1/)."""

from datetime import datetime

import msgspec
from msgspec import Struct

from gazepress.feed_views import FeedItem, FeedView
from gazepress.stages.render.characters import sound

_VERSION = "https://jsonfeed.org/version/1.1"


class _Author(Struct, omit_defaults=True):
    name: str
    url: str = ""


class _Hub(Struct):
    type: str
    url: str


class _Attachment(Struct):
    url: str
    mime_type: str
    size_in_bytes: int


class _Item(Struct, omit_defaults=True):
    id: str
    url: str
    title: str
    content_html: str | None = None
    content_text: str | None = None
    summary: str = ""
    image: str = ""
    date_published: datetime | None = None
    date_modified: datetime | None = None
    authors: list[_Author] = []
    tags: list[str] = []
    language: str = ""
    attachments: list[_Attachment] = []


class _Feed(Struct, omit_defaults=True, kw_only=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    description: str = ""
    language: str = ""
    authors: list[_Author] = []
    hubs: list[_Hub] = []
    next_url: str = ""
    items: list[_Item]


def render_json_feed(view: FeedView) -> bytes:
    """Return the JSON Feed of a view, in UTF-8. Times must have an offset."""
    publisher = sound(view.publisher)
    feed = _Feed(
        version=_VERSION,
        title=sound(view.title, instead=view.url),
        home_page_url=sound(view.url),
        feed_url=sound(view.feed_url),
        description=sound(view.description),
        language=sound(view.language),
        authors=[_Author(publisher, sound(view.url))] if publisher else [],
        hubs=[_Hub("WebSub", sound(view.hub))] if view.hub else [],
        next_url=sound(view.older),
        items=[_item(item) for item in view.items],
    )
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def _item(item: FeedItem) -> _Item:
    title = sound(item.title, instead=item.url)
    summary, content = sound(item.summary), sound(item.content)
    attachments = []
    if item.enclosure is not None:
        attachments = [_Attachment(sound(item.enclosure.url), item.enclosure.type, item.enclosure.length)]
    return _Item(
        id=sound(item.id, instead=item.url),
        url=sound(item.url),
        title=title,
        content_html=content or None,
        content_text=None if content else summary or title,  # one of the two must be there
        summary=summary if content else "",
        image=sound(item.picture.url) if item.picture else "",
        date_published=item.published,
        date_modified=item.updated if item.updated != item.published else None,
        authors=[_Author(name, sound(author.url)) for author in item.authors if (name := sound(author.title))],
        tags=[label for category in item.categories if (label := sound(category.label))],
        language=sound(item.language),
        attachments=attachments,
    )
