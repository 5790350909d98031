"""What templates see: one frozen record for each kind of page. This is the public contract with theme authors.

``docs/templates.md`` describes the same records; a test holds the two together.
"""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from gazepress.views import (
    ArticleView,
    AuthorView,
    BodyPart,
    Card,
    CorrectionView,
    DirectoryGroup,
    FeedLink,
    FrontSlot,
    Link,
    PagerView,
    SectionFront,
    SiteView,
    StorylineFront,
)


class Alternate(Struct, frozen=True):
    """The page in one of its languages."""

    lang: Annotated[str, Meta(description="The language, or `x-default`: for readers of all others.")]
    url: Annotated[str, Meta(description="The full address there.")]


class Head(Struct, frozen=True):
    """What stands in a page's head: for browsers, search engines and shared links."""

    title: Annotated[str, Meta(description="The page's own title.")]
    description: Annotated[str, Meta(description="One or two sentences.")]
    url: Annotated[str, Meta(description="The page's full address (canonical).")]
    lang: Annotated[str, Meta(description="The page's language.")]
    kind: Annotated[str, Meta(description="`article` or `website` (Open Graph).")]
    index: Annotated[bool, Meta(description="Whether search engines may list it.")] = True
    picture: Annotated[str, Meta(description="Full address of a picture, may be empty.")] = ""
    picture_alt: Annotated[str, Meta(description="What that picture shows.")] = ""
    picture_width: Annotated[int, Meta(description="Pixels; 0 where it is not known.")] = 0
    picture_height: Annotated[int, Meta(description="Pixels; 0 where it is not known.")] = 0
    published: Annotated[datetime | None, Meta(description="An article's date.")] = None
    updated: Annotated[datetime | None, Meta(description="An article's last change.")] = None
    section: Annotated[str, Meta(description="An article's section.")] = ""
    tags: Annotated[tuple[str, ...], Meta(description="An article's tags.")] = ()
    authors: Annotated[
        tuple[Link, ...], Meta(description="An article's authors, and the full addresses of their pages.")
    ] = ()
    locale: Annotated[str, Meta(description="The page's language and country, `en_US`; empty if not known.")] = ""
    alternates: Annotated[
        tuple[Alternate, ...],
        Meta(description="The page in all its languages, its own among them; empty if there is no other."),
    ] = ()
    other_locales: Annotated[
        tuple[str, ...], Meta(description="Languages and countries of its translations, as far as known.")
    ] = ()
    feeds: Annotated[tuple[FeedLink, ...], Meta(description="Feeds that fit the page.")] = ()
    trail: Annotated[tuple[Link, ...], Meta(description="The way from the front page to this page (breadcrumbs).")] = ()
    json_ld: Annotated[
        str, Meta(description="JSON-LD, safe to print in a script element with `|safe`; may be empty.")
    ] = ""
    ninjs: Annotated[str, Meta(description="Full address of the article as ninjs; may be empty.")] = ""
    oembed: Annotated[str, Meta(description="Full address of what other sites can show of it; may be empty.")] = ""
    policy: Annotated[
        str, Meta(description="What the page may load (Content-Security-Policy); empty if the server alone says so.")
    ] = ""


# ------------------------------------------------------------------------------------------------------- pages


class ArticlePage(Struct, frozen=True, tag="article"):
    """An article: `article.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    article: Annotated[ArticleView, Meta(description="The article.")]


class HomePage(Struct, frozen=True, tag="home"):
    """The front page: `home.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    lead: Annotated[Card | None, Meta(description="The article that leads; None while there are none.")]
    top: Annotated[tuple[Card, ...], Meta(description="The top stories after it.")]
    slots: Annotated[tuple[FrontSlot, ...], Meta(description="What editors have put together.")]
    storylines: Annotated[tuple[StorylineFront, ...], Meta(description="The most followed storylines.")]
    opinion: Annotated[tuple[Card, ...], Meta(description="Analysis and opinion, newest first.")]
    sections: Annotated[tuple[SectionFront, ...], Meta(description="Sections with their newest articles.")]
    latest: Annotated[
        tuple[Card, ...], Meta(description="The newest articles but for the lead and the top stories, newest first.")
    ]
    blocks: Annotated[tuple[str, ...], Meta(description="The names of the blocks to show, in their order.")]
    pager: Annotated[PagerView, Meta(description="Where older articles are.")]


class ListPage(Struct, frozen=True, tag="list"):
    """A list of articles: `section.html`, `tag.html`, `archive.html`, `latest.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    title: Annotated[str, Meta(description="The heading.")]
    description: Annotated[str, Meta(description="One sentence, may be empty.")]
    cards: Annotated[tuple[Card, ...], Meta(description="The articles of this page, newest first.")]
    pager: Annotated[PagerView, Meta(description="Where this page stands among the others.")]
    count: Annotated[
        int | None, Meta(description="How many articles the whole list has; told by its first page only.")
    ] = None
    lead: Annotated[
        Card | None, Meta(description="The article that leads a section, on its first page; not among `cards`.")
    ] = None


class AuthorPage(Struct, frozen=True, tag="author"):
    """An author: `author.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    author: Annotated[AuthorView, Meta(description="The author.")]
    cards: Annotated[tuple[Card, ...], Meta(description="The articles of this page, newest first.")]
    pager: Annotated[PagerView, Meta(description="Where this page stands among the others.")]
    count: Annotated[
        int | None, Meta(description="How many articles the author has written; told by the first page only.")
    ] = None


class DirectoryPage(Struct, frozen=True, tag="directory"):
    """An overview of sections, tags, authors, or of the archive's months: `directory.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    title: Annotated[str, Meta(description="The heading.")]
    groups: Annotated[tuple[DirectoryGroup, ...], Meta(description="The lines, in groups.")]


class StandingPage(Struct, frozen=True, tag="standing"):
    """A standing page, such as “About”: `page.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    title: Annotated[str, Meta(description="The heading.")]
    body: Annotated[tuple[BodyPart, ...], Meta(description="The text: pieces of safe HTML, and blocks between them.")]
    held: Annotated[str, Meta(description="Why it is held back; only in a build of drafts.")]
    extra: Annotated[dict[str, Any], Meta(description="The publication's own data, from the front matter.")]


class StorylinePage(Struct, frozen=True, tag="storyline"):
    """Reports that continue each other: `storyline.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    title: Annotated[str, Meta(description="The headline of the first report.")]
    cards: Annotated[tuple[Card, ...], Meta(description="The reports, oldest first.")]


class NotFoundPage(Struct, frozen=True, tag="not-found"):
    """What a server shows for an unknown address: `404.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    latest: Annotated[tuple[Card, ...], Meta(description="The newest articles.")]


class NotedArticle(Struct, frozen=True):
    """A note on an article, where all notes stand together."""

    card: Annotated[Card, Meta(description="The article.")]
    note: Annotated[CorrectionView, Meta(description="The note.")]


class CorrectionsPage(Struct, frozen=True, tag="corrections"):
    """A page of the list of all notes on articles: `corrections.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    title: Annotated[str, Meta(description="The heading.")]
    notes: Annotated[tuple[NotedArticle, ...], Meta(description="The notes of this page, newest first.")]
    pager: Annotated[PagerView, Meta(description="Where this page stands among the others.")]
    body: Annotated[
        tuple[BodyPart, ...],
        Meta(description="On the first page the text of the standing page at this address, if there is one."),
    ] = ()
    held: Annotated[str, Meta(description="Why that text is held back; only in a build of drafts.")] = ""
    lang: Annotated[str, Meta(description="The language of heading and text, if it is not the page's.")] = ""


class SearchIndex(Struct, frozen=True):
    """The articles of one year in one language, as the search page finds them."""

    year: Annotated[int, Meta(description="The year.")]
    language: Annotated[str, Meta(description="The language.")]
    url: Annotated[str, Meta(description="The folder of the index.")]


class SearchPage(Struct, frozen=True, tag="search"):
    """The search page: `search.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    indexes: Annotated[tuple[SearchIndex, ...], Meta(description="What is searched, the newest year first.")]


class FeedPlace(Struct, frozen=True, array_like=True):
    """Something that has a feed."""

    title: Annotated[str, Meta(description="What it is called.")]
    url: Annotated[str, Meta(description="Its page.")]
    feeds: Annotated[tuple[FeedLink, ...], Meta(description="Its feed in each format.")]


class FeedGroup(Struct, frozen=True, array_like=True):
    """Feeds of one kind."""

    kind: Annotated[str, Meta(description="`site`, `sections`, `tags`, `authors` or `storylines`.")]
    places: Annotated[tuple[FeedPlace, ...], Meta(description="What they are of.")]


class FeedsPage(Struct, frozen=True, tag="feeds"):
    """All feeds, and what a feed is: `feeds.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    title: Annotated[str, Meta(description="The heading.")]
    groups: Annotated[tuple[FeedGroup, ...], Meta(description="The feeds, in groups; none is empty.")]
    opml: Annotated[str, Meta(description="The address of a list of them that feed readers take over (OPML).")]


class RedirectPage(Struct, frozen=True, tag="redirect"):
    """An old address that leads to a new one: `redirect.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    target: Annotated[Link, Meta(description="Where it leads: the title there, and the full address.")]


class GonePage(Struct, frozen=True, tag="gone"):
    """The address of an article that was taken down: `gone.html`."""

    site: Annotated[SiteView, Meta(description="The site.")]
    head: Annotated[Head, Meta(description="The page's head.")]
    text: Annotated[str, Meta(description="What readers are told of it; may be empty.")] = ""


PageView = (
    ArticlePage
    | HomePage
    | ListPage
    | AuthorPage
    | DirectoryPage
    | StandingPage
    | StorylinePage
    | NotFoundPage
    | CorrectionsPage
    | SearchPage
    | FeedsPage
    | RedirectPage
    | GonePage
)

TEMPLATES: dict[str, type[Struct]] = {
    "article.html": ArticlePage,
    "home.html": HomePage,
    "section.html": ListPage,
    "tag.html": ListPage,
    "archive.html": ListPage,
    "latest.html": ListPage,
    "author.html": AuthorPage,
    "directory.html": DirectoryPage,
    "page.html": StandingPage,
    "storyline.html": StorylinePage,
    "404.html": NotFoundPage,
    "corrections.html": CorrectionsPage,
    "search.html": SearchPage,
    "feeds.html": FeedsPage,
    "redirect.html": RedirectPage,
    "gone.html": GonePage,
}
"""The record whose fields are the names that a template can use."""
