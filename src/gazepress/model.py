"""All nouns of the program: frozen records, in the order in which the pipeline makes them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from gazepress.config import Phrases
from gazepress.embeds import EmbedKind
from gazepress.matter import AuthorMatter, FrontMatter, Layout, Matter, PageMatter
from gazepress.outlines import Frame, Outline
from gazepress.views import Byline, Card, FeedView, PageView

# ---------------------------------------------------------------------------------------------------- discover


class SourceKind(StrEnum):
    """What a file of the site folder is for; it follows from its place alone."""

    ARTICLE = "article"
    PAGE = "page"
    AUTHOR = "author"
    LAYOUT = "layout"  # content/_front.yaml
    MEDIA = "media"  # a file of content/ that is no text: pictures, documents
    STATIC = "static"
    TEMPLATE = "template"


class Stamp(Struct, frozen=True, array_like=True):
    """By what a file is known to be unchanged without being read; times in nanoseconds since 1970."""

    size: int
    modified: int
    changed: int  # of its bytes, name or attributes: unlike ``modified``, no program can set it back
    inode: int


class SourceFile(Struct, frozen=True, array_like=True):
    """A file of the site: its path from the site folder with ``/`` between names, and the digest of its bytes.

    The stamp is None while the file is so young that it could change again without changing its stamp.
    """

    path: str
    kind: SourceKind
    digest: str
    size: int
    stamp: Stamp | None = None


# ------------------------------------------------------------------------------------------------------- parse


class ParseOptions(Struct, frozen=True):
    """All that reading a text depends on besides the text: a narrow part of the settings, which few edits touch."""

    timezone: str
    language: str
    phrases: Mapping[str, Phrases]  # by language, the publication's name filled in; holds the site's language


class RefKind(StrEnum):
    """How a text refers to something of the same site."""

    LINK = "link"  # [words](other.md), [words](/path/), [words](#place), [words](paper.pdf)
    WIKI = "wiki"  # [[Title]], [[Title|words]]
    READ_MORE = "read-more"
    EARLIER = "earlier"  # a link inside "As … reported earlier"
    PICTURE = "picture"  # ![…](picture.svg), or the lead picture
    RELATED = "related"
    FOLLOWS = "follows"
    LAYOUT = "layout"  # the lead of content/_front.yaml, or an article in one of its slots


class Ref(Struct, frozen=True):
    """A reference as it was written: ``target`` is a path, slug, title or site path, with its ``#fragment`` if any."""

    kind: RefKind
    target: str
    line: int
    column: int


class Role(StrEnum):
    """What plan puts into a hole of a body."""

    OPEN = "open"  # <a href="…">, or nothing when the reference leads nowhere
    CLOSE = "close"  # </a>, or nothing
    TITLE = "title"  # the title of what is referred to; as written when it leads nowhere
    ADDRESS = "address"  # the address of a picture, between `<img src="` and `"`


class Hole(Struct, frozen=True, tag="hole"):
    """A place in a body that depends on another file: ``ref`` counts in the document's ``refs``."""

    ref: int
    role: Role


class ReadMore(Struct, frozen=True, tag="read-more"):
    """A read-more block: its label as written, and the references below it."""

    label: str
    refs: tuple[int, ...]


class Embed(Struct, frozen=True, tag="embed"):
    """A link alone in its paragraph that a card stands for. It has a full address, or a reference if it is ours."""

    kind: EmbedKind
    title: str  # the words of the link; empty where the author gave none
    address: str = ""
    ref: int = -1


class Heading(Struct, frozen=True):
    """A heading of a text, its id unique in the document."""

    level: int
    text: str
    id: str


class Body(Struct, frozen=True):
    """What only a text's own page shows. Its parts are HTML with holes, to be filled once all files are known."""

    parts: tuple[str | Hole | ReadMore | Embed, ...]
    headings: tuple[Heading, ...] = ()
    words: int = 0


class Phrase(Struct, frozen=True):
    """A set phrase met in a text: the source that it names, or the sentence that points to earlier coverage."""

    text: str
    line: int
    column: int


class Document(Struct, frozen=True):
    """All of a text that others may be interested in; so an edit of the body alone leaves it as it was."""

    matter: Matter | Layout
    refs: tuple[Ref, ...] = ()
    fragments: tuple[str, ...] = ()  # every id that a link may lead to: headings, footnotes, the author's own
    summary: str = ""  # plain text
    attributions: tuple[Phrase, ...] = ()
    earlier: tuple[Phrase, ...] = ()  # earlier-coverage sentences that hold no link


class Parsed(Struct, frozen=True):
    """A parsed text. It knows no path, no clock and no other file: equal bytes and options give equal records."""

    document: Document
    body: Body


# ------------------------------------------------------------------------------------------------------- graph


class HeldReason(StrEnum):
    """Why something is not published."""

    DRAFT = "draft"
    EMBARGO = "embargo"
    FUTURE = "future date"


class Held(Struct, frozen=True):
    """Something that is held back, and until when (None for a draft)."""

    path: str
    reason: HeldReason
    until: datetime | None = None


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
    """A section or a tag, with its articles, newest first."""

    slug: str
    label: str
    articles: tuple[str, ...]
    description: str = ""


class Author(Struct, frozen=True):
    """An author with the articles, newest first; ``document`` is the biography, if a file gives one."""

    slug: str
    name: str
    articles: tuple[str, ...]
    id: str = ""  # path of the file, empty if there is none
    document: Document | None = None
    matter: AuthorMatter | None = None


class Storyline(Struct, frozen=True):
    """Reports that continue each other, oldest first. It is named after the first one."""

    slug: str
    title: str
    articles: tuple[str, ...]


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
    related_keys: Mapping[str, str] = {}  # article → digest of all that the choice of its related ones depends on
    newer_related: bool = False  # whether newer articles were chosen among too
    front: Front = Front()
    held: tuple[Held, ...] = ()
    next_change: datetime | None = None  # when the hour alone will change the site


# -------------------------------------------------------------------------------------------------------- plan


class Planned(Struct, frozen=True):
    """An address of the site and what will answer there."""

    url: str  # site path without the base: /2025/10/x/
    outline: Outline
    sources: tuple[str, ...] = ()  # files that a message about this output should name


class Plan(Struct, frozen=True):
    """Every address of the site in the order of the addresses, and what is said of articles and authors everywhere."""

    frame: Frame
    cards: Mapping[str, Card]  # by article
    bylines: Mapping[str, Byline]  # by the author's slug
    outputs: tuple[Planned, ...]


# ----------------------------------------------------------------------------------------------------- compose


class Page(Struct, frozen=True):
    """An HTML page: a view drawn by a template."""

    url: str
    template: str
    view: PageView
    sources: tuple[str, ...]


class Feed(Struct, frozen=True):
    """An RSS feed."""

    url: str
    view: FeedView
    sources: tuple[str, ...]


class Findable(Struct, frozen=True):
    """What is to be found of an article, all in plain text, and what a result shows of it."""

    url: str
    title: str
    text: str
    date: str  # 2025-10-09
    section: str
    authors: str


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


Output = Page | Feed | Text


# ----------------------------------------------------------------------------------------------------- publish


class CopiedFile(Struct, frozen=True):
    """An output file taken over byte by byte from the file ``source``, which is read only if it must be written."""

    path: str
    source: str
    digest: str


class Staged(Struct, frozen=True, array_like=True):
    """An output file that waits to be put in its place: it is complete, and lies at ``place`` on the stage."""

    path: str
    digest: str
    size: int
    place: str


class Kept(Struct, frozen=True, array_like=True):
    """An output file that is in its place already, with these bytes."""

    path: str
    digest: str


class Manifest(Struct, frozen=True):
    """What a build has published: path below the output folder → digest of its bytes.

    The digest is empty while a build is about to write the file: it may hold the bytes of this build or the last.
    """

    files: Mapping[str, str]


class Seen(Struct, frozen=True):
    """What was just seen of the last build's files: which were altered, and the stamps of those that are whole.

    The stamps are None where the folder is to be looked through for files of others.
    """

    altered: AbstractSet[str]
    stamps: Mapping[str, Stamp] | None


class Published(Struct, frozen=True):
    """What a build did to the output folder. ``doubtful`` are copies of files that changed while they were copied."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    doubtful: tuple[str, ...] = ()
