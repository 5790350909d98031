"""Which articles a reader of this one will want next, and why."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from math import log, sqrt

from msgspec import Struct
from msgspec.json import encode

from gazepress.digest import digest_bytes, digests_so_far
from gazepress.documents import RefKind
from gazepress.folding import fold
from gazepress.model import Article, Graph, Reason, Related
from gazepress.settings import RelatedSettings
from gazepress.stages.graph.edges import COVERAGE, Edge, edges

_WEIGHTS = {"tag": 1.0, "organization": 1.2, "person": 1.2, "system": 1.2, "country": 0.6, "section": 0.3}
_LINK = 0.3  # what a reference between two articles is worth, beside a likeness of 0 to 1
_CLOSENESS = 0.1  # what the same moment is worth; two months apart, half of it
_CLOSENESS_DAYS = 60.0
_DAY = 86400.0
_SMOOTHING = 4.0  # keeps two articles that say little about themselves from being wholly alike
_WITHIN = 20  # articles on a side that a shared thing leads to: one on half the archive must not lead to half of it
_SPARE = 4  # candidates that are weighed besides those that will be shown
_DIGITS = 4
_LINKED, _APART = -1, -2  # parts of a score that are no things: those are numbered from 0

Choose = Callable[[Callable[[str], tuple[str, ...]], Sequence[str]], Iterable[tuple[str, ...]]]
"""(what chooses for one article, articles) → the choice for each: ``map``, or one that works in several processes."""

_Linked = Mapping[int, Collection[int]]
_ByArticle = Mapping[str, Mapping[str, None]]


class Choice(Struct, frozen=True):
    """The articles related to each one, and a key for each: where the key is the same, so is the choice."""

    related: Mapping[str, tuple[str, ...]]
    keys: Mapping[str, str]


def find_related(
    articles: Mapping[str, Article],
    links: Sequence[Edge],
    settings: RelatedSettings,
    known: Mapping[str, tuple[str, ...]],
    choose: Choose = map,
) -> Choice:
    """Return for each of ``articles`` (newest first) the editors' choice, then those most like it, up to the count.

    What has a card in its text is not related on top of that, unless the editor says so.
    Unless ``settings.newer``, an article is weighed as on the day it came out: neither newer ones nor how common a
    name has become since count, so that a new report changes nothing of the archive. What ``known`` holds for the key
    of an article is taken over, and nothing is weighed for it.
    """
    by_age = tuple(articles.values())[::-1]
    linked = _linked(by_age, links, newer=settings.newer)
    editors, cards = _led_to(links, RefKind.RELATED), _led_to(links, RefKind.READ_MORE)
    keys = _keys(by_age, linked, editors, cards, settings)
    fresh = [article for article in articles if keys[article] not in known]
    archive = _Archive(by_age, linked, newer=settings.newer) if fresh and settings.count else None

    def related(article: str) -> tuple[str, ...]:
        first = editors.get(article, {})
        room, barred = settings.count - len(first), {*first, *cards.get(article, ())}
        return *first, *(archive.most_alike(article, room, without=barred) if archive else ())

    chosen = dict(zip(fresh, choose(related, fresh), strict=False))  # none at all where a worker died
    return Choice({one: chosen.get(one) or known.get(keys[one], ()) for one in articles}, keys)


def explain_related(graph: Graph, article: str) -> tuple[Related, ...]:
    """Return the articles that ``graph`` calls related to ``article``, each with its score and the reasons for it.

    All articles are read for it: this is for somebody who asks about one of them.
    """
    if article not in graph.related:  # it was retracted
        return ()
    listed = {one: graph.articles[one] for one in graph.listed}
    links = edges(listed, graph.targets)
    by_age = tuple(listed.values())[::-1]
    archive = _Archive(by_age, _linked(by_age, links, newer=graph.newer_related), newer=graph.newer_related)
    first = _led_to(links, RefKind.RELATED).get(article, {})
    names = _names(graph.articles[article], graph)
    return tuple(
        Related(one, 1.0, (Reason("editor", "", 1.0),)) if one in first else archive.explain(article, one, names)
        for one in graph.related[article]
    )


class _Archive:
    """All articles, the oldest first: an article's place among them is its age."""

    def __init__(self, by_age: Sequence[Article], linked: _Linked, *, newer: bool) -> None:
        self._by_age = by_age
        self._linked = linked
        self._newer = newer
        self._age = {article.id: at for at, article in enumerate(by_age)}
        self._days = [article.matter.date.timestamp() / _DAY for article in by_age]
        self._numbers: defaultdict[tuple[str, str], int] = defaultdict(count().__next__)
        self._things = [dict.fromkeys([self._numbers[one] for one in _things(article)]) for article in by_age]
        factors = [_WEIGHTS[kind] for kind, _ in self._numbers]
        self._holders: list[list[int]] = [[] for _ in self._numbers]  # the articles that have a thing, by age
        for at, things in enumerate(self._things):
            for thing in things:
                self._holders[thing].append(at)
        self._weighed = _weigher(self._things, self._holders, factors, newer=newer)

    def most_alike(self, article: str, wanted: int, without: Collection[str]) -> list[str]:
        """Return the ids of up to ``wanted`` articles that are most like this one, but not those of ``without``."""
        if wanted <= 0:
            return []
        at = self._age[article]
        barred = {at, *(self._age[one] for one in without)}
        shared = self._shared(at)
        most = sorted(shared, key=shared.__getitem__)[-(wanted + len(barred) + _SPARE) :]
        candidates = {*most, *self._linked.get(at, ())} - barred
        best = sorted(self._scored(at, candidates, shared), reverse=True)[:wanted]
        # Those that share something far apart may be more alike than they seemed.
        ranked = sorted((-_total(self._parts(at, other)), -other) for _, other in best)
        return [self._by_age[-other].id for _, other in ranked]

    def explain(self, article: str, other: str, names: Sequence[str]) -> Related:
        """Return why two articles are alike: all that they share, near or far, in parts that add up to the score.

        ``names`` are those of the article's things.
        """
        at, to = self._age[article], self._age[other]
        reasons = {
            self._numbers[one]: (one[0], name) for one, name in zip(_things(self._by_age[at]), names, strict=True)
        }
        reasons[_LINKED] = "link", "one refers to the other"
        reasons[_APART] = "date", _in_words(self._days[at] - self._days[to])
        parts = self._parts(at, to)
        return Related(other, _total(parts), tuple(Reason(*reasons[part], weight) for part, weight in parts.items()))

    def _shared(self, at: int) -> dict[int, float]:
        """Return what an article shares with others near it in time, weighed: near enough to choose the most alike."""
        shared: dict[int, float] = {}
        get = shared.get
        for thing, weight in self._weighed(at)[0].items():
            holders = self._holders[thing]
            older = bisect_left(holders, at)
            near = holders[max(0, older - _WITHIN) : older]
            if self._newer:
                near += holders[older + 1 : older + 1 + _WITHIN]
            if shared:
                for other in near:
                    shared[other] = get(other, 0.0) + weight
            else:
                shared = dict.fromkeys(near, weight)  # the same, and much faster
                get = shared.get
        return shared

    def _scored(self, at: int, others: Iterable[int], shared: Mapping[int, float]) -> Iterator[tuple[float, int]]:
        """Yield how much each of ``others`` is like an article, going by what they share near it in time."""
        _, size = self._weighed(at)
        linked, day = self._linked.get(at, ()), self._days[at]
        for other in others:
            likeness = shared.get(other, 0.0) / (size * self._weighed(other)[1])
            yield likeness + (_LINK if other in linked else 0.0) + _closeness(day - self._days[other]), other

    def _parts(self, at: int, other: int) -> dict[int, float]:
        """Return the rounded parts of the score of two articles: for the things that they share, a link, the time."""
        theirs = self._things[other]
        weights, size = self._weighed(at)
        size *= self._weighed(other)[1]
        parts = {thing: round(weight / size, _DIGITS) for thing, weight in weights.items() if thing in theirs}
        if other in self._linked.get(at, ()):
            parts[_LINKED] = _LINK
        parts[_APART] = round(_closeness(self._days[at] - self._days[other]), _DIGITS)
        return parts


def _weigher(
    things: Sequence[Iterable[int]], holders: Sequence[Sequence[int]], factors: Sequence[float], *, newer: bool
) -> Callable[[int], tuple[dict[int, float], float]]:
    """Return the function that gives what each thing of an article weighs, and the article's size.

    A thing weighs the more, the fewer of the articles in view have it. No method of the archive: one that remembers
    would hold the archive that holds it, and all of that would be in memory until the end of the build.
    """

    @cache
    def weigh(at: int) -> tuple[dict[int, float], float]:
        in_view = len(things) if newer else at + 1
        weights: dict[int, float] = {}
        for thing in things[at]:
            having = len(holders[thing]) if newer else bisect_left(holders[thing], at) + 1
            weights[thing] = factors[thing] * log(1.0 + in_view / having)
        return weights, sqrt(sum(weights.values()) + _SMOOTHING)

    return weigh


def _keys(
    by_age: Sequence[Article], linked: _Linked, editors: _ByArticle, cards: _ByArticle, settings: RelatedSettings
) -> dict[str, str]:
    """Return for each article a digest of all that its choice depends on.

    An article's key stands for all that is older, too. Where newer ones count, the last key stands for the whole
    archive, and every article's key starts from it.
    """

    def parts() -> Iterator[bytes]:
        yield encode(settings)
        for at, article in enumerate(by_age):
            id_, matter = article.id, article.matter
            names = matter.organizations, matter.people, matter.systems, matter.countries
            others = [by_age[other].id for other in sorted(linked[at])] if at in linked else ()
            led_to = tuple(editors.get(id_, ())), tuple(cards.get(id_, ()))
            yield encode((id_, matter.date.timestamp(), article.tags, names, article.section, others, *led_to))

    of_settings, *digests = digests_so_far(parts())
    keys = {article.id: key for article, key in zip(by_age, digests, strict=True)}
    if settings.newer:
        whole = digests[-1] if digests else of_settings
        return {article: digest_bytes(f"{whole}{article}".encode()) for article in keys}
    return keys


def _linked(by_age: Sequence[Article], links: Iterable[Edge], *, newer: bool) -> dict[int, set[int]]:
    """Return by age the articles in view of each that it refers to, or that refer to it; newer ones only if wanted."""
    age = {article.id: at for at, article in enumerate(by_age)}
    linked: dict[int, set[int]] = {}
    for edge in links:
        if edge.ref.kind in COVERAGE:
            older, younger = sorted((age[edge.source], age[edge.target]))
            linked.setdefault(younger, set()).add(older)
            if newer:
                linked.setdefault(older, set()).add(younger)
    return linked


def _led_to(links: Iterable[Edge], kind: RefKind) -> dict[str, dict[str, None]]:
    """Return for each article those to which references of a kind lead, in order."""
    found: dict[str, dict[str, None]] = {}
    for edge in links:
        if edge.ref.kind is kind:
            found.setdefault(edge.source, {})[edge.target] = None
    return found


def _things(article: Article) -> list[tuple[str, str]]:
    """Return what an article can share with others: the kind, and what stands for it."""
    matter = article.matter
    things = [("tag", slug) for slug in article.tags]
    groups = ("organization", matter.organizations), ("person", matter.people), ("system", matter.systems)
    for kind, names in (*groups, ("country", matter.countries)):
        if names:
            things += [(kind, fold(name)) for name in names]
    if article.section:
        things.append(("section", article.section))
    return things


def _names(article: Article, graph: Graph) -> list[str]:
    """Return the names of an article's things, as it writes them."""
    matter = article.matter
    tags = [graph.tags[slug].label for slug in article.tags]
    section = [graph.sections[article.section].label] if article.section else []
    return [*tags, *matter.organizations, *matter.people, *matter.systems, *matter.countries, *section]


def _total(parts: Mapping[int, float]) -> float:
    return round(sum(parts.values()), _DIGITS)


def _closeness(days: float) -> float:
    return _CLOSENESS / (1.0 + abs(days) / _CLOSENESS_DAYS)


def _in_words(days: float) -> str:
    whole = int(abs(days))
    return f"{whole} day{'' if whole == 1 else 's'} apart" if whole else "less than a day apart"
