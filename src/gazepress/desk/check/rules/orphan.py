"""Reports to which nothing leads, so that readers find them in lists only."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.diagnostics import Severity
from gazepress.model import Graph, ToArticle, ToSitePath

_NEW = timedelta(days=60)  # what has just come out cannot have been taken up yet


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    graph = newsroom.graph
    newest = max((article.matter.date for article in graph.articles.values()), default=None)
    reached, relatives = _reached(newsroom), _newer_relatives(graph)
    for article in map(graph.articles.__getitem__, graph.listed):
        if newest is not None and newest - article.matter.date > _NEW and article.id not in reached:
            near = graph.articles[relatives[article.id]] if article.id in relatives else None
            where = f"in “{near.matter.title}” ({near.id})" if near else "in a later report on the same matter"
            yield Hit("no other text leads to this report", hint=f"link it {where}", path=article.id)


def _reached(newsroom: Newsroom) -> set[str]:
    """Return the files of the articles to which a text or the front page leads, and these in their other languages."""
    by_path = {url: file for file, url in newsroom.paths.items()}
    found: set[str] = set()
    for source, targets in newsroom.graph.targets.items():
        ids = {target.id for target in targets if isinstance(target, ToArticle)}
        ids |= {by_path.get(target.path, "") for target in targets if isinstance(target, ToSitePath)}
        found |= ids - {source}
    front = newsroom.graph.front
    found.update((front.lead, *front.weighty, *chain.from_iterable(slot.articles for slot in front.slots)))
    return found.union(*(newsroom.graph.translations.get(one, ()) for one in found))


def _newer_relatives(graph: Graph) -> dict[str, str]:
    """Return for each article the newest one that was found to be related to it, which could link it."""
    found: dict[str, str] = {}
    for newer, others in graph.related.items():
        for other in others:
            found.setdefault(other, newer)
    return found


RULE = ArchiveRule(
    "orphan",
    Severity.NOTE,
    f"A report is more than {_NEW.days} days older than the newest one, and no text leads to it.",
    "Link it where a later report touches the same matter, or let that one name it in `follows:` or `related:`.",
    _look,
)
