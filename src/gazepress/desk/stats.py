"""What a publication has published: how much of it when, where and by whom, and how it hangs together."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct

from gazepress.build.newsroom import Newsroom
from gazepress.model import Article, Graph


class Share(Struct, frozen=True):
    """How many articles there are of a month (``2025-03``), a section or an author."""

    name: str
    articles: int


class Story(Struct, frozen=True):
    """A storyline: how many reports it has, and the first and the last day of it (``2025-03-10``)."""

    title: str
    articles: int
    first: str
    last: str


class Linked(Struct, frozen=True):
    """An article, and how many others refer to it."""

    path: str
    slug: str
    title: str
    by: int


class Stats(Struct, frozen=True):
    """Figures of a site's public articles. Each list but the months begins with the largest figure."""

    site: str  # its name
    articles: int
    months: tuple[Share, ...]  # from the first to the last, without a gap
    sections: tuple[Share, ...]
    authors: tuple[Share, ...]
    storylines: tuple[Story, ...]
    linked: tuple[Linked, ...]  # those that are referred to
    orphans: tuple[Linked, ...]  # those that are not, newest first


def count_up(newsroom: Newsroom) -> Stats:
    """Return the figures of what is in the newsroom's graph."""
    graph = newsroom.graph
    articles = [graph.articles[one] for one in graph.listed]
    counted = [
        Linked(article.id, article.slug, article.matter.title, len(graph.backlinks.get(article.id, ())))
        for article in articles
    ]
    return Stats(
        site=newsroom.settings.title,
        articles=len(articles),
        months=tuple(_months(newsroom, articles)),
        sections=_largest((term.label, len(term.articles)) for term in graph.sections.values()),
        authors=_largest((author.name, len(author.articles)) for author in graph.authors.values()),
        storylines=tuple(sorted(_stories(newsroom, graph), key=lambda story: -story.articles)),
        linked=tuple(sorted((one for one in counted if one.by), key=lambda one: -one.by)),
        orphans=tuple(one for one in counted if not one.by),
    )


def _months(newsroom: Newsroom, articles: Iterable[Article]) -> Iterator[Share]:
    local = (article.matter.date.astimezone(newsroom.settings.zone) for article in articles)
    counts = Counter(date.year * 12 + date.month - 1 for date in local)
    if counts:
        for month in range(min(counts), max(counts) + 1):
            yield Share(f"{month // 12}-{month % 12 + 1:02}", counts[month])


def _largest(counts: Iterable[tuple[str, int]]) -> tuple[Share, ...]:
    shares = (Share(name, articles) for name, articles in counts if articles)
    return tuple(sorted(shares, key=lambda share: (-share.articles, share.name)))


def _stories(newsroom: Newsroom, graph: Graph) -> Iterator[Story]:
    def day(date: datetime) -> str:
        return f"{date.astimezone(newsroom.settings.zone):%Y-%m-%d}"

    for story in graph.storylines.values():
        first, last = (graph.articles[story.articles[at]].matter.date for at in (0, -1))
        yield Story(story.title, len(story.articles), day(first), day(last))
