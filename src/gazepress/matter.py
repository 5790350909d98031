"""What may stand above a text: the front matter of articles, standing pages and authors. Its names are public."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta, Struct

from gazepress.located import Located

_WHITE = re.compile(r"[^\S\xa0\u2007\u202f]+")  # all but spaces at which no line may break: somebody chose them
_NAMES = 100  # each has pages and feeds that name all others: twice as many would make four times as much


class Kind(StrEnum):
    """The kind of an article; it chooses the subtype of schema.org's NewsArticle."""

    REPORT = "report"
    ANALYSIS = "analysis"
    BACKGROUND = "background"
    OPINION = "opinion"
    INTERVIEW = "interview"
    LIVE = "live"


class Status(StrEnum):
    """Whether an article may be published at all, or was taken down after it had been."""

    READY = "ready"
    DRAFT = "draft"
    GONE = "gone"


class CorrectionKind(StrEnum):
    """What a note on a published article is."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    EDITORS_NOTE = "editors-note"
    UPDATE = "update"
    RETRACTION = "retraction"


class Source(Struct, frozen=True):
    """Somebody or something that a report rests on."""

    name: Annotated[str, Meta(description="Its name.")]
    url: Annotated[str, Meta(description="Where it is found: a full address.")] = ""


class Correction(Struct, frozen=True):
    """A dated note that says what was wrong in a published article, and what is right."""

    date: Annotated[datetime, Meta(description="When the note was made.")]
    text: Annotated[str, Meta(description="What was wrong, and what is right.")]
    kind: Annotated[
        CorrectionKind,
        Meta(description="`correction`, `clarification`, `editors-note`, `update` or `retraction`."),
    ] = CorrectionKind.CORRECTION


class PictureMatter(Struct, frozen=True):
    """A picture as front matter names it. ``alt`` is None when it was not given; empty means decorative."""

    src: Annotated[
        Located, Meta(description="A file beside the text, a path of the site (`/images/x.jpg`), or a full address.")
    ]
    alt: Annotated[str | None, Meta(description="What it shows, for those who cannot see it.")] = None
    caption: Annotated[str, Meta(description="The words below it.")] = ""
    credit: Annotated[str, Meta(description="Whose picture it is.")] = ""
    focus: Annotated[
        tuple[float, ...],
        Meta(description="The point that stays in sight where the picture is cut: `[0.4, 0.3]`, from left and top."),
    ] = (0.5, 0.5)


class FrontMatter(Struct, frozen=True, tag="article", omit_defaults=True):
    """What stands above an article's text. The names are the public interface."""

    title: Annotated[str, Meta(description="The headline.")]
    date: Annotated[
        datetime, Meta(description="When it was first published; without an offset, in the site's timezone.")
    ]
    id: Annotated[
        str,
        Meta(
            description="The permanent identity in feeds; by default what `urls.lock` says, else the oldest alias, "
            "else the URL."
        ),
    ] = ""
    kind: Annotated[Kind, Meta(description="`report`, `analysis`, `background`, `opinion`, `interview` or `live`.")] = (
        Kind.REPORT
    )
    updated: Annotated[datetime | None, Meta(description="When the text last changed in substance.")] = None
    slug: Annotated[str, Meta(description="The article's name in its address; by default the file's name.")] = ""
    section: Annotated[
        str, Meta(description="By default the first folder below `content/articles/` that is no year.")
    ] = ""
    tags: Annotated[
        tuple[str, ...], Meta(description="What the article is about; at most 100.", max_length=_NAMES)
    ] = ()
    authors: Annotated[
        tuple[str, ...], Meta(description="Names, or file names of `content/authors/`; at most 100.", max_length=_NAMES)
    ] = ()
    summary: Annotated[str, Meta(description="One or two sentences; by default the first paragraph.")] = ""
    lang: Annotated[str, Meta(description="The article's language, if it is not the site's.")] = ""
    dateline: Annotated[str, Meta(description="The place that the report comes from.")] = ""
    image: Annotated[
        PictureMatter | None, Meta(description="The lead picture: `src`, `alt`, `caption`, `credit`, `focus`.")
    ] = None
    sources: Annotated[tuple[Source, ...], Meta(description="What the report rests on: `name` and `url`.")] = ()
    related: Annotated[tuple[Located, ...], Meta(description="References to articles to show first as related.")] = ()
    follows: Annotated[
        tuple[Located, ...], Meta(description="References to the earlier reports that this one continues.")
    ] = ()
    translates: Annotated[
        Located | None, Meta(description="A reference to the article that this one is a translation of.")
    ] = None
    status: Annotated[
        Status, Meta(description="`ready`; `draft`: held back; or `gone`: taken down, with a page that says so.")
    ] = Status.READY
    gone: Annotated[str, Meta(description="What readers are told at the address of an article that is `gone`.")] = ""
    embargo: Annotated[datetime | None, Meta(description="Held back until this time; write its offset.")] = None
    lead: Annotated[bool, Meta(description="Whether it leads the front page and its section's.")] = False
    weight: Annotated[
        int, Meta(description="The heavier, the higher among the top stories; 0 is by date alone.", ge=0)
    ] = 0
    until: Annotated[
        datetime | None, Meta(description="Until when `lead` and `weight` hold; write its offset. By default for good.")
    ] = None
    corrections: Annotated[
        tuple[Correction, ...], Meta(description="Notes on the published text: `date`, `text`, `kind`.")
    ] = ()
    aliases: Annotated[
        tuple[str, ...], Meta(description="Old paths of the article, oldest first; each redirects to it.")
    ] = ()
    organizations: Annotated[tuple[str, ...], Meta(description="Organizations that the article is about.")] = ()
    people: Annotated[tuple[str, ...], Meta(description="Persons that the article is about.")] = ()
    countries: Annotated[tuple[str, ...], Meta(description="Countries that the article is about.")] = ()
    systems: Annotated[tuple[str, ...], Meta(description="Weapon systems and other products that it is about.")] = ()
    deals: Annotated[
        tuple[dict[str, Any], ...], Meta(description="Deals that it reports, in the publication's own keys.")
    ] = ()
    ignore: Annotated[
        tuple[Located, ...], Meta(description="Codes that `gazepress check` does not tell of this text.")
    ] = ()
    extra: Annotated[dict[str, Any], Meta(description="Data of any shape for the publication's own templates.")] = {}

    @property
    def retracted(self) -> bool:
        """Tell whether a retraction stands on it: then its page stays, and no list shows it."""
        return bool(self.corrections) and any(note.kind is CorrectionKind.RETRACTION for note in self.corrections)

    @property
    def changed(self) -> datetime | None:
        """Return when it last changed in substance or got a note; None if it never did."""
        if not self.corrections:
            return self.updated
        moments = [note.date for note in self.corrections] + ([self.updated] if self.updated else [])
        return max(moments, key=datetime.timestamp, default=None)


class PageMatter(Struct, frozen=True, tag="page"):
    """What stands above the text of a standing page."""

    title: Annotated[str, Meta(description="The page's title.")]
    slug: Annotated[str, Meta(description="Its name in its address; by default the file's name.")] = ""
    summary: Annotated[str, Meta(description="One or two sentences; by default the first paragraph.")] = ""
    lang: Annotated[str, Meta(description="The page's language, if it is not the site's.")] = ""
    status: Annotated[Status, Meta(description="`ready`, or `draft`: held back.")] = Status.READY
    aliases: Annotated[tuple[str, ...], Meta(description="Old paths of the page; each redirects to it.")] = ()
    ignore: Annotated[
        tuple[Located, ...], Meta(description="Codes that `gazepress check` does not tell of this text.")
    ] = ()
    extra: Annotated[dict[str, Any], Meta(description="Data of any shape for the publication's own templates.")] = {}


class AuthorMatter(Struct, frozen=True, tag="author"):
    """What stands above an author's biography."""

    name: Annotated[str, Meta(description="The author's name, as in bylines.")]
    slug: Annotated[str, Meta(description="The author's name in addresses; by default the file's name.")] = ""
    role: Annotated[str, Meta(description="What the author does at the publication.")] = ""
    summary: Annotated[str, Meta(description="One sentence about the author.")] = ""
    image: Annotated[PictureMatter | None, Meta(description="A portrait: `src`, `alt`, `credit`, `focus`.")] = None
    links: Annotated[tuple[Source, ...], Meta(description="Where else the author is found: `name` and `url`.")] = ()
    ignore: Annotated[
        tuple[Located, ...], Meta(description="Codes that `gazepress check` does not tell of this text.")
    ] = ()
    extra: Annotated[dict[str, Any], Meta(description="Data of any shape for the publication's own templates.")] = {}


class SlotMatter(Struct, frozen=True):
    """A group of articles that editors put on the front page."""

    articles: Annotated[tuple[Located, ...], Meta(description="References to articles, in the order to show them.")]
    title: Annotated[str, Meta(description="The words above them; may be left out.")] = ""


class Layout(Struct, frozen=True, tag="layout"):
    """What ``content/_front.yaml`` says of the front page. It is no text: nothing can refer to it."""

    lead: Annotated[
        Located | None, Meta(description="A reference to the article that leads, whatever front matter says.")
    ] = None
    slots: Annotated[
        tuple[SlotMatter, ...], Meta(description="Groups of articles: `title`, and references in `articles`.")
    ] = ()


Matter = FrontMatter | PageMatter | AuthorMatter


def one_line(text: str) -> str:
    """Return a headline, a summary or a note on one line, with one space wherever something white may break it."""
    if text.isprintable() and "  " not in text:  # a space is the only white character that counts as printable
        return text.strip()
    return _WHITE.sub(" ", text).strip()
