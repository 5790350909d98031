"""The addresses of lists: front page, sections, tags, authors, archive, storylines, overviews, and the 404."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from gazepress.model import Author, Planned, Term
from gazepress.outlines import (
    AuthorOutline,
    DirectoryOutline,
    ListOutline,
    NotFoundOutline,
    PageOutline,
    StorylineOutline,
)
from gazepress.stages.plan.articles import leads_of
from gazepress.stages.plan.front import home_outline
from gazepress.stages.plan.site import (
    Site,
    author_path,
    directories,
    feed_links,
    section_path,
    storyline_path,
    tag_path,
)
from gazepress.views import DirectoryEntry, DirectoryGroup, Link, PagerView

T = TypeVar("T")

_NOT_FOUND_CARDS = 5
_YEAR, _MONTH = 4, 7  # characters of a date: 2025, 2025-10

MakeOutline = Callable[[tuple[str, ...], PagerView, int | None], PageOutline]
"""(articles of this page, where it stands among the others, what it says of how many they are) → outline"""


def list_outputs(site: Site) -> Iterator[Planned]:
    """Yield all pages that list articles."""
    graph = site.graph
    yield from paged(site, "/", graph.listed, _home(site))
    for section in graph.sections.values():
        yield from paged(site, section_path(section.slug), section.articles, _section(site, section))
    for tag in graph.tags.values():
        yield from paged(site, tag_path(tag.slug), tag.articles, _tag(site, tag))
    for author in graph.authors.values():
        sources = (author.id,) if author.id else ()
        yield from paged(site, author_path(author), author.articles, _author(site, author), sources)
    for story in graph.storylines.values():
        path = storyline_path(story.slug)
        feeds = feed_links(site, site.settings.feeds.storylines, path, story.title)
        outline = StorylineOutline(story.title, story.articles, _above(site, "storylines"), feeds)
        yield Planned(path, outline, story.articles[:1])
    periods = _periods(site)
    for period, articles in periods.items():
        yield from paged(site, _period_path(period), articles, _period(site, period))
    for name in directories(site):
        yield Planned(f"/{name}/", _directory(site, name, periods))
    yield Planned("/404.html", NotFoundOutline(graph.listed[:_NOT_FOUND_CARDS]))


def paged(
    site: Site,
    path: str,
    listed: Sequence[T],
    outline: Callable[[tuple[T, ...], PagerView, int | None], PageOutline],
    sources: tuple[str, ...] = (),
) -> Iterator[Planned]:
    """Yield the pages of a list: the newest articles at ``path``, then down to the oldest at ``path/page/1/``.

    So a new article changes the first page and the one after it, and a full page keeps its articles for good. Only the
    first says how many there are, or all would change with each.
    """
    size, count = site.settings.per_page, len(listed)
    last = -(-max(0, count - size) // size)
    paths = [path, *(f"{path}page/{number}/" for number in range(1, last + 1))]
    hrefs = [site.frame.href(one) for one in paths]
    yield Planned(path, outline(tuple(listed[:size]), _pager(hrefs, 0), count), sources)
    for number in range(last, 0, -1):
        end = count - size * (number - 1)
        older = tuple(listed[max(size, end - size) : end])
        yield Planned(paths[number], outline(older, _pager(hrefs, number), None), sources)


def _pager(hrefs: Sequence[str], number: int) -> PagerView:
    """``hrefs`` are those of all pages by their numbers."""
    last = len(hrefs) - 1
    newer = "" if number == 0 else hrefs[0 if number == last else number + 1]
    older = number - 1 if number else last
    return PagerView(number, newer, hrefs[older] if older else "", hrefs[1] if older > 1 else "")


def _home(site: Site) -> MakeOutline:
    def outline(articles: tuple[str, ...], pager: PagerView, _count: int | None) -> PageOutline:
        if pager.number:
            return ListOutline("latest.html", site.words.say("latest"), articles, pager, site.settings.description)
        return home_outline(site, articles, pager)

    return outline


def _section(site: Site, section: Term) -> MakeOutline:
    above = _above(site, "sections")
    feeds = feed_links(site, site.settings.feeds.sections, section_path(section.slug), section.label)

    def outline(articles: tuple[str, ...], pager: PagerView, count: int | None) -> PageOutline:
        about, lead = section.description, ""
        if articles and not pager.number:
            lead = site.graph.front.section_leads.get(section.slug, articles[0])
            articles = tuple(one for one in articles if one != lead)
        return ListOutline("section.html", section.label, articles, pager, about, above, feeds, count, lead)

    return outline


def _tag(site: Site, tag: Term) -> MakeOutline:
    above = _above(site, "tags")
    feeds = feed_links(site, site.settings.feeds.tags, tag_path(tag.slug), tag.label)

    def outline(articles: tuple[str, ...], pager: PagerView, count: int | None) -> PageOutline:
        return ListOutline("tag.html", tag.label, articles, pager, "", above, feeds, count)

    return outline


def _author(site: Site, author: Author) -> MakeOutline:
    above = _above(site, "authors")
    feeds = feed_links(site, site.settings.feeds.authors, author_path(author), author.name)
    leads = leads_of(site, author.id) if author.id else ()

    def outline(articles: tuple[str, ...], pager: PagerView, count: int | None) -> PageOutline:
        return AuthorOutline(author.slug, articles, pager, author.id, leads, above, count, feeds)

    return outline


def _periods(site: Site) -> dict[str, list[str]]:
    """Return the articles of each year (2025) and each month (2025-10), the last ones first."""
    periods: dict[str, list[str]] = {}
    for article in site.graph.listed:
        day = site.dates[article].date().isoformat()
        periods.setdefault(day[:_YEAR], []).append(article)
        periods.setdefault(day[:_MONTH], []).append(article)
    return periods


def _period_path(period: str) -> str:
    return f"/archive/{period.replace('-', '/')}/"


def _period(site: Site, period: str) -> MakeOutline:
    year, month, _ = period.partition("-")
    trail = (*_above(site, "archive"), *((Link(year, site.frame.href(_period_path(year))),) if month else ()))

    def outline(articles: tuple[str, ...], pager: PagerView, count: int | None) -> PageOutline:
        return ListOutline("archive.html", period, articles, pager, "", trail, count=count)

    return outline


def _directory(site: Site, name: str, periods: Mapping[str, Sequence[str]]) -> DirectoryOutline:
    is_archive = name == "archive"
    groups = _archive_groups(site, periods) if is_archive else (DirectoryGroup("", "", tuple(_entries(site, name))),)
    return DirectoryOutline(site.words.say(name), groups)


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


def _archive_groups(site: Site, periods: Mapping[str, Sequence[str]]) -> tuple[DirectoryGroup, ...]:
    years: dict[str, list[DirectoryEntry]] = {}
    for period, articles in periods.items():
        months = years.setdefault(period[:_YEAR], [])
        if len(period) == _MONTH:
            months.append(DirectoryEntry(period, site.frame.href(_period_path(period)), len(articles)))
    return tuple(
        DirectoryGroup(year, site.frame.href(_period_path(year)), tuple(months)) for year, months in years.items()
    )


def _above(site: Site, directory: str) -> tuple[Link, ...]:
    return (Link(site.words.say(directory), site.frame.href(f"/{directory}/")),)
