"""Tags that are nearly the same words, so that a subject has two pages.

The build tells of plurals, hyphens and a single letter (`tags-similar`); here are the slips that take longer to find.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.diagnostics import Severity
from gazepress.model import Term

_SHARED = 4  # letters at the beginning of a word that both tags must have
_LONG = 10  # letters of a tag: in a shorter one two letters make another word
_ALIKE = 88  # of 100
_MOST = 400  # tags with one word in common, such as “drones”: that says nothing any more


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    tags = sorted(newsroom.graph.tags.values(), key=lambda term: (-len(term.articles), term.slug))
    blocks: defaultdict[str, list[Term]] = defaultdict(list)
    for term in tags:
        for start in {word[:_SHARED] for word in term.slug.split("-")}:
            blocks[start].append(term)
    told: set[str] = set()
    for usual, term in _pairs([block for block in blocks.values() if len(block) <= _MOST]):
        if term.slug not in told:
            told.add(term.slug)
            message = (
                f"the tags {term.label!r} ({len(term.articles)}) and {usual.label!r} ({len(usual.articles)}) "
                "are nearly the same words"
            )
            hint = f"if they mean the same: gazepress mv tag:{term.slug} tag:{usual.slug}"
            yield Hit(message, hint=hint, path=term.articles[0])


def _pairs(blocks: Sequence[Sequence[Term]]) -> Iterator[tuple[Term, Term]]:
    """Yield the tags that are nearly alike, the more frequent one first."""
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        for usual, term in combinations(block, 2):
            pair = usual.slug, term.slug
            if pair not in seen and _are_near(*pair):
                seen.add(pair)
                yield usual, term


def _are_near(one: str, other: str) -> bool:
    """Tell whether two slugs hold the same words in another order, or long ones with two letters that differ."""
    words, others = sorted(one.split("-")), sorted(other.split("-"))
    if words == others:
        return True
    if min(len(one), len(other)) < _LONG or _digits(one) != _digits(other) or len(words) != len(others):
        return False
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1 or min(map(len, differing[0])) < _LONG:
        return False
    is_far = Levenshtein.distance(one.replace("-", ""), other.replace("-", ""), score_cutoff=1) > 1
    return is_far and fuzz.ratio(*differing[0], score_cutoff=_ALIKE) > 0


def _digits(slug: str) -> str:
    return "".join(filter(str.isdigit, slug))


RULE = ArchiveRule(
    "tag-near",
    Severity.NOTE,
    "Two tags are the same words in another order, or differ by a slip, so that a subject has two pages.",
    "Use one tag: `gazepress mv tag:OLD tag:NEW` writes it into all reports.",
    _look,
)
