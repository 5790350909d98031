"""Acronyms that are used before the text says what they stand for."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Passage, Text
from gazepress.diagnostics import Severity
from gazepress.matter import FrontMatter

# Numbers and hyphens make names of products of them: F-16, IRIS-T, GB-0052.
_ACRONYM = re.compile(r"(?<![\w&/.+-])([A-Z]{2,6}|[А-ЯЄІЇҐ]{2,6})s?(?![\w&/+]|[-‑–]\w|\.\w|\s\d)")
_CAPITALS = re.compile(r"[A-ZА-ЯЄІЇҐ]{2}")
_ROMAN = re.compile(r"[IVXLCDM]+")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset("a an and at by de du for in of on the to у в з і й та на по до для про".split())
# What every reader of the language knows.
_KNOWN = {
    "en": frozenset(
        "AI CEO CFO CNN BBC DNA EU EUR FBI CIA GDP GPS HQ ID IT NATO OK PDF PR QR RSS SMS TV UAE UK UN UNESCO UNICEF "
        "US USA USB USD UAH USSR VAT AM PM WWW HTTP URL FAQ PIN LED NASA AP AFP".split()
    ),
    "uk": frozenset(
        "США ЄС НАТО ООН ЗСУ СБУ ГУР МВС МЗС ЗМІ СРСР РФ ВВП ПДВ ОАЕ ЮНЕСКО ЮНІСЕФ ТЕС АЕС ГЕС УНР ЄБРР МВФ ТОВ ПАТ "
        "АТ ДП КМУ ВР ОК ШІ GPS NATO EU USB PDF QR AI IT".split()
    ),
}


def _look(text: Text) -> Iterator[Hit]:
    known = _KNOWN.get(text.language)
    if known is None:
        return
    named = _named(text)
    met: set[str] = set()
    before: list[str] = []
    for passage in text.told:
        if _CAPITALS.search(passage.text) and not passage.text.isupper():
            for found in _ACRONYM.finditer(passage.unquoted):
                acronym = found[1]
                if acronym in met or acronym in known or acronym in named or _ROMAN.fullmatch(acronym):
                    continue
                met.add(acronym)
                if not passage.is_set_off(found.start()) and not _is_explained(passage, found, before):
                    yield _hit(text, passage, found)
        before.append(passage.text)


def _named(text: Text) -> set[str]:
    """Return the words of what the front matter names: of these the reader may ask the article's page."""
    matter = text.document.matter
    if not isinstance(matter, FrontMatter):
        return set()
    names = (*matter.organizations, *matter.systems, *matter.people, *(one.name for one in matter.sources))
    return {word for name in names for word in _WORD.findall(name)}


def _is_explained(passage: Passage, found: re.Match[str], before: list[str]) -> bool:
    """Tell whether the words stand before it, or right behind it: “light utility vehicle (LUV)”, “LUV (light …)”."""
    start, end = found.span()
    around = passage.text[max(0, start - 1)], passage.text[end : end + 2]
    if around[0] == "(" or around[1] == " (":
        return True
    return any(_spells(found[1], one) for one in (*before, passage.text[:start]))


def _spells(acronym: str, text: str) -> bool:
    """Tell whether words that follow each other begin with the letters of an acronym; small words may be in between."""
    initials = "".join(word[0] for word in _WORD.findall(text) if word.casefold() not in _SMALL)
    every = "".join(word[0] for word in _WORD.findall(text))
    return acronym.casefold() in initials.casefold() or acronym.casefold() in every.casefold()


def _hit(text: Text, passage: Passage, found: re.Match[str]) -> Hit:
    acronym = found[1]
    later = any(f"({acronym})" in one.text for one in text.passages)
    message = f"{acronym} is used before the text says what it stands for" if later else f"{acronym} is not explained"
    hint = "write it out where it comes first, with the acronym in brackets"
    return Hit(message, passage.place(found.start()), hint)


RULE = TextRule(
    "acronym-unexplained",
    Severity.NOTE,
    "An acronym comes before the words that it stands for, or without them. Those that everybody knows, and names in "
    "`organizations`, `systems` and `sources`, need none. English and Ukrainian.",
    "Write it out where it comes first: “light utility vehicle (LUV)”.",
    _look,
)
