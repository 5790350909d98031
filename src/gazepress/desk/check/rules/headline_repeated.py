"""Headlines that have been used before, within a month."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator
from datetime import timedelta

from msgspec import Struct

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.desk.check.sources import place_of
from gazepress.diagnostics import Severity
from gazepress.folding import fold
from gazepress.model import Article

_DAYS = 30
_ALIKE = 90  # of 100, words in any order
_COMMON_SHARE = 0.75  # of the words of two headlines that are alike so much, at least this part is in both
_LOOKED_AT = 50  # of the last headlines that share a rare word
_SEPARATORS = str.maketrans(dict.fromkeys("-:,.;!?()/'", " "))


class _Headline(Struct, frozen=True):
    article: Article
    words: tuple[str, ...]  # the rarest first
    numbers: tuple[str, ...]


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    for headline, earlier in repeated(newsroom.graph.articles.values()):
        days = (headline.matter.date - earlier.matter.date).days
        when = "the same day" if days == 0 else f"{days} {'day' if days == 1 else 'days'} before"
        message = f"nearly the same headline was used {when}: “{earlier.matter.title}” ({earlier.id})"
        place = place_of(newsroom, headline.id, "title")
        yield Hit(message, place, "say what is new in this report", path=headline.id)


def repeated(articles: Collection[Article]) -> Iterator[tuple[Article, Article]]:
    """Yield the articles whose headline is nearly that of one at most a month older, each with that one.

    Two headlines that share most of their words share one of the rarest of each, so only such are compared: an archive
    of any size is looked through in one go. Other numbers are other news.
    """
    from rapidfuzz import fuzz

    recent: defaultdict[str, deque[_Headline]] = defaultdict(lambda: deque(maxlen=_LOOKED_AT))
    for headline in _headlines(articles):
        oldest = headline.article.matter.date - timedelta(days=_DAYS)
        rare = headline.words[: _probed(len(headline.words))]
        near = {id(other): other for word in rare for other in recent[word] if other.article.matter.date >= oldest}
        text = " ".join(sorted(headline.words))
        for other in sorted(near.values(), key=lambda one: one.article.matter.date, reverse=True):
            alike = fuzz.ratio(text, " ".join(sorted(other.words)), score_cutoff=_ALIKE)
            if alike and headline.numbers == other.numbers:
                yield headline.article, other.article
                break
        for word in rare:
            recent[word].append(headline)


def _headlines(articles: Collection[Article]) -> Iterator[_Headline]:
    """Yield the headlines, the oldest first."""
    words = {article.id: _words(article.matter.title) for article in articles}
    frequency = Counter(word for each in words.values() for word in set(each))
    for article in sorted(articles, key=lambda one: (one.matter.date.timestamp(), one.id)):
        ranked = sorted(set(words[article.id]), key=lambda word: (frequency[word], word))
        numbers = tuple(word for word in words[article.id] if any(map(str.isdigit, word)))
        if ranked:
            yield _Headline(article, tuple(ranked), numbers)


def _words(title: str) -> list[str]:
    return fold(title).translate(_SEPARATORS).split()


def _probed(count: int) -> int:
    """Return how many of the rarest words must be looked at to miss no headline that shares enough of all."""
    return count - int(_COMMON_SHARE * count) + 1


RULE = ArchiveRule(
    "headline-repeated",
    Severity.WARNING,
    f"A headline is nearly that of another report within {_DAYS} days: readers will think that they know it.",
    "Say what is new; or make it one report, with a correction of kind `update`.",
    _look,
)
