"""The files for machines whose text follows from the list of pages: sitemaps and robots.txt."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter
from xml.sax.saxutils import escape

from gazepress.model import Output, Page, Text
from gazepress.stages.plan.site import Site
from gazepress.views import ArticlePage, AuthorPage, Card, HomePage, ListPage, StorylinePage

ROBOTS = "/robots.txt"
SITEMAP = "/sitemap.xml"
MAX_URLS = 50_000
MAX_BYTES = 52_428_800
"""The limits of one sitemap file (sitemaps.org protocol 0.9, Sitemap index)."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_URL_SET = (f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n', "</urlset>\n")


def sitemaps(site: Site, outputs: Sequence[Output]) -> tuple[Text, ...]:
    """Return the sitemap of all pages that search engines may list: one file, or an index and its parts.

    They stand in the order of their addresses, so that a new report changes few parts.
    """
    pages = [output for output in outputs if isinstance(output, Page) and output.view.head.index]
    entries = [_entry(page) for page in sorted(pages, key=attrgetter("url"))]
    parts = list(_parts(entries))
    if len(parts) == 1:
        return (Text(SITEMAP, parts[0], ()),)
    texts = [Text(f"/sitemap-{number}.xml", part, ()) for number, part in enumerate(parts, 1)]
    lines = (f"<sitemap><loc>{escape(site.absolute(text.url))}</loc></sitemap>\n" for text in texts)
    index = f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{"".join(lines)}</sitemapindex>\n'
    return (Text(SITEMAP, index, ()), *texts)


def robots(site: Site) -> Text:
    """Return robots.txt (RFC 9309). A build that shows what is held back asks all crawlers to stay away."""
    if not site.public:
        return Text(ROBOTS, "User-agent: *\nDisallow: /\n", ())
    return Text(ROBOTS, f"User-agent: *\nAllow: /\n\nSitemap: {site.absolute(SITEMAP)}\n", ())


def _entry(page: Page) -> str:
    changed = _last_change(page)
    date = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escape(page.view.head.url)}</loc>{date}</url>\n"


def _last_change(page: Page) -> datetime | None:
    """Return when a page last changed in substance, by what it shows and never by the clock."""
    match page.view:
        case ArticlePage(article=article):
            return article.updated or article.published
        case HomePage(lead=Card(date=date)):
            return date
        case ListPage(cards=(Card(date=date), *_)) | AuthorPage(cards=(Card(date=date), *_)):
            return date
        case StorylinePage(cards=(*_, Card(date=date))):
            return date
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
