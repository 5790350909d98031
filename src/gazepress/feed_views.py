"""What feeds hold: all addresses in them are full ones."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct


class Enclosure(Struct, frozen=True):
    """A file that a feed entry carries along (RSS 2.0, enclosure)."""

    url: Annotated[str, Meta(description="Its full address.")]
    length: Annotated[int, Meta(description="Bytes.")]
    type: Annotated[str, Meta(description="Media type.")]


class FeedItem(Struct, frozen=True):
    """An article in a feed. All addresses in it are full ones."""

    id: Annotated[str, Meta(description="What stays the same when the article is renamed.")]
    is_permalink: Annotated[bool, Meta(description="Whether the id is the article's address.")]
    url: Annotated[str, Meta(description="The article's address.")]
    title: Annotated[str, Meta(description="The headline.")]
    summary: Annotated[str, Meta(description="Plain text.")]
    content: Annotated[str, Meta(description="HTML; empty when the feed carries summaries only.")]
    published: Annotated[datetime, Meta(description="When it was first published.")]
    updated: Annotated[datetime, Meta(description="When it last changed in substance.")]
    authors: Annotated[tuple[str, ...], Meta(description="Names.")]
    categories: Annotated[tuple[str, ...], Meta(description="Section and tags.")]
    enclosure: Annotated[Enclosure | None, Meta(description="The lead picture.")] = None


class FeedView(Struct, frozen=True):
    """A feed with its newest articles."""

    title: Annotated[str, Meta(description="The feed's name.")]
    description: Annotated[str, Meta(description="One sentence.")]
    language: Annotated[str, Meta(description="Of the site.")]
    url: Annotated[str, Meta(description="Full address of the page that the feed belongs to.")]
    feed_url: Annotated[str, Meta(description="Full address of the feed itself.")]
    updated: Annotated[datetime, Meta(description="The latest change of its articles; the epoch when it has none.")]
    items: Annotated[tuple[FeedItem, ...], Meta(description="Newest first.")]
