"""The files for machines whose text follows from the list of pages: sitemaps, robots.txt and the manifest."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from operator import attrgetter

from gazepress.model import Planned
from gazepress.outlines import (
    ArticleOutline,
    AuthorOutline,
    DirectoryOutline,
    HomeOutline,
    ListOutline,
    StandingOutline,
    StorylineOutline,
    TextOutline,
)
from gazepress.stages.plan.site import MANIFEST, Site

ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
MAX_URLS = 50_000
MAX_BYTES = 52_428_800
"""The limits of one sitemap file (sitemaps.org protocol 0.9, Sitemap index)."""

_LISTED = (
    ArticleOutline,
    StandingOutline,
    HomeOutline,
    ListOutline,
    AuthorOutline,
    StorylineOutline,
    DirectoryOutline,
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_URL_SET = (f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n', "</urlset>\n")


def sitemaps(site: Site, outputs: Sequence[Planned]) -> tuple[Planned, ...]:
    """Return the sitemap of all pages that search engines may list: one file, or an index and its parts.

    They stand in the order of their addresses, so that a new report changes few parts.
    """
    pages = [output for output in outputs if site.frame.public and isinstance(output.outline, _LISTED)]
    entries = [_entry(site, page) for page in sorted(pages, key=attrgetter("url"))]
    parts = list(_parts(entries))
    if len(parts) == 1:
        return (_text(SITEMAP, parts[0]),)
    texts = [_text(f"/sitemap-{number}.xml", part) for number, part in enumerate(parts, 1)]
    lines = (f"<sitemap><loc>{escape(site.frame.absolute(text.url), quote=False)}</loc></sitemap>\n" for text in texts)
    index = f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{"".join(lines)}</sitemapindex>\n'
    return (_text(SITEMAP, index), *texts)


def robots(site: Site) -> Planned:
    """Return robots.txt (RFC 9309). A build that shows what is held back asks all crawlers to stay away."""
    if not site.frame.public:
        return _text(ROBOTS, "User-agent: *\nDisallow: /\n")
    return _text(ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {site.frame.absolute(SITEMAP)}\n")


def manifest(site: Site, icons: Mapping[int, str]) -> Planned:
    """Return what phones that keep the site among their programs want to know of it (W3C, Web Application Manifest).

    ``icons``: width of the icon in pixels → site path.
    """
    view = site.frame.view
    drawn = [{"src": view.icon, "sizes": "any", "type": "image/svg+xml"}] if view.icon else []
    painted = [
        {"src": site.frame.href(path), "sizes": f"{size}x{size}", "type": "image/png"} for size, path in icons.items()
    ]
    told = {
        "name": view.title,
        "short_name": view.publication,
        "description": view.description,
        "lang": view.language,
        "start_url": view.home,
        "scope": view.home,
        "display": "minimal-ui",
        "background_color": view.papers[0],
        "theme_color": view.papers[0],
        "icons": drawn + painted,
    }
    return _text(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _text(url: str, text: str) -> Planned:
    return Planned(url, TextOutline(text))


def _entry(site: Site, page: Planned) -> str:
    changed = _last_change(site, page)
    date = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escape(site.frame.absolute(page.url), quote=False)}</loc>{date}</url>\n"


def _last_change(site: Site, page: Planned) -> datetime | None:
    """Return when a page last changed in substance, by what it shows and never by the clock."""
    match page.outline:
        case ArticleOutline(id=article):
            updated = site.graph.articles[article].matter.updated
            return site.frame.local(updated) if updated else site.dates[article]
        case HomeOutline(lead=lead) if lead:
            return site.dates[next(iter(site.graph.articles))]
        case ListOutline(articles=articles, lead=lead) if articles or lead:
            return max((site.dates[one] for one in (lead, *articles[:1]) if one), key=datetime.timestamp)
        case AuthorOutline(articles=(newest, *_)) | StorylineOutline(articles=(*_, newest)):
            return site.dates[newest]
        case _:
            return None


def _parts(entries: Sequence[str]) -> Iterator[str]:
    """Yield the texts of as many sitemap files as the limits ask for; at least one."""
    start, end = _URL_SET
    part: list[str] = []
    size = room = MAX_BYTES - len(start) - len(end)
    for entry in entries:
        length = len(entry.encode())
        if part and (len(part) == MAX_URLS or length > size):
            yield start + "".join(part) + end
            part, size = [], room
        part.append(entry)
        size -= length
    yield start + "".join(part) + end
