"""All nouns of the program: frozen records, in the order in which the pipeline makes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar, cast

from msgspec import Struct

from gazepress.diagnostics import Diagnostic
from gazepress.documents import Document
from gazepress.feed_views import FeedEntry, FeedView
from gazepress.matter import AuthorMatter, CorrectionKind, FrontMatter, PageMatter
from gazepress.outlines import Frame, Outline
from gazepress.page_views import PageView
from gazepress.partner_views import Document as PartnerDocument
from gazepress.published import Held
from gazepress.url_lock import Recorded
from gazepress.views import Byline, Card

# ------------------------------------------------------------------------------------------------------- graph


class ToArticle(Struct, frozen=True):
    """A reference that leads to an article, by its id."""

    id: str
    fragment: str = ""


class ToPage(Struct, frozen=True):
    """A reference that leads to a standing page or an author, by the path of its file."""

    id: str
    fragment: str = ""


class ToFile(Struct, frozen=True):
    """A reference that leads to a file beside the text, by its path from the site folder."""

    path: str


class ToSitePath(Struct, frozen=True):
    """A reference that leads to a path of the built site, which only plan can check."""

    path: str
    fragment: str = ""


class ToHere(Struct, frozen=True):
    """A reference to a place in the same text."""

    fragment: str


Target = ToArticle | ToPage | ToFile | ToSitePath | ToHere


class Article(Struct, frozen=True):
    """A published article. Its id is the path of its file from the site folder."""

    id: str
    document: Document
    matter: FrontMatter
    slug: str
    section: str  # slug of its section, empty if it has none
    tags: tuple[str, ...]  # slugs
    authors: tuple[str, ...]  # slugs
    held: Held | None = None  # set only in a build that shows what is held back


class Standing(Struct, frozen=True):
    """A standing page. Its id is the path of its file from the site folder."""

    id: str
    document: Document
    matter: PageMatter
    slug: str
    held: Held | None = None


class Term(Struct, frozen=True):
    """A section or a tag, with its articles, newest first.

    Here and below, ``retracted`` are those that stood there before they were retracted: nobody shows them, feeds tell.
    """

    slug: str
    label: str
    articles: tuple[str, ...]
    description: str = ""
    retracted: tuple[str, ...] = ()


class Author(Struct, frozen=True):
    """An author with the articles, newest first; ``document`` is the biography, if a file gives one."""

    slug: str
    name: str
    articles: tuple[str, ...]
    id: str = ""  # path of the file, empty if there is none
    document: Document | None = None
    matter: AuthorMatter | None = None
    retracted: tuple[str, ...] = ()


class Storyline(Struct, frozen=True):
    """Reports that continue each other, oldest first. It is named after the first one."""

    slug: str
    title: str
    articles: tuple[str, ...]
    retracted: tuple[str, ...] = ()


class Reason(Struct, frozen=True):
    """A part of a relatedness score, in words: ``kind`` is tag, organization, link, …; ``value`` what is shared."""

    kind: str
    value: str
    weight: float


class Related(Struct, frozen=True):
    """An article chosen as related, its score, and why."""

    id: str
    score: float
    reasons: tuple[Reason, ...]


class Slot(Struct, frozen=True):
    """A group of articles that editors have put on the front page; the title may be empty."""

    title: str
    articles: tuple[str, ...]


class Front(Struct, frozen=True):
    """What editors have chosen for the front page, and what still holds of it. What they left open is empty."""

    lead: str = ""
    weighty: tuple[str, ...] = ()  # articles that have a weight, the heaviest first
    slots: tuple[Slot, ...] = ()
    section_leads: Mapping[str, str] = {}  # by the section's slug


class Graph(Struct, frozen=True):
    """The whole publication as flat maps. Nothing that is held back is in it, but in ``held``."""

    as_of: datetime
    articles: Mapping[str, Article]  # newest first
    listed: tuple[str, ...]  # the articles that lists show, newest first: all but those that were retracted
    pages: Mapping[str, Standing]
    sections: Mapping[str, Term]  # in the order of the settings
    tags: Mapping[str, Term]  # by label
    authors: Mapping[str, Author]  # by name
    storylines: Mapping[str, Storyline]
    storyline_of: Mapping[str, str]  # article → slug of its storyline
    targets: Mapping[str, tuple[Target | None, ...]]  # file → what its refs lead to, in their order
    backlinks: Mapping[str, tuple[str, ...]]  # article → articles that refer to it, newest first
    neighbors: Mapping[str, tuple[str, str]]  # article → the next older and next newer in its section, or ""
    related: Mapping[str, tuple[str, ...]]
    translations: Mapping[str, tuple[str, ...]] = {}  # article → itself in all its languages, the original first
    related_keys: Mapping[str, str] = {}  # article → digest of all that the choice of its related ones depends on
    newer_related: bool = False  # whether newer articles were chosen among too
    front: Front = Front()
    news: Mapping[str, datetime] = {}  # article that is news at this hour → when readers could first read it
    marked: Mapping[str, CorrectionKind] = {}  # article that says so wherever it is shown → kind of the note on it
    held: tuple[Held, ...] = ()
    next_change: datetime | None = None  # when the hour alone will change the site
    gone: Mapping[str, Article] = {}  # articles that were taken down: their addresses say so
    emptied: Mapping[str, tuple[Term, ...]] = {}  # overview → lists that were there before articles were retracted


# -------------------------------------------------------------------------------------------------------- plan


class Planned(Struct, frozen=True, array_like=True):
    """An address of the site and what will answer there."""

    url: str  # site path without the base: /2025/10/x/
    outline: Outline
    sources: tuple[str, ...] = ()  # files that a message about this output should name


Kind = TypeVar("Kind", bound=Struct)


def outlines_of(outputs: Iterable[Planned], *kinds: type[Kind]) -> Iterator[Kind]:
    """Yield the outlines of some kinds. Types are compared: isinstance takes far longer to say no, and mostly does."""
    return (cast("Kind", one.outline) for one in outputs if type(one.outline) in kinds)


class Plan(Struct, frozen=True):
    """Every address of the site in the order of the addresses, and what is said of articles and authors everywhere."""

    frame: Frame
    cards: Mapping[str, Card]  # by article
    bylines: Mapping[str, Byline]  # by the author's slug
    outputs: Sequence[Planned]
    unrecorded: tuple[Recorded, ...] = ()  # what urls.lock lacks of it
    entries: Mapping[str, FeedEntry] = {}  # what feeds say of the articles in them


# ----------------------------------------------------------------------------------------------------- compose


class Page(Struct, frozen=True):
    """An HTML page: a view drawn by a template."""

    url: str
    template: str
    view: PageView
    sources: tuple[str, ...]


class Feed(Struct, frozen=True):
    """A feed in one of its formats."""

    url: str
    view: FeedView
    sources: tuple[str, ...]


class Data(Struct, frozen=True):
    """A JSON document for other programs."""

    url: str
    document: PartnerDocument
    sources: tuple[str, ...]


class Findable(Struct, frozen=True):
    """What is to be found of an article, all in plain text, and what a result shows of it."""

    url: str
    title: str
    text: str
    date: str  # 2025-10-09
    section: str
    authors: tuple[str, ...]


class Text(Struct, frozen=True):
    """A file whose text is known by now: sitemaps, robots.txt."""

    url: str
    text: str
    sources: tuple[str, ...]


class Index(Struct, frozen=True):
    """A search index: what is to be found of each article, newest first."""

    url: str
    language: str
    records: tuple[Findable, ...]


Output = Page | Feed | Data | Text


# ------------------------------------------------------------------------------------------------------ render


class TemplateTag(Struct, frozen=True, array_like=True):
    """A tag by which a template names others; ``names`` is None where they are only known when a page is drawn."""

    names: tuple[str, ...] | None
    line: int
    extends: bool
    must_be_there: bool


class TemplatePart(Struct, frozen=True, array_like=True):
    """A block, or what a template gives names to outside of blocks; with the names, blocks and templates in it."""

    kind: str  # block, macro, import or value
    gives: tuple[str, ...]
    uses: tuple[str, ...]
    blocks: tuple[str, ...]
    tags: tuple[TemplateTag, ...]


class Template(Struct, frozen=True, array_like=True):
    """What a template says by itself, whatever others there are. One that has a fault says nothing."""

    tags: tuple[TemplateTag, ...] = ()
    uses: tuple[str, ...] = ()  # all names that it looks up
    parts: tuple[TemplatePart, ...] = ()
    code: bytes = b""  # as marshal writes it; it is as much to be trusted as the template itself
    fault: Diagnostic | None = None


class Rendered(Struct, frozen=True):
    """The bytes of an output; of a page also where the text of its block ``main`` stands: its start and its length."""

    data: bytes
    main: tuple[int, int] | None = None  # None where there is none that stands by itself
