"""Which tags are probably one tag in two spellings."""

from collections.abc import Iterator, Mapping

from gazepress.diagnostics import Diagnostic, problem
from gazepress.model import Term

_LONG_WORD = 6  # letters: below that one letter makes another word (iran, iraq)
_LONG_KEY = 8
_LONGEST_KEY = 60  # a longer one is a sentence, and has as many neighbours as letters
_PLURAL_WORD = 4


def similar_tags(tags: Mapping[str, Term]) -> list[Diagnostic]:
    """Return a note for each tag that differs from a more frequent one by very little: ``drone`` from ``drones``.

    Each tag is put under keys that it shares with its near-duplicates, and compared with the first one there, so that
    no two tags are compared which have nothing in common.
    """
    first: dict[str, Term] = {}
    found: list[Diagnostic] = []
    for term in sorted(tags.values(), key=lambda term: (-len(term.articles), term.slug)):
        keys = tuple(_keys(term.slug))
        rivals = {first[key].slug: first[key] for key in keys if key in first}
        other = next((rival for rival in rivals.values() if _alike(rival.slug, term.slug)), None)
        if other is not None:
            found.append(_note(term, other))
        for key in keys:
            first.setdefault(key, term)
    return found


def _keys(slug: str) -> Iterator[str]:
    """Yield the slug without hyphens and plurals, and, if it is long, with each of its letters left out.

    No digit is left out: the names of two models, or of two years, are two things.
    """
    key = _bare(slug)
    yield key
    if _LONG_KEY <= len(key) <= _LONGEST_KEY:
        yield from dict.fromkeys(key[:at] + key[at + 1 :] for at in range(len(key)) if key[at].isalpha())


def _alike(one: str, other: str) -> bool:
    """Tell whether two slugs that share a key differ by no more than a hyphen, a plural, or a letter of a long word."""
    if _bare(one) == _bare(other):
        return True
    words, others = one.split("-"), other.split("-")
    if len(words) != len(others):
        return True
    different = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return all(min(map(len, pair)) >= _LONG_WORD for pair in different if _singular(pair[0]) != _singular(pair[1]))


def _bare(slug: str) -> str:
    return "".join(map(_singular, slug.split("-")))


def _singular(word: str) -> str:
    """Return an English word without its plural ending, roughly: both spellings of a tag must meet, no more."""
    if len(word) <= _PLURAL_WORD or word.endswith("ss"):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def _note(term: Term, other: Term) -> Diagnostic:
    message = (
        f"the tags {term.label!r} ({len(term.articles)}) and {other.label!r} ({len(other.articles)}) are much alike"
    )
    return problem("tags-similar", message, path=term.articles[0], hint="use one spelling if they mean the same")
