"""Numbers that one text writes in two ways."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Passage, Text
from gazepress.diagnostics import Severity

_Ways = tuple[re.Pattern[str], ...]


def _ways(*forms: str) -> _Ways:
    """Return the ways in which the same can be written."""
    return tuple(map(re.compile, forms))


_GAP = r"[ \u00a0\u2009\u202f]"
_NUMBER = r"(?<![\w.,])\d[\d.,]*"
_UNIT = (
    rf"(?={_GAP}?(?:%|percent|per cent|million|billion|km\b|kg\b|meter|kilomet|"
    r"м\b|км\b|кг\b|млн|млрд|мільй|мільярд|відсот))"
)
_THOUSANDS = _ways(
    r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,]|\.\d)",
    rf"(?<![\w.,])(?<!\d{_GAP})\d{{1,3}}(?:{_GAP}\d{{3}})+(?![\w-]|[.,]\d|{_GAP}\d)",
    r"(?<![\w.,])\d{1,3}(?:\.\d{3}){2,}(?![\w-]|[.,]\d)",
)
_DECIMALS = _ways(rf"(?<![\w.,])\d+\.\d{{1,2}}{_UNIT}", rf"(?<![\w.,])\d+,\d{{1,2}}{_UNIT}")
_IN_LANGUAGE: dict[str, tuple[_Ways, ...]] = {
    "en": (
        _ways(rf"{_NUMBER}%", rf"{_NUMBER}{_GAP}(?:percent|per cent)\b"),
        _ways(rf"{_NUMBER}{_GAP}million\b", rf"{_NUMBER}{_GAP}?(?:mn|mln)\b"),
        _ways(rf"{_NUMBER}{_GAP}billion\b", rf"{_NUMBER}{_GAP}?(?:bn|bln)\b"),
    ),
    "uk": (
        _ways(rf"{_NUMBER}{_GAP}?%", rf"{_NUMBER}{_GAP}відсот(?:ок|ки|ків|ка)\b"),
        _ways(rf"{_NUMBER}{_GAP}мільйон\w*", rf"{_NUMBER}{_GAP}млн\b"),
        _ways(rf"{_NUMBER}{_GAP}мільярд\w*", rf"{_NUMBER}{_GAP}млрд\b"),
        _ways(rf"{_NUMBER}{_GAP}тисяч\w*", rf"{_NUMBER}{_GAP}тис\."),
    ),
}


def _look(text: Text) -> Iterator[Hit]:
    for ways in (_THOUSANDS, _DECIMALS, *_IN_LANGUAGE.get(text.language, ())):
        first: re.Match[str] | None = None
        for passage, found in _met(text, ways):
            first = first or found
            if found.re is not first.re:
                message = f"numbers are written in two ways: “{first[0]}” and “{found[0]}”"
                yield Hit(message, passage.place(found.start()), "keep to one of them; quotations may stay as they are")
                break


def _met(text: Text, ways: _Ways) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield what is written in one of the ways, in its order."""
    for passage in text.counted:
        found = (match for way in ways for match in way.finditer(passage.unquoted))
        yield from ((passage, match) for match in sorted(found, key=re.Match.start))


RULE = TextRule(
    "numbers-mixed",
    Severity.NOTE,
    "A text writes numbers in two ways: “12,000” and “12 000”, “3.5 million” and “3,5 million”; in English and "
    "Ukrainian also “%” and “percent”, “billion” and “bn”.",
    "Keep to one of them.",
    _look,
)
