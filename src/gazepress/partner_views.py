"""What do other programs get of articles? Documents of ninjs, of oEmbed and of the site's own static API.

All addresses in them are full ones. What is empty is left out of the documents. The description of the API is made of
its records here.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct


class DataForm(StrEnum):
    """What a document says of articles to other programs."""

    NINJS = "ninjs"  # one article
    NINJS_FEED = "ninjs feed"
    OEMBED = "oembed"
    LIST = "list"  # a page of a list of the API


# ------------------------------------------------------------------------------------------------------- ninjs


class Words(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A headline, a description or a body (ninjs 3.1: headlines, descriptions, bodies)."""

    value: str
    role: str = ""
    content_type: str = ""
    word_count: int = 0


class Named(Struct, frozen=True, omit_defaults=True):
    """Somebody or something with a name, and what it is to the article: author, subject, section, tag, source."""

    name: str
    rel: str = ""
    role: str = ""  # of a source
    uri: str = ""


class TrustIndicator(Struct, frozen=True):
    """Where the publication says how it works; the role is a property of schema.org."""

    role: str
    href: str


class Rendition(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """A form in which something can be fetched."""

    name: str
    href: str
    content_type: str = ""
    width: int = 0
    height: int = 0


class Standard(Struct, frozen=True):
    """By which standard a document is written."""

    name: str = "ninjs"
    version: str = "3.1"
    schema: str = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"


class Ninjs(Struct, frozen=True, omit_defaults=True, rename="camel", kw_only=True):
    """A news object (IPTC, ninjs 3.1): an article, the picture that goes with it, or a feed of articles."""

    standard: Standard | None = None
    uri: str
    type: Literal["", "text", "picture", "composite"] = ""  # empty where nothing is left of it
    name: str = ""  # of an association
    rel: str = ""  # of an association
    representation_type: Literal["", "full", "partial"] = ""
    first_created: datetime | None = None
    version_created: datetime | None = None
    content_created: datetime | None = None
    pub_status: Literal["", "usable", "withheld", "canceled"] = ""
    copyright_holder: str = ""
    usage_terms: str = ""
    ed_note: str = ""
    language: str = ""
    headlines: tuple[Words, ...] = ()
    descriptions: tuple[Words, ...] = ()
    bodies: tuple[Words, ...] = ()
    by: str = ""
    located: str = ""
    people: tuple[Named, ...] = ()
    organisations: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    objects: tuple[Named, ...] = ()
    subjects: tuple[Named, ...] = ()
    genres: tuple[Named, ...] = ()
    info_sources: tuple[Named, ...] = ()
    trust_indicators: tuple[TrustIndicator, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    associations: tuple["Ninjs", ...] = ()


# ------------------------------------------------------------------------------------------------------ oEmbed


class Oembed(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What stands for an article on other sites (oEmbed 1.0, section 2.3.4): HTML without scripts."""

    type: str
    version: str
    title: str
    author_name: str = ""
    author_url: str = ""
    provider_name: str = ""
    provider_url: str = ""
    cache_age: int = 0  # seconds
    thumbnail_url: str = ""
    thumbnail_width: int = 0
    thumbnail_height: int = 0
    html: str
    width: int
    height: int


# --------------------------------------------------------------------------------------------------------- API


class Term(Struct, frozen=True):
    """A section, a tag or an author of an article."""

    slug: Annotated[str, Meta(description="Its name in addresses.")]
    title: Annotated[str, Meta(description="Its name for readers.")]
    url: Annotated[str, Meta(description="Its page.")]


class Picture(Struct, frozen=True, omit_defaults=True):
    """The lead picture of an article."""

    url: Annotated[str, Meta(description="The picture.")]
    alt: Annotated[str, Meta(description="The text in place of it.")] = ""
    caption: Annotated[str, Meta(description="The words below it.")] = ""
    credit: Annotated[str, Meta(description="Whose picture it is.")] = ""
    width: Annotated[int, Meta(description="Pixels; 0 where it is not known.")] = 0
    height: Annotated[int, Meta(description="Pixels; 0 where it is not known.")] = 0


class Article(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """An article in a list."""

    id: Annotated[str, Meta(description="What stays the same when the article is renamed.")]
    url: Annotated[str, Meta(description="Its page.")]
    title: Annotated[str, Meta(description="The headline.")]
    summary: Annotated[str, Meta(description="One or two sentences, plain text.")] = ""
    published: Annotated[datetime, Meta(description="When it was first published.")]
    updated: Annotated[datetime | None, Meta(description="When it last changed in substance, or was corrected.")] = None
    kind: Annotated[str, Meta(description="`report`, `analysis`, `background`, `opinion`, `interview` or `live`.")]
    language: Annotated[str, Meta(description="Its language, a BCP 47 tag.")]
    section: Annotated[Term | None, Meta(description="Its section.")] = None
    tags: Annotated[tuple[Term, ...], Meta(description="Its tags.")] = ()
    authors: Annotated[tuple[Term, ...], Meta(description="Its authors.")] = ()
    picture: Annotated[Picture | None, Meta(description="The lead picture.")] = None
    corrected: Annotated[bool, Meta(description="Whether a correction stands on it.")] = False
    ninjs: Annotated[str, Meta(description="The whole article as ninjs 3.1, where the publication offers it.")] = ""


class Articles(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A page of a list of articles, newest first. `older` leads on, until it is missing on the page of the oldest."""

    title: Annotated[str, Meta(description="Of what these are the articles.")]
    url: Annotated[str, Meta(description="The page of the list on the site.")]
    count: Annotated[int, Meta(description="How many the whole list has; told by its first page alone.")] = 0
    articles: Annotated[tuple[Article, ...], Meta(description="The articles, newest first.")]
    older: Annotated[str, Meta(description="The page with older articles, which no new article changes.")] = ""


class Entry(Struct, frozen=True):
    """A section, a tag, an author or a storyline that has articles."""

    slug: Annotated[str, Meta(description="Its name in addresses.")]
    title: Annotated[str, Meta(description="Its name for readers.")]
    url: Annotated[str, Meta(description="Its page.")]
    count: Annotated[int, Meta(description="How many articles it has.")]
    articles: Annotated[str, Meta(description="The first page of the list of its articles.")]


class Directory(Struct, frozen=True):
    """All sections, tags, authors or storylines."""

    title: Annotated[str, Meta(description="What these are.")]
    entries: Annotated[tuple[Entry, ...], Meta(description="All of them, in the order of the site's overview.")]


class Root(Struct, frozen=True):
    """Where the API begins."""

    title: Annotated[str, Meta(description="The site's name.")]
    url: Annotated[str, Meta(description="The front page.")]
    language: Annotated[str, Meta(description="The site's language, a BCP 47 tag.")]
    articles: Annotated[str, Meta(description="All articles.")]
    sections: Annotated[str, Meta(description="All sections.")]
    tags: Annotated[str, Meta(description="All tags.")]
    authors: Annotated[str, Meta(description="All authors.")]
    storylines: Annotated[str, Meta(description="All storylines.")]
    openapi: Annotated[str, Meta(description="What there is, and in which form (OpenAPI 3.1).")]


Document = Ninjs | Oembed | Articles
"""What compose makes of outlines; the small rest of the API is known to the plan."""
