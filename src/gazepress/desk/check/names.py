"""Two names that are probably one person, whom editors have spelled in two ways.

Ukrainian names are compared as Ukraine romanises them (resolution No. 55 of 2010), names in other forms of romanisation
by a skeleton that all of them share. What is only like another name is compared letter by letter.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from gazepress.folding import fold
from gazepress.urls import slugify

_LONG = 6  # letters; in shorter names one letter makes another name (Petro, Pedro)
_LEAST_WORDS = 2  # one word alone may be anybody
_MOST_ALIKE = 300  # names with one word in common: more are no clue to anything
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_FORMS = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (r"tsch|tch|cz", "ch"),
        (r"shch|sch", "sh"),
        (r"kh|gh|g", "h"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"ck|q|c(?!h)", "k"),
        (r"[ijy]+", "i"),
        (r"ei\b", "i"),  # Sergei
        (r"i(?=[aeou])", ""),  # Boiev, Boyev, Boev
        (r"([aou])e", r"\1"),  # Mueller
        (r"([a-z])\1+", r"\1"),
    )
)


def two_spellings(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of names, in the order in which they come, that are spelled otherwise and are probably one person."""
    order = {name: at for at, name in enumerate(dict.fromkeys(names))}
    groups: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for name in order:
        words = _skeleton(name)
        if len(words) >= _LEAST_WORDS:
            for word in set(words):
                groups[len(words), word].append(name)
    pairs = (pair for group in groups.values() if len(group) <= _MOST_ALIKE for pair in combinations(group, 2))
    found = {pair for pair in pairs if is_one_person(*pair)}
    yield from sorted(found, key=lambda pair: (order[pair[0]], order[pair[1]]))


def is_one_person(one: str, other: str) -> bool:
    """Tell whether two names are probably one person's, and are not spelled alike."""
    if fold(one) == fold(other):
        return False
    bones, others = _skeleton(one), _skeleton(other)
    if len(bones) != len(others) or len(bones) < _LEAST_WORDS:
        return False
    if sorted(bones) == sorted(others):
        return not _is_same_in_two_scripts(one, other)
    differing = [pair for pair in zip(bones, others, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _is_slip(*differing[0])


def is_cyrillic(name: str) -> bool:
    """Tell whether a name is written in Cyrillic letters."""
    return bool(_CYRILLIC.search(name))


def romanised(name: str) -> str:
    """Return a Ukrainian name in the Latin letters that Ukraine gives it; any other as it is."""
    from translitua import translit

    return str(translit(name)) if is_cyrillic(name) else name


def _is_same_in_two_scripts(one: str, other: str) -> bool:
    """Tell whether a name in Cyrillic letters stands beside its official form in Latin ones."""
    return is_cyrillic(one) != is_cyrillic(other) and _words(one) == _words(other)


def _is_slip(word: str, other: str) -> bool:
    """Tell whether one of two words is a slip of the other: a letter inside it, and not the ending of a case or sex."""
    from rapidfuzz.distance import OSA

    if min(len(word), len(other)) < _LONG or word[0] != other[0] or word[-1] != other[-1]:
        return False
    return OSA.distance(word, other, score_cutoff=1) == 1


@lru_cache(maxsize=65536)
def _skeleton(name: str) -> tuple[str, ...]:
    """Return the words of a name without what ways of romanising it differ in."""
    return tuple(bone for word in _words(name) if (bone := _bone(word)))


@lru_cache(maxsize=65536)
def _bone(word: str) -> str:
    for pattern, form in _FORMS:
        word = pattern.sub(form, word)
    return word


def _words(name: str) -> list[str]:
    return slugify(name, "uk" if is_cyrillic(name) else "").split("-")
