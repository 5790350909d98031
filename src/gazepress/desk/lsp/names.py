"""Which texts may be meant by the first letters of words? An index over titles, asked at every keystroke."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from gazepress.folding import fold

_WORD = re.compile(r"\w+")
_LAST = "\U0010ffff"
_MOST_WORDS = 12  # of a question; more say nothing more


class Name(Struct, frozen=True):
    """A text that can be referred to: its file, title and slug; an article's date and section, and why it is held."""

    path: str
    title: str
    slug: str
    is_article: bool
    detail: str  # what tells it from others of its title: the date and section of an article
    held: str = ""


class Names:
    """Names by the words of their titles and slugs, found by any first letters of these words in any order."""

    def __init__(self, names: Sequence[Name]) -> None:
        """Take the names in the order in which they are to be offered."""
        self._names = names
        self._by_path = {name.path: name for name in names}
        self._titles = [fold(name.title) for name in names]
        found: dict[str, list[int]] = {}
        for at, name in enumerate(names):
            for word in dict.fromkeys((*_WORD.findall(self._titles[at]), *name.slug.split("-"))):
                found.setdefault(word, []).append(at)
        self._words = sorted(found)
        self._places = [found[word] for word in self._words]

    def at(self, path: str) -> Name | None:
        """Return the name of the text in a file."""
        return self._by_path.get(path)

    def like(self, written: str, *, limit: int, articles_only: bool = False) -> list[Name]:
        """Return the names that hold all words begun in ``written``; those first whose title begins so."""
        folded = fold(written)
        words = _WORD.findall(folded)[:_MOST_WORDS]
        fitting = [at for at in self._holding(words) if self._names[at].is_article or not articles_only]
        first = (at for at in fitting if self._titles[at].startswith(folded)) if words else ()
        return [self._names[at] for at in islice(dict.fromkeys((*first, *fitting)), limit)]

    def _holding(self, words: Sequence[str]) -> Sequence[int]:
        if not words:
            return range(len(self._names))
        matches = [self._beginning(word) for word in words]
        return sorted(matches[0].intersection(*matches[1:]))

    def _beginning(self, start: str) -> set[int]:
        first = bisect_left(self._words, start)
        last = bisect_left(self._words, start + _LAST, first)
        return {at for places in self._places[first:last] for at in places}
