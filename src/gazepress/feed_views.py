"""What feeds hold: all addresses in them are full ones."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from gazepress.feed_formats import FeedFormat
from gazepress.views import Link


class Enclosure(Struct, frozen=True):
    """A file that a feed entry carries along (RSS 2.0, enclosure)."""

    url: Annotated[str, Meta(description="Its full address.")]
    length: Annotated[int, Meta(description="Bytes.")]
    type: Annotated[str, Meta(description="Media type.")]


class Category(Struct, frozen=True):
    """What an article is filed under."""

    scheme: Annotated[str, Meta(description="The full address of the page that lists all of this kind.")]
    term: Annotated[str, Meta(description="Its name in addresses.")]
    label: Annotated[str, Meta(description="Its name for readers.")]


class FeedPicture(Struct, frozen=True):
    """The lead picture of an article."""

    url: Annotated[str, Meta(description="Its full address.")]
    words: Annotated[str, Meta(description="The caption, else what it shows; may be empty.")] = ""
    credit: Annotated[str, Meta(description="Whose picture it is; may be empty.")] = ""
    type: Annotated[str, Meta(description="Media type; empty where it is not known.")] = ""
    width: Annotated[int, Meta(description="Pixels; 0 where it is not known.")] = 0
    height: Annotated[int, Meta(description="Pixels; 0 where it is not known.")] = 0


class Note(Struct, frozen=True, array_like=True):
    """A dated note on an article, such as a correction."""

    kind: str
    date: datetime
    text: str


class FeedEntry(Struct, frozen=True, array_like=True):
    """What feeds say of an article besides its card and its text."""

    identity: str  # what stays the same when the article is renamed
    is_permalink: bool
    updated: datetime | None = None  # when it last changed in substance, or got a note
    categories: tuple[Category, ...] = ()
    enclosure: Enclosure | None = None
    notes: tuple[Note, ...] = ()  # newest first


class FeedItem(Struct, frozen=True):
    """An article in a feed. All addresses in it are full ones."""

    id: Annotated[str, Meta(description="What stays the same when the article is renamed.")]
    is_permalink: Annotated[bool, Meta(description="Whether the id is the article's address.")]
    url: Annotated[str, Meta(description="The article's address.")]
    title: Annotated[str, Meta(description="The headline.")]
    summary: Annotated[str, Meta(description="Plain text; empty where the feed carries headlines only.")]
    content: Annotated[str, Meta(description="HTML; empty unless the feed carries full texts.")]
    published: Annotated[datetime, Meta(description="When it was first published.")]
    updated: Annotated[datetime, Meta(description="When it last changed in substance, or was corrected.")]
    authors: Annotated[tuple[Link, ...], Meta(description="Names and pages.")] = ()
    categories: Annotated[tuple[Category, ...], Meta(description="Section and tags.")] = ()
    language: Annotated[str, Meta(description="Its language, if it is not the feed's.")] = ""
    picture: Annotated[FeedPicture | None, Meta(description="The lead picture.")] = None
    enclosure: Annotated[Enclosure | None, Meta(description="Its file, if it is one of this site.")] = None


class FeedView(Struct, frozen=True):
    """A feed with its newest articles, or one of its archives (RFC 5005, section 4)."""

    format: Annotated[FeedFormat, Meta(description="Its format.")]
    title: Annotated[str, Meta(description="The feed's name.")]
    description: Annotated[str, Meta(description="One sentence.")]
    language: Annotated[str, Meta(description="Of the feed.")]
    publisher: Annotated[str, Meta(description="Who publishes it.")]
    url: Annotated[str, Meta(description="Full address of the page that the feed belongs to.")]
    feed_url: Annotated[str, Meta(description="Full address of the feed itself.")]
    updated: Annotated[datetime, Meta(description="The latest change of its articles; the epoch when it has none.")]
    items: Annotated[tuple[FeedItem, ...], Meta(description="Newest first.")]
    hub: Annotated[str, Meta(description="Full address of its WebSub hub; may be empty.")] = ""
    current: Annotated[str, Meta(description="Of an archive: full address of the feed with the newest articles.")] = ""
    older: Annotated[str, Meta(description="Full address of the archive before it; may be empty.")] = ""
    newer: Annotated[str, Meta(description="Of an archive: full address of the one after it; may be empty.")] = ""
