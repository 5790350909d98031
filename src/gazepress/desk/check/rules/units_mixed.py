"""Measures of two systems, or one unit written in two ways, in one text."""

import re
from collections.abc import Iterator

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Passage, Text
from gazepress.diagnostics import Severity

_MEASURE = r"\d[\d.,]*(?:[ \u00a0\u202f-]?(?:million|thousand|млн|тис\.))?[ \u00a0\u202f-]?({unit})\b"
# Units that say the same: of one system against the other, or the sign against the word.
_PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        (r"km|kilomet(?:er|re)s?", r"(?<!nautical )miles?"),
        (r"m|met(?:er|re)s?", r"feet|foot|ft|yards?"),
        (r"kg|kilograms?|kilos?|tonnes?", r"lbs?|pounds? of"),
        (r"km/h|kph|kilomet(?:er|re)s (?:an|per) hour", r"mph|miles (?:an|per) hour"),
        (r"km(?!/)", r"kilomet(?:er|re)s?(?! (?:an|per) hour)"),
        (r"kg", r"kilograms?|kilos?"),
        (r"mm", r"millimet(?:er|re)s?"),
        (r"km/h|kph", r"kilomet(?:er|re)s (?:an|per) hour"),
        (r"met(?:er|)s?", r"metres?"),
        (r"kilometers?", r"kilometres?"),
    ),
    "uk": (
        (r"км(?!/)", r"кілометр\w*(?! на годину)"),
        (r"кг", r"кілограм\w*"),
        (r"мм", r"міліметр\w*"),
        (r"км/год", r"кілометр\w* (?:на|за) годину"),
        (r"км|кілометр\w*", r"(?<!морських )мил[яьі]\w*"),
    ),
}
_COMPILED = {
    language: tuple(tuple(re.compile(_MEASURE.replace("{unit}", unit)) for unit in pair) for pair in pairs)
    for language, pairs in _PAIRS.items()
}
# “60 miles (97 kilometers)” says it once, for two kinds of readers.
_CONVERTED = re.compile(r"\d[\d.,]*[ \u00a0\u202f-]?[^\W\d]+ \([^()]{0,40}\d[^()]{0,40}\)")


def _look(text: Text) -> Iterator[Hit]:
    for pair in _COMPILED.get(text.language, ()):
        first: re.Match[str] | None = None
        for passage, found in _met(text, pair):
            first = first or found
            if found.re is not first.re:
                message = f"units are mixed: “{first[0]}” and “{found[0]}”"
                hint = "keep to one of them, or give the other one in brackets behind it"
                yield Hit(message, passage.place(found.start()), hint)
                break


def _met(text: Text, units: tuple[re.Pattern[str], ...]) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in text.counted:
        told = _CONVERTED.sub(lambda both: " " * len(both[0]), passage.unquoted)
        found = (match for unit in units for match in unit.finditer(told))
        yield from ((passage, match) for match in sorted(found, key=re.Match.start))


RULE = TextRule(
    "units-mixed",
    Severity.NOTE,
    "A text measures in kilometers and in miles, or writes one unit as “km” and as “kilometers”. "
    "English and Ukrainian.",
    "Keep to one of them; a conversion stands in brackets: “60 miles (97 kilometers)”.",
    _look,
)
