"""The pages that list articles: front page, sections, tags, authors, archive, storylines, overviews, and the 404."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from gazepress.model import Article, Author, Output, Page, Storyline, Term
from gazepress.stages.plan.body import page_body
from gazepress.stages.plan.head import make_head, section_feed
from gazepress.stages.plan.site import (
    Claim,
    Site,
    author_path,
    cards_of,
    directories,
    section_path,
    storyline_path,
    tag_path,
)
from gazepress.stages.plan.structured_data import website_data
from gazepress.views import (
    AuthorPage,
    AuthorView,
    DirectoryEntry,
    DirectoryGroup,
    DirectoryPage,
    Head,
    HomePage,
    Link,
    ListPage,
    NotFoundPage,
    PagerView,
    PageView,
    SectionFront,
    SourceView,
    StorylinePage,
)

_SECTION_FRONT_CARDS = 4
_NOT_FOUND_CARDS = 5


MakeView = Callable[[Site, str, tuple[str, ...], PagerView], tuple[str, PageView]]
"""(site, path, articles of this page, pager) → (template, view)"""


def list_claims(site: Site) -> Iterator[Claim]:
    """Yield all pages that list articles."""
    graph = site.graph
    yield from _paged(site, "/", tuple(graph.articles), _home)
    for section in graph.sections.values():
        yield from _paged(site, section_path(section.slug), section.articles, _section_view(section))
    for tag in graph.tags.values():
        yield from _paged(site, tag_path(tag.slug), tag.articles, _tag_view(tag))
    for author in graph.authors.values():
        yield from _paged(
            site, author_path(author), author.articles, _author_view(author), (author.id,) if author.id else ()
        )
    for storyline in graph.storylines.values():
        yield Claim(storyline_path(storyline.slug), partial(_storyline, storyline=storyline))
    yield from _archive_claims(site)
    for name in directories(site):
        yield Claim(f"/{name}/", partial(_directory, name=name))
    yield Claim("/404.html", _not_found)


def _paged(
    site: Site, path: str, articles: Sequence[str], view: MakeView, sources: tuple[str, ...] = ()
) -> Iterator[Claim]:
    """Yield the pages of a list: the first at ``path``, the others at ``path/page/2/`` and so on."""
    size = site.settings.per_page
    chunks = [tuple(articles[at : at + size]) for at in range(0, len(articles), size)] or [()]
    paths = [path] + [f"{path}page/{number}/" for number in range(2, len(chunks) + 1)]

    def make(site: Site, at: int) -> Output:
        newer, older = (site.href(paths[to]) if 0 <= to < len(paths) else "" for to in (at - 1, at + 1))
        template, page = view(site, paths[at], chunks[at], PagerView(at + 1, len(paths), newer, older))
        return Page(paths[at], template, page, sources)

    for at, address in enumerate(paths):
        yield Claim(address, partial(make, at=at))


def _home(site: Site, path: str, articles: tuple[str, ...], pager: PagerView) -> tuple[str, PageView]:
    cards = cards_of(site, articles)
    if pager.number > 1:
        head = make_head(site, path, _numbered("Latest", pager))
        count = len(site.graph.articles)
        return "latest.html", ListPage(site.view, head, "Latest", site.settings.description, cards, count, pager)
    fronts = tuple(
        SectionFront(term.label, site.sections[term.slug].url, cards_of(site, term.articles[:_SECTION_FRONT_CARDS]))
        for term in site.graph.sections.values()
        if term.articles
    )
    head = make_head(site, path, site.settings.title, data=(website_data(site),))
    return "home.html", HomePage(site.view, head, cards[0] if cards else None, cards[1:], fronts, pager)


def _section_view(section: Term) -> MakeView:
    def view(site: Site, path: str, articles: tuple[str, ...], pager: PagerView) -> tuple[str, PageView]:
        head = make_head(
            site,
            path,
            _numbered(section.label, pager),
            description=section.description,
            trail=_above(site, "sections"),
            feeds=(section_feed(site, section),),
        )
        return "section.html", _list_page(site, head=head, term=section, articles=articles, pager=pager)

    return view


def _tag_view(tag: Term) -> MakeView:
    def view(site: Site, path: str, articles: tuple[str, ...], pager: PagerView) -> tuple[str, PageView]:
        head = make_head(site, path, _numbered(tag.label, pager), trail=_above(site, "tags"))
        return "tag.html", _list_page(site, head=head, term=tag, articles=articles, pager=pager)

    return view


def _author_view(author: Author) -> MakeView:
    def view(site: Site, path: str, articles: tuple[str, ...], pager: PagerView) -> tuple[str, PageView]:
        byline, matter = site.bylines[author.slug], author.matter
        title = _numbered(byline.name, pager)
        head = make_head(site, path, title, description=byline.summary, trail=_above(site, "authors"))
        shown = AuthorView(
            name=byline.name,
            role=byline.role,
            summary=byline.summary,
            body=page_body(site, author.id, author.document) if author.document else (),
            picture=byline.picture,
            links=tuple(SourceView(link.name, link.url) for link in matter.links) if matter else (),
        )
        cards = cards_of(site, articles)
        return "author.html", AuthorPage(site.view, head, shown, cards, len(author.articles), pager)

    return view


def _archive_claims(site: Site) -> Iterator[Claim]:
    """Yield a list for each year and for each month that has articles."""
    periods: dict[tuple[str, ...], list[str]] = {}
    for article in site.graph.articles.values():
        year, month = _year_and_month(site, article)
        periods.setdefault((year,), []).append(article.id)
        periods.setdefault((year, month), []).append(article.id)
    for period, articles in periods.items():
        yield from _paged(site, f"/archive/{'/'.join(period)}/", articles, _period_view(period, len(articles)))


def _period_view(period: tuple[str, ...], count: int) -> MakeView:
    def view(site: Site, path: str, articles: tuple[str, ...], pager: PagerView) -> tuple[str, PageView]:
        title = "-".join(period)
        year = (Link(period[0], site.href(f"/archive/{period[0]}/")),) if len(period) > 1 else ()
        head = make_head(site, path, _numbered(title, pager), trail=(*_above(site, "archive"), *year))
        return "archive.html", ListPage(site.view, head, title, "", cards_of(site, articles), count, pager)

    return view


def _storyline(site: Site, storyline: Storyline) -> Output:
    path = storyline_path(storyline.slug)
    head = make_head(site, path, storyline.title, trail=_above(site, "storylines"))
    view = StorylinePage(site.view, head, storyline.title, cards_of(site, storyline.articles))
    return Page(path, "storyline.html", view, storyline.articles[:1])


def _directory(site: Site, name: str) -> Output:
    path, title = f"/{name}/", name.capitalize()
    groups = _archive_groups(site) if name == "archive" else (DirectoryGroup("", "", tuple(_entries(site, name))),)
    view = DirectoryPage(site.view, make_head(site, path, title), title, groups)
    return Page(path, "directory.html", view, ())


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
                yield DirectoryEntry(story.title, site.href(storyline_path(story.slug)), len(story.articles))


def _archive_groups(site: Site) -> tuple[DirectoryGroup, ...]:
    years: dict[str, dict[str, int]] = {}
    for article in site.graph.articles.values():
        year, month = _year_and_month(site, article)
        months = years.setdefault(year, {})
        months[month] = months.get(month, 0) + 1
    return tuple(
        DirectoryGroup(
            year,
            site.href(f"/archive/{year}/"),
            tuple(
                DirectoryEntry(f"{year}-{month}", site.href(f"/archive/{year}/{month}/"), count)
                for month, count in months.items()
            ),
        )
        for year, months in years.items()
    )


def _year_and_month(site: Site, article: Article) -> tuple[str, str]:
    date = site.dates[article.id]
    return f"{date.year:04}", f"{date.month:02}"


def _not_found(site: Site) -> Output:
    head = make_head(site, "/404.html", "Page not found", index=False)
    view = NotFoundPage(site.view, head, cards_of(site, tuple(site.graph.articles)[:_NOT_FOUND_CARDS]))
    return Page("/404.html", "404.html", view, ())


def _list_page(site: Site, *, head: Head, term: Term, articles: tuple[str, ...], pager: PagerView) -> ListPage:
    cards = cards_of(site, articles)
    return ListPage(site.view, head, term.label, term.description, cards, len(term.articles), pager)


def _above(site: Site, directory: str) -> tuple[Link, ...]:
    return (Link(directory.capitalize(), site.href(f"/{directory}/")),)


def _numbered(title: str, pager: PagerView) -> str:
    return title if pager.number == 1 else f"{title}, page {pager.number}"
