"""Which pages search engines may list, when each article last changed, and which of them are news.

A sitemap for each year of a section, so that a new report changes one of them; what the other pages say has none of its
dates, since the newest report would change them all. The index names them and has no dates either.
"""

from collections.abc import Iterator, Sequence
from operator import attrgetter

from gazepress.model import Article, Planned
from gazepress.outlines import (
    ArticleOutline,
    AuthorOutline,
    CorrectionsOutline,
    DirectoryOutline,
    FeedsOutline,
    HomeOutline,
    ListOutline,
    StandingOutline,
    StorylineOutline,
    TextOutline,
)
from gazepress.stages.plan.site import Site
from gazepress.views import Card, in_languages
from gazepress.xml_text import xml_text

SITEMAP = "/sitemap.xml"
MAX_URLS = 50_000
MAX_BYTES = 52_428_800
"""The limits of one sitemap file (sitemaps.org protocol 0.9, Sitemap index)."""
MAX_NEWS = 1_000

_FOLDER = "/sitemaps/"
_PAGES = frozenset(
    (
        StandingOutline,
        HomeOutline,
        ListOutline,
        AuthorOutline,
        StorylineOutline,
        DirectoryOutline,
        CorrectionsOutline,
        FeedsOutline,
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def make_sitemaps(site: Site, outputs: Sequence[Planned]) -> tuple[Planned, ...]:
    """Return the index of all sitemaps, and these: of pages, of each year of each section, and of the news.

    ``outputs`` are in the order of their addresses, and so are the entries.
    """
    found = [
        Planned(url, TextOutline(text))
        for name, entries in _groups(site, outputs if site.frame.public else ())
        for url, text in _parts(name, entries)
    ]
    if site.settings.sitemap.news:
        found.append(Planned(f"{_FOLDER}news.xml", TextOutline(_news(site))))
    found.sort(key=attrgetter("url"))
    lines = (f"<sitemap><loc>{xml_text(site.frame.absolute(one.url))}</loc></sitemap>\n" for one in found)
    index = f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{"".join(lines)}</sitemapindex>\n'
    return (Planned(SITEMAP, TextOutline(index)), *found)


def _groups(site: Site, outputs: Sequence[Planned]) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each sitemap, without its ending, and its entries."""
    pages: list[str] = []
    groups: dict[tuple[int, str], list[str]] = {}
    for output in outputs:
        outline = output.outline
        if isinstance(outline, ArticleOutline):
            article = site.graph.articles[outline.id]
            if not article.matter.retracted:
                group = groups.setdefault((site.dates[outline.id].year, article.section), [])
                group.append(_article_entry(site, output.url, article, outline))
        elif type(outline) in _PAGES:
            pages.append(_entry(site, output.url))
    yield f"{_FOLDER}pages", pages
    for (year, section), entries in groups.items():
        yield f"{_FOLDER}{year:04}{f'/{section}' if section else ''}", entries


def _entry(site: Site, url: str, more: str = "") -> str:
    return f"<url><loc>{xml_text(site.frame.absolute(url))}</loc>{more}</url>\n"


def _article_entry(site: Site, url: str, article: Article, outline: ArticleOutline) -> str:
    """Return the entry of an article: when it last changed, its pictures (Google, Image sitemaps) and its languages."""
    moment = article.matter.changed
    changed = site.frame.local(moment) if moment else site.dates[article.id]
    more = ""
    for one in dict.fromkeys(_pictures(site.cards[article.id], outline)):
        more += f"<image:image><image:loc>{xml_text(site.frame.full(one))}</image:loc></image:image>"
    if outline.translations:
        more += "".join(_languages(site, outline))
    return _entry(site, url, f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>{more}")


def _languages(site: Site, outline: ArticleOutline) -> Iterator[str]:
    """Yield a link to an article in each of its languages, its own too (Google, Localized versions of your pages)."""
    for tag, card in in_languages([site.cards[one] for one in outline.translations], site.settings.language):
        href = xml_text(site.frame.full(card.url))
        yield f'<xhtml:link rel="alternate" hreflang="{xml_text(tag)}" href="{href}"/>'


def _pictures(card: Card, outline: ArticleOutline) -> Iterator[str]:
    if card.picture:
        yield card.picture.url
    for lead in outline.leads:
        if lead is not None and lead.picture is not None:
            yield lead.picture.url


def _parts(name: str, entries: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the address and text of as many files as the limits ask for; at least one."""
    links = f" {_LINKS}" if any("<xhtml:link" in entry for entry in entries) else ""
    start, end = f'{_HEAD}<urlset xmlns="{_NAMESPACE}" {_IMAGES}{links}>\n', "</urlset>\n"
    parts: list[list[str]] = [[]]
    size = room = MAX_BYTES - len(start) - len(end)
    for entry in entries:
        length = len(entry) if entry.isascii() else len(entry.encode())
        if parts[-1] and (len(parts[-1]) == MAX_URLS or length > size):
            parts.append([])
            size = room
        parts[-1].append(entry)
        size -= length
    for number, part in enumerate(parts, 1):
        yield f"{name}{'' if number == 1 else f'-{number}'}.xml", start + "".join(part) + end


def _news(site: Site) -> str:
    """Return the sitemap of what is news at this hour (Google, News sitemaps); it may be empty."""
    entries = []
    newest = list(site.graph.news.items())[:MAX_NEWS] if site.frame.public else ()
    for id_, published in newest:
        article = site.graph.articles[id_]
        language = (article.matter.lang or site.settings.language).partition("-")[0].lower()
        told = (
            f"<news:news><news:publication><news:name>{xml_text(site.settings.publication)}</news:name>"
            f"<news:language>{language}</news:language></news:publication>"
            f"<news:publication_date>{site.frame.local(published).isoformat(timespec='seconds')}"
            f"</news:publication_date><news:title>{xml_text(article.matter.title)}</news:title></news:news>"
        )
        entries.append(_entry(site, site.paths[id_], told))
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}" {_NEWS}>\n{"".join(entries)}</urlset>\n'
