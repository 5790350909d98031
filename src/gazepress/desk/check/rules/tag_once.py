"""Tags that have only ever been used once, so that their page leads nowhere."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.desk.check.sources import place_of
from gazepress.diagnostics import Severity
from gazepress.model import Graph, Term
from gazepress.urls import slugify

_NEW = timedelta(days=60)  # a new subject has this long to come up again
_ALIKE = 75  # of 100
_MOST_QUESTIONS = 50  # each looks at every tag


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    graph = newsroom.graph
    newest = max((article.matter.date for article in graph.articles.values()), default=None)
    if newest is None:
        return
    lonely = [
        term
        for term in graph.tags.values()
        if len(term.articles) == 1 and newest - graph.articles[term.articles[0]].matter.date > _NEW
    ]
    hints = {term.slug: _nearest(graph, term) for term in islice(lonely, _MOST_QUESTIONS)}
    for term in lonely:
        (path,) = term.articles
        slugs = [slugify(tag) for tag in graph.articles[path].matter.tags]
        place = place_of(newsroom, path, "tags", slugs.index(term.slug) if term.slug in slugs else 0)
        hint = hints.get(term.slug) or "take it out, or put it on other reports that it fits"
        yield Hit(f"no other report has the tag {term.label!r}", place, hint, path=path)


def _nearest(graph: Graph, term: Term) -> str:
    from rapidfuzz import fuzz, process

    others = {slug: slug.replace("-", " ") for slug, one in graph.tags.items() if len(one.articles) > 1}
    words = term.slug.replace("-", " ")
    near = process.extractOne(words, others, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE)
    return f"is it {graph.tags[near[2]].label!r}, as elsewhere?" if near else ""


RULE = ArchiveRule(
    "tag-once",
    Severity.NOTE,
    f"A tag stands on a single report, and none has taken it up in {_NEW.days} days: its page leads nowhere.",
    "Take it out, use the tag that other reports have, or put it on those that it fits.",
    _look,
)
