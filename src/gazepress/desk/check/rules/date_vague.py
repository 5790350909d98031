"""Date words that mean another day to each reader, while the text knows its own date."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from gazepress.desk.check.rule import Hit, TextRule
from gazepress.desk.check.text import Text
from gazepress.diagnostics import Severity
from gazepress.matter import FrontMatter, Kind
from gazepress.stages.parse.sentences import sentences

_NO_DATE_BEHIND = r"(?!,?\ \(?(?:the\ )?(?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
# Groups are named after how many days the day is away, or after the day of the week.
_WORDS = {
    "en": re.compile(
        rf"""\b(?: (?<!of\ )(?P<yesterday>yesterday)
        | (?<!of\ )(?P<tomorrow>tomorrow)(?!['’]s)
        | (?:said|announced|signed|approved|confirmed|unveiled|opened|began|published)\ (?P<today>today)
        | (?P<today_first>today)\ (?:said|announced|signed|approved|confirmed|unveiled|opened|began|published)
        | (?P<last>last\ )?(?:on\ |this\ (?:coming\ )?|(?P<next>next\ ))?(?<=on\ |is\ |st\ |xt\ |ng\ )
          (?: (?P<d0>Monday)|(?P<d1>Tuesday)|(?P<d2>Wednesday)|(?P<d3>Thursday)|(?P<d4>Friday)|(?P<d5>Saturday)
            | (?P<d6>Sunday) )
          (?:\ (?:morning|afternoon|evening|night))? {_NO_DATE_BEHIND} )\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "uk": re.compile(
        r"""\b(?: (?P<yesterday>вчора|учора) | (?P<before_yesterday>позавчора) | (?P<tomorrow>завтра)
        | (?P<today_first>сьогодні)\ (?:оголоси|повідоми|підписа|затверди|відкри|підтверди|презентува|ухвали)\w+
        | (?:оголоси|повідоми|підписа|затверди|відкри|підтверди|презентува|ухвали)\w+\ (?P<today>сьогодні)
        | (?: (?:у|в)\  | (?P<last>минул(?:ого|ої)\ ) | (?P<next>наступн(?:ого|ої)\ ) )
          (?: (?P<d0>понеділ(?:ок|ка)) | (?P<d1>вівтор(?:ок|ка)) | (?P<d2>серед[уи]) | (?P<d3>четвер(?:га)?)
            | (?P<d4>п['’ʼ]ятниц[юі]) | (?P<d5>субот[уи]) | (?P<d6>неділ[юі]) )
          (?!,?\ \(?\d) )\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
}
# One of these is in every paragraph that holds such a word.
_SIGNS = {
    "en": ("day", "tomorrow", "DAY", "TOMORROW"),
    "uk": tuple("чора автра ьогодні онеділ івтор еред етвер ятниц убот еділ".split()),
}
# “It could run tomorrow”, “on a Friday … on Sunday”: no day that a calendar knows.
_ANY_DAY = {
    "en": re.compile(r"\b(?:could|would|might|again tomorrow|as if|on an? \w+day)\b", re.IGNORECASE),
    "uk": re.compile(r"\b(?:би?|якби|наче)\b", re.IGNORECASE),
}
_AWAY = {"yesterday": -1, "before_yesterday": -2, "tomorrow": 1, "today": 0, "today_first": 0}
_WEEK = 7
_SPOKEN = (Kind.LIVE, Kind.INTERVIEW)


def _look(text: Text) -> Iterator[Hit]:
    matter, words = text.document.matter, _WORDS.get(text.language)
    if words is None or not isinstance(matter, FrontMatter) or matter.kind in _SPOKEN:
        return
    for passage in text.told:
        if not any(sign in passage.text for sign in _SIGNS[text.language]):
            continue
        for start, end in sentences(passage.unquoted):
            if _ANY_DAY[text.language].search(passage.unquoted, start, end):
                continue
            for found in words.finditer(passage.unquoted, start, end):
                days = " or ".join(_in_words(day, text.language) for day in _days(found, matter.date.date()))
                group = "today" if found["today"] else 0  # without the verb before it
                message = f"“{found[group]}” is another day to whoever reads it later"
                yield Hit(message, passage.place(found.start(group)), f"write the date: {days}")


def _days(found: re.Match[str], today: date) -> list[date]:
    """Return which days the words can mean on the day of the text."""
    groups = {name: part for name, part in found.groupdict().items() if part}
    for name, away in _AWAY.items():
        if name in groups:
            return [today + timedelta(away)]
    weekday = next(int(name[1]) for name in groups if name[0] == "d")
    behind = today - timedelta((today.weekday() - weekday) % _WEEK)
    ahead = behind + timedelta(_WEEK)
    if "last" in groups:
        return [behind if behind < today else behind - timedelta(_WEEK)]
    return [ahead] if "next" in groups else [behind, ahead]


def _in_words(day: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=language)


RULE = TextRule(
    "date-vague",
    Severity.NOTE,
    "A date word such as “yesterday” or “on Monday” means another day to whoever reads the text later. "
    "Quotations, interviews and live reports may have them. English and Ukrainian.",
    "Write the date; the hint has it.",
    _look,
)
