"""Read-more lines that send readers of a report to a very old one."""

from collections.abc import Iterator
from datetime import timedelta

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.diagnostics import Severity
from gazepress.documents import RefKind
from gazepress.model import Article, Graph, ToArticle

_YEAR = timedelta(days=365.25)
_YEARS = 3


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    graph = newsroom.graph
    for article in graph.articles.values():
        for ref, target in zip(article.document.refs, graph.targets[article.id], strict=True):
            if ref.kind is not RefKind.READ_MORE or not isinstance(target, ToArticle):
                continue
            named = graph.articles[target.id]
            years = _years_before(named, article)
            if years >= _YEARS:
                message = f"this read-more leads to a report that is {years} years older: “{named.matter.title}”"
                yield Hit(message, (ref.line, ref.column), _newer(graph, article), path=article.id)


def _newer(graph: Graph, article: Article) -> str:
    """Return which report to name instead: the first one that is related and not old."""
    named = {target.id for target in graph.targets[article.id] if isinstance(target, ToArticle)}
    for other in graph.related.get(article.id, ()):
        if other not in named and _years_before(graph.articles[other], article) < _YEARS:
            return f"nearer in time is “{graph.articles[other].matter.title}” ({other})"
    return "name a newer report, if there is one"


def _years_before(older: Article, article: Article) -> int:
    return (article.matter.date - older.matter.date) // _YEAR


RULE = ArchiveRule(
    "read-more-old",
    Severity.NOTE,
    f"A read-more line leads to a report that is {_YEARS} years older or more.",
    "Name a newer report, if there is one; the hint proposes one.",
    _look,
)
