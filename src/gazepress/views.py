"""What templates see: one frozen record for each kind of page. This is the public contract with theme authors.

Other articles appear as small cards, never as articles, so that the type bounds what an edit touches. All ``url``
fields are ready for an ``href``: they hold the path below which the site lives. ``docs/templates.md`` describes the
same records; a test holds the two together.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

# ------------------------------------------------------------------------------------------------------- parts


class Link(Struct, frozen=True, array_like=True):
    """Words that lead somewhere."""

    title: Annotated[str, Meta(description="The words.")]
    url: Annotated[str, Meta(description="Where they lead.")]


class FeedLink(Struct, frozen=True, array_like=True):
    """A feed in one format."""

    title: Annotated[str, Meta(description="The feed's name.")]
    url: Annotated[str, Meta(description="Its address.")]
    type: Annotated[str, Meta(description="Its media type.")]
    format: Annotated[str, Meta(description="`RSS`, `Atom` or `JSON Feed`.")]


class Overview(Struct, frozen=True):
    """A page that gives an overview of the site."""

    kind: Annotated[str, Meta(description="`sections`, `tags`, `authors`, `storylines` or `archive`.")]
    title: Annotated[str, Meta(description="Its title, in the site's language; `{{ kind | word }}` is in the page's.")]
    url: Annotated[str, Meta(description="Its address.")]


class PictureSource(Struct, frozen=True, array_like=True):
    """A picture in one format and several widths, for a `source` element."""

    type: Annotated[str, Meta(description="Media type.")]
    srcset: Annotated[str, Meta(description="Addresses with their widths.")]


class PictureCut(Struct, frozen=True, array_like=True):
    """A picture cut to the shape that cards, or portraits, have."""

    url: Annotated[str, Meta(description="Its address, for browsers that know none of the formats of `sources`.")]
    width: Annotated[int, Meta(description="Pixels.")]
    height: Annotated[int, Meta(description="Pixels.")]
    sources: Annotated[tuple[PictureSource, ...], Meta(description="Other formats and widths, the best first.")] = ()


class Picture(Struct, frozen=True, array_like=True):
    """A picture with what belongs to it. `partials/picture.html` draws it."""

    url: Annotated[str, Meta(description="Its address, for browsers that know none of the formats of `sources`.")]
    alt: Annotated[str, Meta(description="The text in place of it; empty if it is decorative.")] = ""
    caption: Annotated[str, Meta(description="The words below it.")] = ""
    credit: Annotated[str, Meta(description="Whose picture it is.")] = ""
    width: Annotated[int, Meta(description="Pixels; 0 where it is not known.")] = 0
    height: Annotated[int, Meta(description="Pixels; 0 where it is not known.")] = 0
    tone: Annotated[str, Meta(description="Its main colour: three digits of 0 to 3, for the class `tone-…`.")] = ""
    sources: Annotated[tuple[PictureSource, ...], Meta(description="Other formats and widths, the best first.")] = ()
    cut: Annotated[PictureCut | None, Meta(description="The part of it that cards show, or portraits.")] = None


class Card(Struct, frozen=True, array_like=True):
    """What other pages show of an article."""

    url: Annotated[str, Meta(description="Its address.")]
    title: Annotated[str, Meta(description="The headline.")]
    summary: Annotated[str, Meta(description="One or two sentences.")]
    date: Annotated[datetime, Meta(description="When it was first published, in the site's timezone.")]
    kind: Annotated[str, Meta(description="`report`, `analysis`, `background`, `opinion`, `interview` or `live`.")]
    section: Annotated[Link | None, Meta(description="Its section.")] = None
    authors: Annotated[tuple[Link, ...], Meta(description="Names and pages of its authors.")] = ()
    picture: Annotated[Picture | None, Meta(description="The lead picture.")] = None
    note: Annotated[
        str,
        Meta(
            description="The kind of the newest note on it, as in `corrections` of an article, while that is recent; "
            "`retraction` for good."
        ),
    ] = ""
    lang: Annotated[str, Meta(description="Its language, if it is not the site's.")] = ""
    held: Annotated[str, Meta(description="Why it is held back; only in a build of drafts.")] = ""


def in_languages(cards: Sequence[Card], language: str) -> Iterator[tuple[str, Card]]:
    """Yield the ``hreflang`` of each article of a set of translations, the original first, which also is the default.

    ``language`` is that of the site. Of no articles there is nothing.
    """
    for card in cards:
        yield card.lang or language, card
    for original in cards[:1]:
        yield "x-default", original


class ReadMoreBlock(Struct, frozen=True, tag="read-more"):
    """A read-more block inside a text."""

    label: Annotated[str, Meta(description="The label, as the article has it: “Read more on The Gaze”.")]
    cards: Annotated[tuple[Card, ...], Meta(description="The articles referred to; never empty.")]


class EmbedBlock(Struct, frozen=True, tag="embed"):
    """A card inside a text that leads to a video, a post or a document."""

    kind: Annotated[str, Meta(description="`youtube`, `vimeo`, `x`, `telegram` or `pdf`.")]
    title: Annotated[str, Meta(description="The author's words; the host where there are none.")]
    url: Annotated[str, Meta(description="Where it leads.")]
    site: Annotated[str, Meta(description="The name of the video's or the post's site; empty for a document.")] = ""
    host: Annotated[str, Meta(description="Where that is, without `www.`; empty for a file of this site.")] = ""
    player: Annotated[str, Meta(description="Where a video plays; empty unless the site plays them in its pages.")] = ""


BodyPart = str | ReadMoreBlock | EmbedBlock


class Byline(Struct, frozen=True, array_like=True):
    """An author as an article names them."""

    name: Annotated[str, Meta(description="The name.")]
    url: Annotated[str, Meta(description="The author's page.")]
    role: Annotated[str, Meta(description="What the author does.")] = ""
    summary: Annotated[str, Meta(description="One sentence about the author.")] = ""
    picture: Annotated[Picture | None, Meta(description="The portrait.")] = None


class SourceView(Struct, frozen=True):
    """Somebody or something that a report rests on."""

    name: Annotated[str, Meta(description="Its name.")]
    url: Annotated[str, Meta(description="Where it is found; may be empty.")] = ""


class CorrectionView(Struct, frozen=True):
    """A dated note on a published article."""

    date: Annotated[datetime, Meta(description="When it was made.")]
    text: Annotated[str, Meta(description="What was wrong, and what is right.")]
    kind: Annotated[str, Meta(description="`correction`, `clarification`, `editors-note`, `update` or `retraction`.")]


class HeadingView(Struct, frozen=True):
    """A heading of the text, for a table of contents."""

    level: Annotated[int, Meta(description="2 to 6.")]
    title: Annotated[str, Meta(description="Its words.")]
    url: Annotated[str, Meta(description="`#` and its id.")]


class StorylineBox(Struct, frozen=True):
    """The story that an article is part of."""

    title: Annotated[str, Meta(description="The headline of the first report.")]
    url: Annotated[str, Meta(description="The storyline's page.")]
    earlier: Annotated[tuple[Card, ...], Meta(description="The reports before this one, oldest first.")]
    later: Annotated[tuple[Card, ...], Meta(description="The reports after this one, oldest first.")]


class Translation(Struct, frozen=True):
    """An article in another language."""

    title: Annotated[str, Meta(description="The headline there.")]
    url: Annotated[str, Meta(description="Its address.")]
    lang: Annotated[str, Meta(description="Its language, a BCP 47 tag, for `lang` and `hreflang`.")]
    language: Annotated[str, Meta(description="What that language calls itself: `Українська`.")]
    kind: Annotated[str, Meta(description="`report`, `analysis`, `background`, `opinion`, `interview` or `live`.")]
    original: Annotated[bool, Meta(description="Whether it is the original of all the others.")] = False


class ArticleView(Struct, frozen=True):
    """An article with all that its page shows."""

    url: Annotated[str, Meta(description="Its address.")]
    permalink: Annotated[str, Meta(description="Its full address.")]
    title: Annotated[str, Meta(description="The headline.")]
    summary: Annotated[str, Meta(description="One or two sentences.")]
    kind: Annotated[str, Meta(description="`report`, `analysis`, `background`, `opinion`, `interview` or `live`.")]
    published: Annotated[datetime, Meta(description="When it was first published, in the site's timezone.")]
    lang: Annotated[str, Meta(description="Its language.")]
    body: Annotated[
        tuple[BodyPart, ...],
        Meta(description="The text: pieces of safe HTML (print them with `|safe`), and blocks between them."),
    ]
    words: Annotated[int, Meta(description="Words of the text.")]
    minutes: Annotated[int, Meta(description="Minutes that reading takes.")]
    standfirst: Annotated[
        str, Meta(description="The summary to show above the text; empty when it is the text's first paragraph.")
    ] = ""
    updated: Annotated[datetime | None, Meta(description="When it last changed in substance.")] = None
    dateline: Annotated[str, Meta(description="The place that it comes from.")] = ""
    section: Annotated[Link | None, Meta(description="Its section.")] = None
    tags: Annotated[tuple[Link, ...], Meta(description="Its tags.")] = ()
    authors: Annotated[tuple[Byline, ...], Meta(description="Its authors.")] = ()
    picture: Annotated[Picture | None, Meta(description="The lead picture.")] = None
    headings: Annotated[tuple[HeadingView, ...], Meta(description="The headings of the text.")] = ()
    sources: Annotated[tuple[SourceView, ...], Meta(description="What it rests on.")] = ()
    corrections: Annotated[tuple[CorrectionView, ...], Meta(description="Notes on the text, newest first.")] = ()
    storyline: Annotated[StorylineBox | None, Meta(description="The story that it is part of.")] = None
    backlinks: Annotated[
        tuple[Card, ...],
        Meta(
            description="Later coverage: what refers to it and is no older, newest first, but no part of the storyline."
        ),
    ] = ()
    related: Annotated[
        tuple[Card, ...], Meta(description="Related articles that the page does not show elsewhere.")
    ] = ()
    translations: Annotated[
        tuple[Translation, ...],
        Meta(description="The article in other languages: the original first, then by language."),
    ] = ()
    older: Annotated[Card | None, Meta(description="The article before it in its section.")] = None
    newer: Annotated[Card | None, Meta(description="The article after it in its section.")] = None
    organizations: Annotated[tuple[str, ...], Meta(description="Organizations that it is about.")] = ()
    people: Annotated[tuple[str, ...], Meta(description="Persons that it is about.")] = ()
    countries: Annotated[tuple[str, ...], Meta(description="Countries that it is about.")] = ()
    systems: Annotated[tuple[str, ...], Meta(description="Weapon systems and other products that it is about.")] = ()
    deals: Annotated[
        tuple[dict[str, Any], ...], Meta(description="Deals that it reports, in the publication's own keys.")
    ] = ()
    held: Annotated[str, Meta(description="Why it is held back; only in a build of drafts.")] = ""
    extra: Annotated[dict[str, Any], Meta(description="The publication's own data, from the front matter.")] = {}


class PagerView(Struct, frozen=True, array_like=True):
    """Where a page of a list stands among the others.

    Older pages are counted from the oldest articles, so that an address keeps what it shows.
    """

    number: Annotated[int, Meta(description="0 for the page of the newest articles, 1 for that of the oldest.")]
    newer: Annotated[str, Meta(description="Address of the page with newer articles; empty on the first.")] = ""
    older: Annotated[str, Meta(description="Address of the page with older articles; empty where there is none.")] = ""
    oldest: Annotated[str, Meta(description="Address of page 1 with the oldest, where `older` is another.")] = ""


class FrontSlot(Struct, frozen=True):
    """A group of articles that editors have put on the front page."""

    title: Annotated[str, Meta(description="The words above them; may be empty.")]
    cards: Annotated[tuple[Card, ...], Meta(description="The articles, in the editors' order; never empty.")]


class StorylineFront(Struct, frozen=True):
    """A storyline on the front page."""

    title: Annotated[str, Meta(description="The headline of the first report.")]
    url: Annotated[str, Meta(description="The storyline's page.")]
    cards: Annotated[tuple[Card, ...], Meta(description="Its newest reports, newest first; three at most.")]
    count: Annotated[int, Meta(description="How many reports it has.")]


class SectionFront(Struct, frozen=True):
    """A section with its newest articles, on the front page."""

    title: Annotated[str, Meta(description="Its name.")]
    url: Annotated[str, Meta(description="Its page.")]
    cards: Annotated[tuple[Card, ...], Meta(description="Its newest articles.")]


class DirectoryEntry(Struct, frozen=True, array_like=True):
    """A line of a directory."""

    title: Annotated[str, Meta(description="Its words.")]
    url: Annotated[str, Meta(description="Where it leads.")]
    count: Annotated[int, Meta(description="How many articles are there.")]
    description: Annotated[str, Meta(description="One sentence, may be empty.")] = ""
    picture: Annotated[Picture | None, Meta(description="An author's portrait.")] = None


class DirectoryGroup(Struct, frozen=True, array_like=True):
    """Lines of a directory that belong together."""

    title: Annotated[str, Meta(description="The heading above them; empty when there is one group only.")]
    url: Annotated[str, Meta(description="Where the heading leads; empty when there is none.")]
    entries: Annotated[tuple[DirectoryEntry, ...], Meta(description="The lines.")]


class AuthorView(Struct, frozen=True):
    """An author with all that the page shows."""

    name: Annotated[str, Meta(description="The name.")]
    role: Annotated[str, Meta(description="What the author does.")]
    summary: Annotated[str, Meta(description="One sentence.")]
    body: Annotated[tuple[BodyPart, ...], Meta(description="The biography, as an article's text.")]
    picture: Annotated[Picture | None, Meta(description="The portrait.")] = None
    links: Annotated[tuple[SourceView, ...], Meta(description="Where else the author is found.")] = ()


class SiteView(Struct, frozen=True):
    """What every page knows of its site."""

    title: Annotated[str, Meta(description="The site's name.")]
    publication: Annotated[str, Meta(description="The publication's name in set phrases.")]
    description: Annotated[str, Meta(description="One sentence about the site.")]
    language: Annotated[str, Meta(description="The site's language.")]
    url: Annotated[str, Meta(description="The full address of the front page.")]
    home: Annotated[str, Meta(description="The front page.")]
    base: Annotated[
        str, Meta(description="What stands before the path of a static file: `{{ site.base }}/images/logo.svg`.")
    ]
    feed: Annotated[str, Meta(description="The site's feed in its first format; empty if it has none.")]
    menu: Annotated[tuple[Link, ...], Meta(description="The menu.")]
    sections: Annotated[tuple[Link, ...], Meta(description="The sections.")]
    pages: Annotated[tuple[Link, ...], Meta(description="The standing pages, by title.")]
    directories: Annotated[
        tuple[Overview, ...], Meta(description="The overview pages that have something to show.")
    ] = ()
    search: Annotated[str, Meta(description="The search page; empty where search is off.")] = ""
    styles: Annotated[tuple[str, ...], Meta(description="Style sheets, in the order in which they apply.")] = ()
    preloads: Annotated[tuple[str, ...], Meta(description="Fonts that every page needs at once (WOFF2).")] = ()
    cyrillic_preloads: Annotated[
        tuple[str, ...], Meta(description="Fonts that pages in a language written in Cyrillic need beside those.")
    ] = ()
    icon: Annotated[str, Meta(description="The icon of the site (SVG).")] = ""
    favicon: Annotated[str, Meta(description="The icon for programs that know no SVG (ICO).")] = ""
    touch_icon: Annotated[str, Meta(description="The icon that phones show among their programs (PNG).")] = ""
    manifest: Annotated[str, Meta(description="What phones that keep the site want to know of it.")] = ""
    papers: Annotated[tuple[str, ...], Meta(description="The color of the paper by day, and by night.")] = ()
    logo: Annotated[str, Meta(description="The picture in place of the name at the head; may be empty.")] = ""
    links: Annotated[tuple[Link, ...], Meta(description="The publication's links at the foot of every page.")] = ()
    search_script: Annotated[str, Meta(description="The script of the search page.")] = ""
    feeds: Annotated[tuple[FeedLink, ...], Meta(description="The site's feed in all its formats.")] = ()
    corrections: Annotated[
        str, Meta(description="The page that lists all notes on articles; empty where there are none.")
    ] = ""
    subscribe: Annotated[str, Meta(description="The page that lists all feeds; empty if there are none.")] = ""
