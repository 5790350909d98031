"""What all parts of the plan share: the site's settings and graph, the addresses of things, and their cards."""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from gazepress.colors import DARK, LIGHT
from gazepress.documents import Document, Ref, RefKind
from gazepress.feed_formats import FEED_FILES, feed_path
from gazepress.matter import PictureMatter
from gazepress.model import Article, Author, Graph, Standing, Target, ToFile, ToSitePath
from gazepress.outlines import Frame
from gazepress.published import Held, HeldReason
from gazepress.renditions import CARD, PORTRAIT
from gazepress.settings import FeedSetting, Settings
from gazepress.stages.plan.assets import Assets
from gazepress.stages.plan.pictures import Gallery, offered, offered_cut, picture_file
from gazepress.stages.plan.recorded import Owners, find_owners
from gazepress.url_lock import Recorded
from gazepress.urls import base_path, decode_path, encode_path, media_path, scheme
from gazepress.views import Byline, Card, FeedLink, Link, Overview, Picture, SiteView
from gazepress.words import Words, long_time, speaker

CORRECTIONS = "/corrections/"
FEEDS = "/feeds/"
MANIFEST = "/site.webmanifest"
SEARCH = "/search/"
DIRECTORIES = ("sections", "tags", "authors", "storylines", "archive")

_NO_VIEW = SiteView("", "", "", "", "", "", "", "", (), (), ())
_SLASHES = re.compile("//+")


class Site(Struct, frozen=True):
    """The publication on its way to outputs. Paths are site paths without the base: ``/2025/10/x/``."""

    settings: Settings
    graph: Graph
    frame: Frame
    words: Words  # of the site's language
    dates: Mapping[str, datetime]  # article → when it was published, as the clocks of the publication show it
    paths: Mapping[str, str]  # file of an article, page or author → its site path
    links: Mapping[str, Link]  # file of an article, page or author → its title or name, and its address
    sections: Mapping[str, Link]  # by slug, as the two below
    tags: Mapping[str, Link]
    authors: Mapping[str, Link]
    story_places: Mapping[str, int]  # article → its place in its storyline
    gallery: Gallery
    recorded: tuple[Recorded, ...]  # what was ever published, and whose it is now
    owners: Owners
    outward: tuple[tuple[str, Ref, ToFile | ToSitePath, bool], ...]  # to no text: file, reference, target, is it held
    broken: AbstractSet[str] = frozenset()  # site paths that are referred to and that nothing answers
    cards: Mapping[str, Card] = {}  # article → its card; these two once the addresses are checked
    bylines: Mapping[str, Byline] = {}  # author's slug → how articles name the author


def make_site(
    settings: Settings, graph: Graph, gallery: Gallery, assets: Assets, recorded: tuple[Recorded, ...]
) -> Site:
    """Return the shared part of a plan: every article, page and author has its address, and none has a card yet."""
    address, base = urlsplit(settings.url), base_path(settings.url)
    texts: tuple[Article | Standing, ...] = (*graph.articles.values(), *graph.pages.values())
    dates, paths = text_paths(settings, graph)
    titles = {text.id: text.matter.title for text in (*texts, *graph.gone.values())}
    titles |= {author.id: author.name for author in graph.authors.values() if author.id}

    def link(title: str, path: str) -> Link:
        return Link(title, base + encode_path(path))

    public = not any(text.held for text in texts)
    frame = Frame(
        settings.timezone,
        f"{address.scheme}://{address.netloc}",
        base,
        _NO_VIEW,
        public,
        settings.plays_videos,
        settings.security.policy_meta,
        settings.words,
        settings.partners,
    )
    site = Site(
        settings=settings,
        graph=graph,
        frame=frame,
        words=speaker(settings.language, settings.words)(settings.language),
        dates=dates,
        paths=paths,
        links={file: link(titles[file], path) for file, path in paths.items()},
        sections={term.slug: link(term.label, section_path(term.slug)) for term in graph.sections.values()},
        tags={term.slug: link(term.label, tag_path(term.slug)) for term in graph.tags.values()},
        authors={author.slug: link(author.name, author_path(author)) for author in graph.authors.values()},
        story_places={one: at for story in graph.storylines.values() for at, one in enumerate(story.articles)},
        gallery=gallery,
        recorded=recorded,
        owners=find_owners(graph, paths, recorded, frame.absolute),
        outward=tuple(_outward(graph)),
    )
    policies = tuple((name, site.frame.full(setting_href(site, url.text))) for name, url in settings.policies.given())
    return replace(site, frame=replace(site.frame, view=_site_view(site, assets), policies=policies))


def text_paths(settings: Settings, graph: Graph) -> tuple[dict[str, datetime], dict[str, str]]:
    """Return by file when each article was published, by the publication's clocks, and the site path of each text."""
    articles = (*graph.articles.values(), *graph.gone.values())
    zone = settings.zone
    dates = {article.id: article.matter.date.astimezone(zone) for article in articles}
    paths = {article.id: article_path(article, settings.permalink, dates[article.id]) for article in articles}
    paths |= {page.id: f"/{page.slug}/" for page in graph.pages.values()}
    paths |= {author.id: author_path(author) for author in graph.authors.values() if author.id}
    return dates, paths


def with_cards(site: Site, broken: AbstractSet[str]) -> Site:
    """Return the site with its cards and bylines; a picture whose site path is among ``broken`` is not shown."""
    site = replace(site, broken=broken)
    return replace(
        site,
        cards={article.id: _card(site, article) for article in site.graph.articles.values()},
        bylines={author.slug: _byline(site, author) for author in site.graph.authors.values()},
    )


def documents(graph: Graph) -> Iterator[tuple[str, Document, bool]]:
    """Yield every text of the site: its file, its document, and whether it is held back."""
    texts: tuple[Article | Standing, ...] = (*graph.articles.values(), *graph.pages.values())
    for text in texts:
        yield text.id, text.document, text.held is not None
    for author in graph.authors.values():
        if author.document is not None:
            yield author.id, author.document, False


def _outward(graph: Graph) -> Iterator[tuple[str, Ref, ToFile | ToSitePath, bool]]:
    for file, document, is_held in documents(graph):
        for at, target in enumerate(graph.targets[file]):
            if isinstance(target, ToFile | ToSitePath):
                yield file, document.refs[at], target, is_held


def article_path(article: Article, permalink: str, date: datetime) -> str:
    """Return an article's site path; a token that stands for nothing leaves no empty step behind."""
    year, month, day = date.date().isoformat().split("-")
    path = permalink.format(section=article.section, year=year, month=month, day=day, slug=article.slug)
    return _SLASHES.sub("/", path) if "//" in path else path


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


def feed_links(site: Site, setting: FeedSetting, page: str, label: str = "") -> tuple[FeedLink, ...]:
    """Return the links to the feed of the page at a site path, in all its formats. ``label`` is what the page is of."""
    title = f"{site.settings.title}: {label}" if label else site.settings.title
    files = ((FEED_FILES[form], feed_path(page, form)) for form in setting.formats)
    return tuple(FeedLink(title, site.frame.href(path), file.type, file.label) for file, path in files)


def has_feeds(site: Site) -> bool:
    """Tell whether there is any feed."""
    feeds, graph = site.settings.feeds, site.graph
    kinds = (
        (feeds.site, True),
        (feeds.sections, graph.sections),
        (feeds.tags, graph.tags),
        (feeds.authors, graph.authors),
        (feeds.storylines, graph.storylines),
    )
    return any(setting.formats and things for setting, things in kinds)


def held_words(site: Site, held: Held | None) -> str:
    """Return why something is held back, for the mark that a build of drafts shows."""
    if held is None:
        return ""
    if held.reason is HeldReason.DRAFT or held.until is None:
        return site.words.say("draft")
    until = long_time(site.frame.local(held.until), site.words.language)
    return site.words.say("embargo" if held.reason is HeldReason.EMBARGO else "future", until=until)


def above_corrections(graph: Graph, paths: Mapping[str, str]) -> Standing | None:
    """Return the standing page that has the address of the list of all notes, if there is one and that list."""
    if not _has_notes(graph):
        return None
    return next((page for page in graph.pages.values() if paths[page.id] == CORRECTIONS), None)


def directories(site: Site) -> tuple[str, ...]:
    """Return the names of the overview pages that have something to show."""
    graph = site.graph
    filled = {
        "sections": graph.sections,
        "tags": graph.tags,
        "authors": graph.authors,
        "storylines": graph.storylines,
        "archive": graph.listed,
    }
    return tuple(name for name in DIRECTORIES if filled[name])


def _card(site: Site, article: Article) -> Card:
    """Return what other pages show of an article."""
    matter = article.matter
    return Card(
        url=site.links[article.id].url,
        title=matter.title,
        summary=article.document.summary,
        date=site.dates[article.id],
        kind=str(matter.kind),
        section=site.sections.get(article.section),
        authors=tuple(map(site.authors.__getitem__, article.authors)),
        picture=_lead_picture(site, article.id, article.document, matter.image, CARD),
        note=site.graph.marked.get(article.id, ""),
        lang=matter.lang if matter.lang != site.settings.language else "",
        held=held_words(site, article.held),
    )


def _lead_picture(
    site: Site, file: str, document: Document, image: PictureMatter | None, ratio: tuple[int, int]
) -> Picture | None:
    """Return the picture that the front matter of ``file`` names; None if there is none, or nothing answers there.

    ``ratio`` is its shape on cards.
    """
    if image is None:
        return None
    written = image.src.text.strip()
    href: str | None = "https:" + written if written.startswith("//") else written
    words = Picture("", image.alt or "", image.caption, image.credit)
    for ref, target in zip(document.refs, site.graph.targets[file], strict=True):
        if ref.kind is RefKind.PICTURE and ref.target == written:  # a full address is no reference
            own = picture_file(target, site.gallery.statics)
            offer = offered(site.gallery, site.frame, own) if own else None
            if own and offer:
                part = offered_cut(site.gallery, site.frame, own, image, ratio)
                return replace(offer, alt=words.alt, caption=words.caption, credit=words.credit, cut=part)
            href = _picture_href(site, target)
    return replace(words, url=href) if href else None


def _picture_href(site: Site, target: Target | None) -> str | None:
    """Return the address of a picture of this site, None when nothing answers there."""
    if isinstance(target, ToFile):
        return site.frame.href(media_path(target.path))
    if not isinstance(target, ToSitePath) or decode_path(target.path.partition("?")[0]) in site.broken:
        return None
    path, mark, query = target.path.partition("?")
    fragment = f"#{target.fragment}" if target.fragment else ""
    return site.frame.href(decode_path(path)) + mark + query + fragment


def _byline(site: Site, author: Author) -> Byline:
    link = site.authors[author.slug]
    if author.matter is None or author.document is None:
        return Byline(link.title, link.url)
    picture = _lead_picture(site, author.id, author.document, author.matter.image, PORTRAIT)
    return Byline(link.title, link.url, author.matter.role, author.matter.summary, picture)


def _site_view(site: Site, assets: Assets) -> SiteView:
    """Return what all pages know of the site."""
    settings, graph = site.settings, site.graph
    sections = tuple(site.sections.values())
    feeds = feed_links(site, settings.feeds.site, "/")
    menu = tuple(Link(item.title, setting_href(site, item.url.text)) for item in settings.menu)
    standing = sorted(graph.pages.values(), key=lambda page: (page.matter.title, page.id))
    above = above_corrections(graph, site.paths)  # the list has a link of its own
    return SiteView(
        title=settings.title,
        publication=settings.publication,
        description=settings.description,
        language=settings.language,
        url=site.frame.absolute("/"),
        home=site.frame.href("/"),
        base=site.frame.base,
        feed=feeds[0].url if feeds else "",
        menu=menu or sections,
        sections=sections,
        pages=tuple(site.links[page.id] for page in standing if page is not above),
        directories=tuple(
            Overview(name, site.words.say(name), site.frame.href(f"/{name}/")) for name in directories(site)
        ),
        search=site.frame.href(SEARCH) if settings.search else "",
        styles=tuple(map(site.frame.href, assets.styles)),
        preloads=tuple(map(site.frame.href, assets.preloads)),
        cyrillic_preloads=tuple(map(site.frame.href, assets.cyrillic_preloads)),
        icon=site.frame.href(assets.icon) if assets.icon else "",
        favicon=site.frame.href(assets.favicon) if assets.favicon else "",
        touch_icon=site.frame.href(assets.touch_icon) if assets.touch_icon else "",
        manifest=site.frame.href(MANIFEST),
        papers=(LIGHT[0], DARK[0]),
        logo=site.frame.href(decode_path(settings.theme.logo.text)) if settings.theme.logo else "",
        links=tuple(Link(item.title, setting_href(site, item.url.text)) for item in settings.theme.links),
        search_script=site.frame.href(assets.search_script) if assets.search_script else "",
        feeds=feeds,
        subscribe=site.frame.href(FEEDS) if has_feeds(site) else "",
        corrections=site.frame.href(CORRECTIONS) if _has_notes(graph) else "",
    )


def _has_notes(graph: Graph) -> bool:
    return any(article.matter.corrections for article in graph.articles.values())


def setting_href(site: Site, url: str) -> str:
    """Return an address in the settings for an ``href``: a path of the site gets the base, a full address stays."""
    path, hash_mark, fragment = url.partition("#")
    path, question_mark, query = path.partition("?")
    return url if scheme(url) else site.frame.href(decode_path(path)) + question_mark + query + hash_mark + fragment
