"""What every address of the site will show, by reference: small records between the graph and the views of templates.

An outline names articles and other texts by their files, and authors by their slugs; what is there to be said of them
stands once, in cards and bylines. Views are made of outlines only when something must be drawn, so that a plan stays
small and can be compared with the last one. Times are kept as moments: compose shows them by the publication's clocks.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from gazepress.feed_formats import FeedFormat
from gazepress.feed_views import Note
from gazepress.page_views import FeedGroup, SearchIndex
from gazepress.partner_views import DataForm
from gazepress.renditions import Rendition
from gazepress.settings import FeedContent, PartnerSettings
from gazepress.urls import encode_path
from gazepress.views import DirectoryGroup, FeedLink, Link, PagerView, Picture, PictureCut, SiteView

SHARE_SIZE = (1200, 630)
"""Pixels of the picture beside a link to an article (Open Graph)."""


class Frame(Struct, frozen=True, array_like=True):
    """What all pages share: what they know of the site, and how addresses and times are written."""

    timezone: str
    root: str  # what stands before an ``href`` in a full address: https://x.example
    base: str  # the path below which the site lives: /news
    view: SiteView
    public: bool  # False when the build shows what is held back: no search engine may have it
    players: bool = False  # whether videos play in the page
    policy_meta: bool = True  # whether pages say themselves what they may load
    words: Mapping[str, Mapping[str, Any]] = {}  # the publication's own words for the theme, by language
    partners: PartnerSettings = PartnerSettings()
    policies: tuple[tuple[str, str], ...] = ()  # of the publication's own work: name of the setting, full address

    @property
    def zone(self) -> ZoneInfo:
        """The timezone of the publication."""
        return ZoneInfo(self.timezone)

    def href(self, path: str) -> str:
        """Return the address of a site path for an ``href``."""
        return self.base + encode_path(path)

    def absolute(self, path: str) -> str:
        """Return the full address of a site path."""
        return self.root + self.base + encode_path(path)

    def full(self, href: str) -> str:
        """Return the full address of an ``href`` of this site; others are full already."""
        return self.root + href if href.startswith("/") else href

    def local(self, moment: datetime) -> datetime:
        """Return a moment as the clocks of the publication show it."""
        return moment.astimezone(self.zone)


class Lead(Struct, frozen=True, array_like=True):
    """What a reference of a text leads to: an article, whose card says the rest, or an address and the title there."""

    article: str = ""
    href: str = ""  # beside an article only the fragment: ``#prices``
    title: str = ""
    picture: Picture | None = None  # what there is to show of a picture in the text


class Shows(Struct, frozen=True, array_like=True):
    """All that an output shows besides its outline: cards of articles, bylines of authors, and whole texts.

    Of the articles in a feed it also shows what feeds say of them.
    """

    cards: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------------------- pages


class StoryOutline(Struct, frozen=True, array_like=True):
    """The part of a storyline around one of its reports."""

    title: str
    url: str
    earlier: tuple[str, ...]
    later: tuple[str, ...]


class ArticleOutline(Struct, frozen=True, tag="article", array_like=True):
    """An article's page. ``leads`` are what its references lead to, in their order; None leads nowhere."""

    id: str
    authors: tuple[str, ...] = ()
    tags: tuple[Link, ...] = ()
    leads: tuple[Lead | None, ...] = ()
    feeds: tuple[FeedLink, ...] = ()  # of its section
    share: PictureCut | None = None  # the picture beside a link to it
    cuts: tuple[PictureCut, ...] = ()  # the lead picture in the shapes that search engines show
    storyline: StoryOutline | None = None
    backlinks: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    older: str = ""
    newer: str = ""
    translations: tuple[str, ...] = ()  # itself in all its languages, the original first


class StandingOutline(Struct, frozen=True, tag="standing", array_like=True):
    """A standing page."""

    id: str
    leads: tuple[Lead | None, ...] = ()
    held: str = ""


class GroupOutline(Struct, frozen=True, array_like=True):
    """A group of articles on the front page: a section, a storyline, or what editors have put together there."""

    title: str
    articles: tuple[str, ...]
    url: str = ""
    count: int = 0  # of a storyline's reports


class HomeOutline(Struct, frozen=True, tag="home", array_like=True):
    """The front page: its lead, and what stands in the blocks below. A block that is not shown is empty."""

    pager: PagerView
    blocks: tuple[str, ...] = ()
    lead: str = ""
    top: tuple[str, ...] = ()
    slots: tuple[GroupOutline, ...] = ()
    storylines: tuple[GroupOutline, ...] = ()
    opinion: tuple[str, ...] = ()
    sections: tuple[GroupOutline, ...] = ()
    latest: tuple[str, ...] = ()


class ListOutline(Struct, frozen=True, tag="list", array_like=True):
    """A page of a list; the first also tells how many articles the whole list has."""

    template: str
    title: str
    articles: tuple[str, ...]
    pager: PagerView
    description: str = ""
    trail: tuple[Link, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    count: int | None = None
    lead: str = ""  # of a section's first page, and not among the articles


class AuthorOutline(Struct, frozen=True, tag="author", array_like=True):
    """A page of an author, as of a list. ``id`` is the file of the biography, empty if there is none."""

    slug: str
    articles: tuple[str, ...]
    pager: PagerView
    id: str = ""
    leads: tuple[Lead | None, ...] = ()
    trail: tuple[Link, ...] = ()
    count: int | None = None
    feeds: tuple[FeedLink, ...] = ()


class StorylineOutline(Struct, frozen=True, tag="storyline", array_like=True):
    """A storyline, oldest report first."""

    title: str
    articles: tuple[str, ...]
    trail: tuple[Link, ...] = ()
    feeds: tuple[FeedLink, ...] = ()


class DirectoryOutline(Struct, frozen=True, tag="directory", array_like=True):
    """An overview of sections, tags, authors, storylines or the months of the archive."""

    title: str
    groups: tuple[DirectoryGroup, ...]


class NotFoundOutline(Struct, frozen=True, tag="not-found", array_like=True):
    """What a server shows for an unknown address, with the newest articles."""

    articles: tuple[str, ...]


class CorrectionsOutline(Struct, frozen=True, tag="corrections", array_like=True):
    """A page of the list of all notes on articles: each note, and in its place the article that it stands on.

    ``id`` is the file of the standing page whose text the first page has above the list; empty if there is none.
    """

    title: str
    articles: tuple[str, ...]
    notes: tuple[Note, ...]
    pager: PagerView
    feeds: tuple[FeedLink, ...] = ()
    id: str = ""
    leads: tuple[Lead | None, ...] = ()
    held: str = ""
    lang: str = ""  # of the title and the text, if it is not the site's


class SearchOutline(Struct, frozen=True, tag="search", array_like=True):
    """The search page, with the indexes that it asks."""

    indexes: tuple[SearchIndex, ...]


class FeedsOutline(Struct, frozen=True, tag="feeds", array_like=True):
    """The page that lists all feeds, with the address of their list for feed readers."""

    title: str
    groups: tuple[FeedGroup, ...]
    opml: str


class RedirectOutline(Struct, frozen=True, tag="redirect", array_like=True):
    """An old address: the title of what it leads to, the full address there, and the language."""

    title: str
    target: str
    lang: str


class GoneOutline(Struct, frozen=True, tag="gone", array_like=True):
    """The address of an article that was taken down: what readers are told, and in which language."""

    title: str
    text: str
    lang: str


# ------------------------------------------------------------------------------------------------- other files


class FeedOutline(Struct, frozen=True, tag="feed", array_like=True):
    """A feed of the page at the site path ``page``, or one of its archives; all places are site paths.

    ``leads`` are what the references of each article lead to where the feed carries full texts.
    """

    format: FeedFormat
    title: str
    description: str
    page: str
    language: str
    content: FeedContent
    articles: tuple[str, ...]
    leads: tuple[tuple[Lead | None, ...], ...] = ()
    notes: tuple[Note, ...] = ()  # of a feed of notes: what its entries tell, each with the article that it stands on
    hub: str = ""
    current: str = ""  # of an archive: the feed with the newest articles
    older: str = ""  # the archive before it
    newer: str = ""  # of an archive: the one after it


class DataOutline(Struct, frozen=True, tag="data", array_like=True):
    """A document for other programs. ``leads`` are there where it carries whole texts; the rest only lists have."""

    form: DataForm
    articles: tuple[str, ...]
    leads: tuple[tuple[Lead | None, ...], ...] = ()
    title: str = ""
    page: str = ""  # site path of the list's page
    count: int = 0  # of the whole list; 0 on all of its pages but the first
    older: str = ""  # site path of the page with older articles


class TextOutline(Struct, frozen=True, tag="text", array_like=True):
    """A file whose text is known by now: sitemaps, robots.txt, what servers say."""

    text: str


class IndexOutline(Struct, frozen=True, tag="index", array_like=True):
    """The search index of one year in one language. It stands at its entry; its other files lie beside that.

    ``leads`` are the titles of what the references of each article lead to, as they may stand in its text.
    """

    language: str
    articles: tuple[str, ...]
    leads: tuple[tuple[Lead | None, ...], ...]


class ImageOutline(Struct, frozen=True, tag="image", array_like=True):
    """A picture in another form: the file, the digest of its bytes, and the form."""

    source: str
    digest: str
    rendition: Rendition


class ShareOutline(Struct, frozen=True, tag="share", array_like=True):
    """A picture that is drawn to stand beside a link: a headline, what it stands under, and whose it is."""

    title: str
    kicker: str
    publication: str
    accent: str = ""  # the publication's own color, if it has one


class CopyOutline(Struct, frozen=True, tag="copy", array_like=True):
    """A file taken over byte by byte: its digest, and where it is. A path of the theme starts with ``theme:``."""

    source: str
    digest: str


PageOutline = (
    ArticleOutline
    | StandingOutline
    | HomeOutline
    | ListOutline
    | AuthorOutline
    | StorylineOutline
    | DirectoryOutline
    | NotFoundOutline
    | CorrectionsOutline
    | SearchOutline
    | FeedsOutline
    | RedirectOutline
    | GoneOutline
)
FormOutline = ImageOutline | ShareOutline
"""What is made into a picture."""

Outline = PageOutline | FeedOutline | DataOutline | TextOutline | IndexOutline | FormOutline | CopyOutline


def shows(outline: Outline) -> Shows:  # noqa: C901, PLR0911 - one for each kind of output
    """Return what an output shows besides its outline. Compose gets no more than that, so that nothing is forgotten."""
    match outline:
        case ArticleOutline(id=own, storyline=story, older=older, newer=newer):
            parts = (*story.earlier, *story.later) if story else ()
            beside = (*outline.backlinks, *outline.related, *outline.translations)
            cards = (own, older, newer, *parts, *beside, *_led_to(outline.leads))
            return Shows(tuple(filter(None, cards)), outline.authors, (own,))
        case StandingOutline(id=own, leads=leads):
            return Shows(_led_to(leads), (), (own,))
        case HomeOutline(lead=lead, top=top, opinion=opinion, latest=latest):
            groups = (*outline.slots, *outline.storylines, *outline.sections)
            grouped = (one for group in groups for one in group.articles)
            return Shows(tuple(dict.fromkeys(filter(None, (lead, *top, *grouped, *opinion, *latest)))))
        case ListOutline(articles=articles, lead=lead):
            return Shows((lead, *articles) if lead else articles)
        case StorylineOutline(articles=articles) | NotFoundOutline(articles=articles):
            return Shows(articles)
        case CorrectionsOutline(articles=articles, id=own, leads=leads):
            return Shows((*articles, *_led_to(leads)), (), (own,) if own else ())
        case AuthorOutline(articles=articles, slug=slug, id=own, leads=leads):
            return Shows((*articles, *_led_to(leads)), (slug,), (own,) if own else ())
        case FeedOutline(articles=articles, leads=leads):
            led_to = (one for each in leads for one in _led_to(each))
            is_full = outline.content is FeedContent.FULL
            return Shows((*articles, *led_to), (), articles if is_full else (), articles)
        case DataOutline(form=form, articles=articles, leads=leads):
            led_to = (one for each in leads for one in _led_to(each))
            entries = () if form is DataForm.OEMBED else articles
            return Shows((*articles, *led_to), (), articles if leads else (), entries)
        case IndexOutline(articles=articles):
            return Shows(articles, (), articles)
        case _:
            return Shows()


def template_of(outline: Outline) -> str:
    """Return the name of the template that draws a page; empty for other files."""
    return outline.template if isinstance(outline, ListOutline) else _TEMPLATES.get(type(outline), "")


_TEMPLATES: dict[type[Outline], str] = {
    ArticleOutline: "article.html",
    StandingOutline: "page.html",
    HomeOutline: "home.html",
    AuthorOutline: "author.html",
    StorylineOutline: "storyline.html",
    DirectoryOutline: "directory.html",
    NotFoundOutline: "404.html",
    CorrectionsOutline: "corrections.html",
    SearchOutline: "search.html",
    FeedsOutline: "feeds.html",
    RedirectOutline: "redirect.html",
    GoneOutline: "gone.html",
}


def _led_to(leads: tuple[Lead | None, ...]) -> tuple[str, ...]:
    return tuple([lead.article for lead in leads if lead is not None and lead.article])
