"""What all parts of the plan share: the site's settings and graph, the addresses of things, and their cards."""

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from gazepress.config import Settings
from gazepress.model import (
    Article,
    Author,
    Graph,
    Held,
    HeldReason,
    Output,
    PictureMatter,
    Ref,
    Standing,
    Target,
    ToArticle,
    ToFile,
    ToHere,
    ToPage,
    ToSitePath,
)
from gazepress.urls import base_path, decode_path, encode_path, scheme
from gazepress.views import Card, Link, Picture, SiteView

MEDIA = "/media/"
FEED = "/feed.xml"
DIRECTORIES = ("sections", "tags", "authors", "storylines", "archive")


_NO_VIEW = SiteView("", "", "", "", "", "", "", "", (), (), ())


class Site(Struct, frozen=True):
    """The publication on its way to outputs. Paths are site paths without the base: ``/2025/10/x/``."""

    settings: Settings
    graph: Graph
    zone: ZoneInfo
    base: str
    paths: Mapping[str, str]  # file of an article, page or author → its site path
    broken: AbstractSet[str] = frozenset()  # site paths that are referred to and that nothing answers
    cards: Mapping[str, Card] = {}  # article → its card, once the addresses are checked
    view: SiteView = _NO_VIEW  # what all pages know of the site
    story_places: Mapping[str, int] = {}  # article → its place in its storyline
    public: bool = True  # False when the build shows what is held back: no search engine may have it

    def href(self, path: str) -> str:
        """Return the address of a site path, with its query and fragment if any, for an ``href``."""
        return self.base + _encode(path)

    def absolute(self, path: str) -> str:
        """Return the full address of a site path, with its query and fragment if any."""
        return self.settings.url.rstrip("/") + _encode(path)

    def local(self, moment: datetime) -> datetime:
        """Return a moment as the clocks of the publication show it."""
        return moment.astimezone(self.zone)


class Claim(Struct, frozen=True):
    """An address that something wants, and how its output is made once all addresses are known."""

    url: str
    make: Callable[[Site], Output]


def make_site(settings: Settings, graph: Graph) -> Site:
    """Return the shared part of a plan: every article, page and author has its address."""
    zone = settings.zone
    paths = {article.id: article_path(article, settings.permalink, zone) for article in graph.articles.values()}
    paths |= {page.id: f"/{page.slug}/" for page in graph.pages.values()}
    paths |= {author.id: author_path(author) for author in graph.authors.values() if author.id}
    texts: tuple[Article | Standing, ...] = (*graph.articles.values(), *graph.pages.values())
    site = Site(
        settings,
        graph,
        zone,
        base_path(settings.url),
        paths,
        story_places={one: at for story in graph.storylines.values() for at, one in enumerate(story.articles)},
        public=not any(text.held for text in texts),
    )
    return replace(site, view=_site_view(site))


def article_path(article: Article, permalink: str, zone: ZoneInfo) -> str:
    """Return an article's site path; a token that stands for nothing leaves no empty step behind."""
    date = article.matter.date.astimezone(zone)
    tokens = {
        "section": article.section,
        "year": f"{date.year:04}",
        "month": f"{date.month:02}",
        "day": f"{date.day:02}",
        "slug": article.slug,
    }
    steps = [step.format_map(tokens) for step in permalink.strip("/").split("/")]
    return "/" + "".join(f"{step}/" for step in steps if step)


def section_path(slug: str) -> str:
    """Return the site path of a section's front."""
    return f"/sections/{slug}/"


def tag_path(slug: str) -> str:
    """Return the site path of a tag's list."""
    return f"/tags/{slug}/"


def author_path(author: Author) -> str:
    """Return the site path of an author's page."""
    return f"/authors/{author.slug}/"


def storyline_path(slug: str) -> str:
    """Return the site path of a storyline."""
    return f"/storylines/{slug}/"


def media_path(file: str) -> str:
    """Return the site path of a picture or document that lies in the content folder."""
    return MEDIA + file.removeprefix("content/")


def target_path(site: Site, target: Target) -> str | None:
    """Return the site path and ``#fragment`` that a reference leads to; None when nothing answers there.

    A place in the same text is its fragment alone.
    """
    match target:
        case ToArticle(id=file, fragment=fragment) | ToPage(id=file, fragment=fragment):
            path = site.paths[file]
        case ToFile(path=file):
            path, fragment = media_path(file), ""
        case ToSitePath(path=written, fragment=fragment):
            path = decode_path(written)
            if path.partition("?")[0] in site.broken:
                return None
        case ToHere(fragment=fragment):
            path = ""
    return path + (f"#{fragment}" if fragment else "")


def target_title(site: Site, target: Target | None, ref: Ref) -> str:
    """Return the title of what a reference leads to; the words as written when it leads nowhere or to no text."""
    match target:
        case ToArticle(id=file):
            return site.graph.articles[file].matter.title
        case ToPage(id=file) if file in site.graph.pages:
            return site.graph.pages[file].matter.title
        case ToPage(id=file):
            return next(author.name for author in site.graph.authors.values() if author.id == file)
        case _:
            return ref.target


def lead_picture(
    site: Site, file: str, image: PictureMatter | None, refs: tuple[Ref, ...], after: int
) -> Picture | None:
    """Return the picture of a text's front matter.

    Its reference stands before the ``after`` last ones of the document; a full address needs none.
    """
    if image is None:
        return None
    url = image.src.text
    if not scheme(url):
        target = site.graph.targets[file][len(refs) - after - 1]
        path = target_path(site, target) if target else None
        if path is None:
            return None
        url = site.href(path)
    return Picture(url, image.alt or "", image.caption, image.credit)


def article_picture(site: Site, article: Article) -> Picture | None:
    """Return an article's lead picture."""
    matter = article.matter
    after = len(matter.related) + len(matter.follows)
    return lead_picture(site, article.id, matter.image, article.document.refs, after)


def summary_of(article: Article) -> str:
    """Return an article's summary as plain text."""
    return article.matter.summary or article.document.summary


def section_link(site: Site, article: Article) -> Link | None:
    """Return the link to an article's section, if it has one."""
    if not article.section:
        return None
    return Link(site.graph.sections[article.section].label, site.href(section_path(article.section)))


def author_link(site: Site, slug: str) -> Link:
    """Return the link to an author's page."""
    author = site.graph.authors[slug]
    return Link(author.name, site.href(author_path(author)))


def cards_of(site: Site, articles: Iterable[str]) -> tuple[Card, ...]:
    """Return the cards of articles in their order."""
    return tuple(site.cards[one] for one in articles)


def make_card(site: Site, article: Article) -> Card:
    """Return what other pages show of an article."""
    matter = article.matter
    return Card(
        url=site.href(site.paths[article.id]),
        title=matter.title,
        summary=summary_of(article),
        date=site.local(matter.date),
        kind=matter.kind.value,
        section=section_link(site, article),
        authors=tuple(author_link(site, slug) for slug in article.authors),
        picture=article_picture(site, article),
        corrected=any(note.kind.value in ("correction", "retraction") for note in matter.corrections),
        lang=matter.lang if matter.lang != site.settings.language else "",
        held=held_words(site, article.held),
    )


def held_words(site: Site, held: Held | None) -> str:
    """Return why something is held back, for the mark that a build of drafts shows."""
    if held is None:
        return ""
    if held.reason is HeldReason.DRAFT or held.until is None:
        return "Draft"
    until = f"{site.local(held.until):%Y-%m-%d %H:%M} ({site.settings.timezone})"
    return f"Embargo until {until}" if held.reason is HeldReason.EMBARGO else f"Dated {until}"


def _site_view(site: Site) -> SiteView:
    """Return what all pages know of the site."""
    settings, graph = site.settings, site.graph
    sections = tuple(Link(term.label, site.href(section_path(term.slug))) for term in graph.sections.values())
    menu = tuple(Link(item.title, menu_href(site, item.url.text)) for item in settings.menu)
    standing = sorted(graph.pages.values(), key=lambda page: (page.matter.title, page.id))
    return SiteView(
        title=settings.title,
        publication=settings.publication,
        description=settings.description,
        language=settings.language,
        url=site.absolute("/"),
        home=site.href("/"),
        base=site.base,
        feed=site.href(FEED),
        menu=menu or sections,
        sections=sections,
        pages=tuple(Link(page.matter.title, site.href(site.paths[page.id])) for page in standing),
        directories=tuple(Link(name.capitalize(), site.href(f"/{name}/")) for name in directories(site)),
    )


def directories(site: Site) -> tuple[str, ...]:
    """Return the names of the overview pages that have something to show."""
    graph = site.graph
    filled = {
        "sections": graph.sections,
        "tags": graph.tags,
        "authors": graph.authors,
        "storylines": graph.storylines,
        "archive": graph.articles,
    }
    return tuple(name for name in DIRECTORIES if filled[name])


def menu_href(site: Site, url: str) -> str:
    """Return the address of a menu entry: a path of the site gets the base, a full address stays."""
    return url if scheme(url) else site.href(url)


def _encode(path: str) -> str:
    path, *rest = re.split("([?#].*)", path, maxsplit=1, flags=re.DOTALL)
    return encode_path(path) + "".join(rest)
