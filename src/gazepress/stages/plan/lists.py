"""The addresses of lists: front page, sections, tags, authors, archive, storylines, overviews, and the 404."""

from collections.abc import Callable, Iterator, Sequence

from gazepress.model import Article, Author, Planned, Term
from gazepress.outlines import (
    AuthorOutline,
    DirectoryOutline,
    FrontOutline,
    HomeOutline,
    ListOutline,
    NotFoundOutline,
    PageOutline,
    StorylineOutline,
)
from gazepress.stages.plan.articles import leads_of
from gazepress.stages.plan.site import (
    Site,
    author_path,
    directories,
    section_feed,
    section_path,
    storyline_path,
    tag_path,
)
from gazepress.views import DirectoryEntry, DirectoryGroup, Link, PagerView

_SECTION_FRONT_CARDS = 4
_NOT_FOUND_CARDS = 5

MakeOutline = Callable[[tuple[str, ...], PagerView], PageOutline]
"""(articles of this page, where it stands among the others) → outline"""


def list_outputs(site: Site) -> Iterator[Planned]:
    """Yield all pages that list articles."""
    graph = site.graph
    yield from _paged(site, "/", tuple(graph.articles), _home(site))
    for section in graph.sections.values():
        yield from _paged(site, section_path(section.slug), section.articles, _section(site, section))
    for tag in graph.tags.values():
        yield from _paged(site, tag_path(tag.slug), tag.articles, _tag(site, tag))
    for author in graph.authors.values():
        sources = (author.id,) if author.id else ()
        yield from _paged(site, author_path(author), author.articles, _author(site, author), sources)
    for story in graph.storylines.values():
        outline = StorylineOutline(story.title, story.articles, _above(site, "storylines"))
        yield Planned(storyline_path(story.slug), outline, story.articles[:1])
    yield from _archive(site)
    for name in directories(site):
        yield Planned(f"/{name}/", _directory(site, name))
    yield Planned("/404.html", NotFoundOutline(tuple(graph.articles)[:_NOT_FOUND_CARDS]))


def _paged(
    site: Site, path: str, articles: Sequence[str], outline: MakeOutline, sources: tuple[str, ...] = ()
) -> Iterator[Planned]:
    """Yield the pages of a list: the first at ``path``, the others at ``path/page/2/`` and so on."""
    size = site.settings.per_page
    chunks = [tuple(articles[at : at + size]) for at in range(0, len(articles), size)] or [()]
    paths = [path] + [f"{path}page/{number}/" for number in range(2, len(chunks) + 1)]
    hrefs = ["", *map(site.frame.href, paths), ""]
    for at, (address, chunk) in enumerate(zip(paths, chunks, strict=True)):
        yield Planned(address, outline(chunk, PagerView(at + 1, len(paths), hrefs[at], hrefs[at + 2])), sources)


def _home(site: Site) -> MakeOutline:
    graph, settings = site.graph, site.settings

    def outline(articles: tuple[str, ...], pager: PagerView) -> PageOutline:
        if pager.number > 1:
            count = len(graph.articles)
            return ListOutline("latest.html", "Latest", articles, count, pager, settings.description)
        fronts = tuple(
            FrontOutline(term.label, site.sections[term.slug].url, term.articles[:_SECTION_FRONT_CARDS])
            for term in graph.sections.values()
            if term.articles
        )
        return HomeOutline(articles, fronts, pager)

    return outline


def _section(site: Site, section: Term) -> MakeOutline:
    above, feed, count = _above(site, "sections"), section_feed(site, section), len(section.articles)

    def outline(articles: tuple[str, ...], pager: PagerView) -> PageOutline:
        return ListOutline("section.html", section.label, articles, count, pager, section.description, above, feed)

    return outline


def _tag(site: Site, tag: Term) -> MakeOutline:
    above, count = _above(site, "tags"), len(tag.articles)

    def outline(articles: tuple[str, ...], pager: PagerView) -> PageOutline:
        return ListOutline("tag.html", tag.label, articles, count, pager, "", above)

    return outline


def _author(site: Site, author: Author) -> MakeOutline:
    above, count = _above(site, "authors"), len(author.articles)
    leads = leads_of(site, author.id) if author.id else ()

    def outline(articles: tuple[str, ...], pager: PagerView) -> PageOutline:
        return AuthorOutline(author.slug, articles, count, pager, author.id, leads, above)

    return outline


def _archive(site: Site) -> Iterator[Planned]:
    """Yield a list for each year and for each month that has articles."""
    periods: dict[tuple[str, ...], list[str]] = {}
    for article in site.graph.articles.values():
        year, month = _year_and_month(site, article)
        periods.setdefault((year,), []).append(article.id)
        periods.setdefault((year, month), []).append(article.id)
    for period, articles in periods.items():
        yield from _paged(site, f"/archive/{'/'.join(period)}/", articles, _period(site, period, len(articles)))


def _period(site: Site, period: tuple[str, ...], count: int) -> MakeOutline:
    year = (Link(period[0], site.frame.href(f"/archive/{period[0]}/")),) if len(period) > 1 else ()
    trail = (*_above(site, "archive"), *year)

    def outline(articles: tuple[str, ...], pager: PagerView) -> PageOutline:
        return ListOutline("archive.html", "-".join(period), articles, count, pager, "", trail)

    return outline


def _directory(site: Site, name: str) -> DirectoryOutline:
    groups = _archive_groups(site) if name == "archive" else (DirectoryGroup("", "", tuple(_entries(site, name))),)
    return DirectoryOutline(name.capitalize(), groups)


def _entries(site: Site, name: str) -> Iterator[DirectoryEntry]:
    graph = site.graph
    match name:
        case "sections":
            for term in graph.sections.values():
                yield DirectoryEntry(term.label, site.sections[term.slug].url, len(term.articles), term.description)
        case "tags":
            for term in graph.tags.values():
                yield DirectoryEntry(term.label, site.tags[term.slug].url, len(term.articles))
        case "authors":
            for author in graph.authors.values():
                byline = site.bylines[author.slug]
                yield DirectoryEntry(byline.name, byline.url, len(author.articles), byline.role, byline.picture)
        case "storylines":
            for story in graph.storylines.values():
                yield DirectoryEntry(story.title, site.frame.href(storyline_path(story.slug)), len(story.articles))


def _archive_groups(site: Site) -> tuple[DirectoryGroup, ...]:
    years: dict[str, dict[str, int]] = {}
    for article in site.graph.articles.values():
        year, month = _year_and_month(site, article)
        months = years.setdefault(year, {})
        months[month] = months.get(month, 0) + 1
    return tuple(
        DirectoryGroup(
            year,
            site.frame.href(f"/archive/{year}/"),
            tuple(
                DirectoryEntry(f"{year}-{month}", site.frame.href(f"/archive/{year}/{month}/"), count)
                for month, count in months.items()
            ),
        )
        for year, months in years.items()
    )


def _year_and_month(site: Site, article: Article) -> tuple[str, str]:
    date = site.dates[article.id]
    return f"{date.year:04}", f"{date.month:02}"


def _above(site: Site, directory: str) -> tuple[Link, ...]:
    return (Link(directory.capitalize(), site.frame.href(f"/{directory}/")),)
