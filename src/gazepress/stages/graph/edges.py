"""Which articles refer to which, and how."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from gazepress.documents import Ref, RefKind
from gazepress.model import Article, Target, ToArticle

COVERAGE = frozenset((RefKind.LINK, RefKind.WIKI, RefKind.READ_MORE, RefKind.EARLIER, RefKind.FOLLOWS))
"""References by which one report leads to another; what an editor only calls related is not among them."""

STORY = frozenset((RefKind.EARLIER, RefKind.FOLLOWS))
"""References by which a report continues another."""


class Edge(Struct, frozen=True):
    """A reference of one article to another."""

    source: str
    ref: Ref
    target: str


def edges(articles: Mapping[str, Article], targets: Mapping[str, tuple[Target | None, ...]]) -> list[Edge]:
    """Return the references between two different ones of ``articles``, newest first, as they are written."""
    return [
        Edge(source, ref, target.id)
        for source in articles
        if (led_to := targets[source])
        for ref, target in zip(articles[source].document.refs, led_to, strict=True)
        if isinstance(target, ToArticle) and target.id != source and target.id in articles
    ]


def backlinks(articles: Iterable[str], links: Iterable[Edge]) -> dict[str, tuple[str, ...]]:
    """Return for each article that is referred to the articles that do so, newest first, each once."""
    found: dict[str, dict[str, None]] = {}
    for edge in links:
        if edge.ref.kind in COVERAGE:
            found.setdefault(edge.target, {})[edge.source] = None
    return {article: tuple(found[article]) for article in articles if article in found}
