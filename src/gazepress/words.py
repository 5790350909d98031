"""How does the theme say it in this language? The words of the interface, their plurals, and numbers in them.

The built-in catalogues are ``theme/words/LANGUAGE.yaml``; what a publication writes below ``words:`` comes before
them. A message is a text with places to fill, ``{name}``; or, where a number chooses, such texts by the plural forms
of the language (Unicode CLDR: ``one``, ``few``, ``many``, ``other`` …).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml
from msgspec import Struct

from gazepress import theme

if TYPE_CHECKING:
    from babel import Locale

OwnWords = Mapping[str, Mapping[str, Any]]
"""A publication's own words: language → key → a text, or texts by plural form."""

NO_WORDS: OwnWords = MappingProxyType({})
ENGLISH = "en"
BUILT_IN = tuple(sorted(file.stem for file in theme.WORDS.glob("*.yaml")))
"""The languages that have a catalogue."""

_FORMS = ("zero", "one", "two", "few", "many", "other")
_PLACE = re.compile(r"\{([a-z]+)\}")
_REMEMBERED = 65_536


class UnknownWordError(LookupError):
    """Words were asked for by a key that no catalogue has; ``known`` are all keys."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no word {key!r}")
        self.key = key
        self.known = known


class Message(Struct, frozen=True):
    """What is said, by plural form, and the language that it is said in; one that no number chooses has one form."""

    language: str
    forms: Mapping[str, str]

    def form(self, count: int | None) -> str:
        """Return the text that stands with a number; without a number that of many."""
        if count is None or len(self.forms) == 1:
            return self.forms["other"]
        return self.forms.get(_plural_form(self.language, count)) or self.forms["other"]


class Words(Struct, frozen=True):
    """All that the theme says in one language."""

    language: str
    messages: Mapping[str, Message]

    def say(self, key: str, count: int | None = None, **values: str | int) -> str:
        """Return a message with its places filled; whole numbers are written as the language does.

        ``count`` chooses the plural form, and fills ``{count}``. Raises UnknownWordError for an unknown key, TypeError
        when a place has no value.
        """
        return self.fill(key, self.message(key).form(count), values if count is None else {"count": count, **values})

    def message(self, key: str) -> Message:
        """Return a message by its key. Raises UnknownWordError."""
        try:
            return self.messages[key]
        except KeyError:
            raise UnknownWordError(key, tuple(self.messages)) from None

    def fill(self, key: str, text: str, values: Mapping[str, str | int]) -> str:
        """Return ``text`` of the message ``key`` with its places filled. Raises TypeError when one has no value."""
        if "{" not in text:
            return text

        def value(place: re.Match[str]) -> str:
            if place[1] not in values:
                raise TypeError(f"the word {key!r} needs a value: {place[1]}=…")
            given = values[place[1]]
            return number(given, self.language) if isinstance(given, int) else given

        return _PLACE.sub(value, text)


def speaker(language: str, own: OwnWords) -> Callable[[str], Words]:
    """Return the function that gives the words for a page's language: of a site in ``language``, with its own words.

    A language that nobody has words for gets those of the site, and English at last.
    """

    @cache
    def words(page: str) -> Words:
        for tag in (page, language):
            messages = _messages(tag, own)
            if messages:
                return Words(tag, _messages(ENGLISH, own) | messages)
        return Words(ENGLISH, _messages(ENGLISH, own))

    return words


def missing_keys(language: str, own: OwnWords) -> tuple[str, ...]:
    """Return the keys of all messages that nobody has said in a language."""
    said = _messages(language, own)
    return tuple(key for key in catalogue(ENGLISH) if key not in said)


@cache
def catalogue(language: str) -> Mapping[str, str | dict[str, str]]:
    """Return the built-in catalogue of a language; it is empty if there is none."""
    if language not in BUILT_IN:
        return {}
    text = (theme.WORDS / f"{language}.yaml").read_text("utf-8")
    messages: dict[str, str | dict[str, str]] = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes texts only
    return messages


class WrongWord(Struct, frozen=True):
    """Own words that cannot be used as they are. An unknown key does no harm; all else is an error."""

    path: tuple[str, ...]  # language, key, and plural form
    message: str
    hint: str
    is_unknown: bool = False


def wrong_words(own: OwnWords) -> Iterator[WrongWord]:
    """Yield what is wrong with a publication's own words."""
    known = catalogue(ENGLISH) if own else {}
    for language, messages in own.items():
        for key, message in messages.items():
            if key not in known:
                near = get_close_matches(key, known, n=1, cutoff=0.6)
                hint = f"did you mean {near[0]!r}?" if near else "docs/languages.md tells where all keys are"
                yield WrongWord((language, key), f"the theme has no word {key!r}", hint, is_unknown=True)
            else:
                yield from _wrong_message((language, key), message, known[key])


def number(value: int, language: str) -> str:
    """Return a whole number as a language writes it: ``10,000``, ``10 000``."""
    return str(value) if 0 <= value < 1000 else _large_number(value, language)  # noqa: PLR2004 - no group of digits


@lru_cache(maxsize=_REMEMBERED)
def long_date(day: date, language: str) -> str:
    """Return a day as a text of that language writes it out."""
    from babel.dates import format_date

    return str(format_date(day, "long", locale(language)))


def long_time(local: datetime, language: str) -> str:
    """Return a moment as its own clock shows it: date, time and the name of the timezone."""
    around, is_to_the_minute = _time_pattern(language)
    clock = time(local.hour, local.minute) if is_to_the_minute else local.time()
    written = around.replace("{0}", _short_time(clock, language)).replace("{1}", long_date(local.date(), language))
    return f"{written} {local.tzname() or ''}".rstrip()


@lru_cache(maxsize=256)
def language_name(language: str) -> str:
    """Return what a language calls itself, as it stands alone: ``Українська``; the tag where that is not known."""
    known = locale(language)
    if known.language.lower() != _base(language).lower():
        return language
    name = str(known.get_display_name(known) or language)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=256)
def locale(language: str) -> "Locale":
    """Return Babel's locale of a BCP 47 tag; where it is unknown that of its base language, then English."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, _base(language)):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(ENGLISH)


def _messages(language: str, own: OwnWords) -> dict[str, Message]:
    """Return what is said in a language: by the publication for its tag, for its base language, or by the theme."""
    base = _base(language)
    said = {**catalogue(base), **own.get(base, {}), **own.get(language, {})}
    known = catalogue(ENGLISH)
    return {
        key: Message(language, {"other": message} if isinstance(message, str) else message)
        for key, message in said.items()
        if key in known
    }


def _wrong_message(path: tuple[str, ...], message: Any, english: str | dict[str, str]) -> Iterator[WrongWord]:  # noqa: ANN401 - whatever was written
    forms = message if isinstance(message, dict) else {"other": message}
    places = sorted(_places(english if isinstance(english, str) else english["other"]))
    unknown = [form for form in forms if form not in _FORMS]
    if unknown:
        yield WrongWord((*path, unknown[0]), f"{unknown[0]!r} is no plural form", f"forms: {', '.join(_FORMS)}")
    elif "other" not in forms:
        yield WrongWord(path, "the plural form 'other' is missing", "it stands for all numbers that no other form fits")
    for form, text in forms.items():
        where = (*path, form) if isinstance(message, dict) else path
        if not isinstance(text, str) or not text.strip():
            yield WrongWord(where, f"the word {path[1]!r} must be a text", "write it, or remove the line")
        elif foreign := sorted(_places(text) - set(places)):
            hint = f"places: {' '.join(f'{{{place}}}' for place in places)}" if places else "this word has no places"
            yield WrongWord(where, f"the word {path[1]!r} has an unknown place {{{foreign[0]}}}", hint)


def _places(text: str) -> set[str]:
    return set(_PLACE.findall(text))


def _base(language: str) -> str:
    return language.partition("-")[0]


@lru_cache(maxsize=_REMEMBERED)
def _plural_form(language: str, count: int) -> str:
    return str(locale(language).plural_form(count))


@lru_cache(maxsize=_REMEMBERED)
def _large_number(value: int, language: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=locale(language)))


@lru_cache(maxsize=256)
def _time_pattern(language: str) -> tuple[str, bool]:
    """Return what a time ``{0}`` and a date ``{1}`` stand in, and whether all seconds of a minute show one time."""
    known = locale(language)
    fields = re.sub("'[^']*'", "", known.time_formats["short"].pattern)
    is_to_the_minute = not re.search("[a-zA-Z]", re.sub("[aHhKkm]", "", fields))
    return str(known.datetime_formats["long"]).replace("'", ""), is_to_the_minute


@lru_cache(maxsize=_REMEMBERED)
def _short_time(clock: time, language: str) -> str:
    from babel.dates import format_time

    return str(format_time(clock, "short", locale=locale(language)))
