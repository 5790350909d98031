"""Which articles a reader of this one will want next, and why."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from math import log, sqrt

from gazepress.config import RelatedSettings
from gazepress.folding import fold
from gazepress.model import Article, Reason, RefKind, Related
from gazepress.stages.graph.edges import COVERAGE, edges
from gazepress.stages.graph.resolve import Targets
from gazepress.stages.graph.terms import Catalog

_WEIGHTS = {"tag": 1.0, "organization": 1.2, "person": 1.2, "system": 1.2, "country": 0.6, "section": 0.3}
_LINK = 0.3  # what a reference between two articles is worth, beside a likeness of 0 to 1
_CLOSENESS = 0.1  # what the same moment is worth; two months apart, half of it
_CLOSENESS_DAYS = 60.0
_DAY = 86400.0
_SMOOTHING = 4.0  # keeps two articles that say little about themselves from being wholly alike
_WITHIN = 20  # articles on a side that a shared thing leads to: one on half the archive must not lead to half of it
_SPARE = 4  # candidates that are weighed besides those that will be shown
_DIGITS = 4


def find_related(catalog: Catalog, targets: Targets, settings: RelatedSettings) -> dict[str, tuple[Related, ...]]:
    """Return for each article the editors' choice, then those most like it, up to the count of the settings.

    Unless ``settings.newer``, an article is weighed as on the day it came out: neither newer ones nor how common a
    name has become since count, so that a new report changes nothing of the archive.
    """
    articles = catalog.articles
    chosen: dict[str, dict[str, None]] = {}
    for edge in edges(articles, targets, (RefKind.RELATED,)):
        chosen.setdefault(edge.source, {})[edge.target] = None
    archive = _Archive(catalog, targets, newer=settings.newer)
    found: dict[str, tuple[Related, ...]] = {}
    for article in articles:
        editors = tuple(Related(one, 1.0, (Reason("editor", "", 1.0),)) for one in chosen.get(article, ()))
        count = max(0, settings.count - len(editors))
        alike = archive.most_alike(article, count, without=chosen.get(article, {})) if count else ()
        found[article] = (*editors, *alike)
    return found


class _Archive:
    """All articles, the oldest first: an article's place among them is its age."""

    def __init__(self, catalog: Catalog, targets: Targets, *, newer: bool) -> None:
        self._newer = newer
        self._ids = tuple(catalog.articles)[::-1]
        self._age = {article: at for at, article in enumerate(self._ids)}
        self._days = [catalog.articles[one].matter.date.timestamp() / _DAY for one in self._ids]
        self._linked: dict[int, set[int]] = {}
        for edge in edges(catalog.articles, targets, COVERAGE):
            source, target = self._age[edge.source], self._age[edge.target]
            self._linked.setdefault(source, set()).add(target)
            self._linked.setdefault(target, set()).add(source)
        self._things = list(_numbered_things(catalog, self._ids))
        self._holders: dict[int, list[int]] = {}  # the articles that have a thing, by age
        self._older = [self._register(at) for at in range(len(self._ids))]  # how many older ones have each
        self._weights = [self._weigh(at) for at in range(len(self._ids))]
        self._sizes = [sqrt(sum(weights.values()) + _SMOOTHING) for weights in self._weights]

    def most_alike(self, article: str, count: int, without: Iterable[str]) -> list[Related]:
        """Return up to ``count`` articles that are most like this one, but not those of ``without``."""
        at = self._age[article]
        barred = {at, *(self._age[one] for one in without)}
        shared = self._shared(at)
        most = sorted(shared, key=shared.__getitem__)[-(count + len(barred) + _SPARE) :]
        linked = [other for other in self._linked.get(at, ()) if self._newer or other < at]
        candidates = {*most, *linked} - barred
        best = nlargest(count, ((self._score(at, other, shared.get(other, 0.0)), other) for other in candidates))
        explained = [(self._explained(at, other), other) for _, other in best]
        explained.sort(key=lambda one: (-one[0].score, -one[1]))
        return [related for related, _ in explained]

    def _register(self, at: int) -> list[int]:
        older: list[int] = []
        for thing in self._things[at]:
            holders = self._holders.setdefault(thing, [])
            older.append(len(holders))
            holders.append(at)
        return older

    def _weigh(self, at: int) -> dict[int, float]:
        """Return what each thing of an article weighs: the more, the fewer of the articles in view have it."""
        in_view = len(self._ids) if self._newer else at + 1
        weights: dict[int, float] = {}
        for (thing, (kind, _)), older in zip(self._things[at].items(), self._older[at], strict=True):
            holders = len(self._holders[thing]) if self._newer else older + 1
            weights[thing] = _WEIGHTS[kind] * log(1.0 + in_view / holders)
        return weights

    def _shared(self, at: int) -> dict[int, float]:
        """Return what an article shares with others near it in time, weighed: near enough to choose the most alike."""
        shared: dict[int, float] = {}
        get = shared.get
        for (thing, weight), older in zip(self._weights[at].items(), self._older[at], strict=True):
            holders = self._holders[thing]
            near = holders[max(0, older - _WITHIN) : older]
            if self._newer:
                near += holders[older + 1 : older + 1 + _WITHIN]
            for other in near:
                shared[other] = get(other, 0.0) + weight
        return shared

    def _score(self, at: int, other: int, shared: float) -> float:
        link = _LINK if other in self._linked.get(at, ()) else 0.0
        return shared / (self._sizes[at] * self._sizes[other]) + link + _closeness(self._days[at] - self._days[other])

    def _explained(self, at: int, other: int) -> Related:
        """Return why two articles are alike: all that they share, near or far, in parts that add up to the score."""
        size = self._sizes[at] * self._sizes[other]
        theirs, apart = self._weights[other], self._days[at] - self._days[other]
        reasons = [
            Reason(*self._things[at][thing], round(weight / size, _DIGITS))
            for thing, weight in self._weights[at].items()
            if thing in theirs
        ]
        if other in self._linked.get(at, ()):
            reasons.append(Reason("link", "one refers to the other", _LINK))
        reasons.append(Reason("date", _in_words(apart), round(_closeness(apart), _DIGITS)))
        return Related(self._ids[other], round(sum([one.weight for one in reasons]), _DIGITS), tuple(reasons))


def _numbered_things(catalog: Catalog, ids: Sequence[str]) -> Iterator[dict[int, tuple[str, str]]]:
    """Yield what each article can share: a number that is the same in all articles → kind, and name as written here."""
    numbers: dict[tuple[str, str], int] = {}
    for one in ids:
        named = _things(catalog.articles[one], catalog)
        yield {numbers.setdefault((kind, key), len(numbers)): (kind, name) for kind, key, name in named}


def _things(article: Article, catalog: Catalog) -> Iterator[tuple[str, str, str]]:
    """Yield what an article can share with others: the kind, what stands for it, and its name as written here."""
    yield from (("tag", slug, catalog.tags[slug].label) for slug in article.tags)
    matter = article.matter
    groups = ("organization", matter.organizations), ("person", matter.people), ("system", matter.systems)
    for kind, names in (*groups, ("country", matter.countries)):
        yield from ((kind, fold(name), name) for name in names)
    if article.section:
        yield "section", article.section, catalog.sections[article.section].label


def _closeness(days: float) -> float:
    return _CLOSENESS / (1.0 + abs(days) / _CLOSENESS_DAYS)


def _in_words(days: float) -> str:
    whole = int(abs(days))
    return f"{whole} day{'' if whole == 1 else 's'} apart" if whole else "less than a day apart"
