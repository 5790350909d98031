"""Times, numbers and words as readers want them: the filters that templates have besides Jinja's own."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import msgspec
from jinja2 import Undefined, pass_context
from jinja2.filters import do_urlencode
from jinja2.runtime import Context
from markupsafe import Markup, escape

from gazepress.moments import parse_time
from gazepress.words import NO_WORDS, OwnWords, Words, locale, long_date, long_time, number, speaker

_MEMO = 65536
_PLAIN = frozenset((str, int))
_COUNTS = frozenset((int, type(None)))
_QUOTED = {code: quote(chr(code)) for code in range(128)}
_RFC_3339 = len("2026-01-31T12:00:00+00:00")


def make_filters(language: str, zone: tzinfo, own: OwnWords = NO_WORDS) -> dict[str, Callable[..., str]]:
    """Return the filters by name.

    ``date``, ``datetime``, ``month`` and ``iso`` take a time, or text in ISO 8601 as ``extra`` and ``deals`` hold it;
    ``number`` takes a whole number; ``word`` and ``word_forms`` take the key of a message, and ``own`` are the
    publication's. All but ``iso`` write in the language given, else in the page's, else in ``language``.
    """
    words = speaker(language, own)
    say = _sayer(words)

    @pass_context
    def date_filter(context: Context, moment: datetime | str, lang: str = "") -> str:
        return long_date(_local("date", moment, zone).date(), lang or _page_language(context, language))

    @pass_context
    def datetime_filter(context: Context, moment: datetime | str, lang: str = "") -> str:
        return long_time(_local("datetime", moment, zone), lang or _page_language(context, language))

    @pass_context
    def month_filter(context: Context, moment: datetime | str, lang: str = "") -> str:
        if isinstance(moment, str):
            if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", moment):
                return moment  # the archive has years beside its months
            moment += "-01"
        return _month(_local("month", moment, zone).date().replace(day=1), lang or _page_language(context, language))

    def iso_filter(moment: datetime | str) -> str:
        return _rfc_3339(_local("iso", moment, zone))

    @pass_context
    def number_filter(context: Context, value: int, lang: str = "") -> str:
        return number(value, lang or _page_language(context, language))

    @pass_context
    def word_filter(context: Context, key: str, count: int | None = None, lang: str = "", **values: str | int) -> str:
        return say(lang or _page_language(context, language), key, count, values)

    @pass_context
    def word_forms_filter(context: Context, key: str, lang: str = "") -> str:
        """Return the forms of a message as JSON, for a script that counts."""
        message = words(lang or _page_language(context, language)).message(key)
        return msgspec.json.encode(message.forms, order="deterministic").decode()

    return {
        "date": date_filter,
        "datetime": datetime_filter,
        "month": month_filter,
        "iso": iso_filter,
        "number": number_filter,
        "word": word_filter,
        "word_forms": word_forms_filter,
        "urlencode": _urlencode,
    }


def _sayer(words: Callable[[str], Words]) -> Callable[[str, str, int | None, dict[str, str | int]], str]:
    """Return the function that says a message in a language; once where its values are plain ones."""

    @lru_cache(maxsize=_MEMO)
    def plain(lang: str, key: str, count: int | None, **values: str | int) -> str:
        return words(lang).say(key, count, **values)

    def say(lang: str, key: str, count: int | None, values: dict[str, str | int]) -> str:
        # By their very types: True is no 1, and HTML is equal to the text that it would be.
        if type(count) in _COUNTS and (not values or _PLAIN.issuperset(map(type, values.values()))):
            return plain(lang, key, count, **values)
        return _say(words(lang), key, count, values)

    return say


def _say(words: Words, key: str, count: int | None, values: dict[str, str | int]) -> str:
    """Return a message; it is HTML if one of the values is, and all else in it is escaped."""
    if not values or not any(isinstance(value, Markup) for value in values.values()):  # most have none
        return words.say(key, count, **values)
    safe = {name: value if isinstance(value, int) else escape(value) for name, value in values.items()}
    text = escape(words.message(key).form(count))
    return Markup(words.fill(key, text, safe if count is None else {"count": count, **safe}))  # noqa: S704 - escaped


def _urlencode(value: Any) -> str:  # noqa: ANN401 - what Jinja's own filter takes
    """Return what Jinja's own filter makes of a value; that one looks at a text character by character."""
    return value.translate(_QUOTED) if type(value) is str and value.isascii() else do_urlencode(value)


def _rfc_3339(local: datetime) -> str:
    written = local.isoformat(timespec="seconds")
    if len(written) == _RFC_3339:
        return written
    # Local mean time, before there were timezones, has seconds in its offset; RFC 3339 knows only minutes.
    return local.astimezone(UTC).isoformat(timespec="seconds")


def _local(name: str, moment: datetime | str, zone: tzinfo) -> datetime:
    if isinstance(moment, str):
        moment = parse_time(moment, zone)
    elif not isinstance(moment, datetime | Undefined):  # the latter tells of the wrong name when it is used
        raise TypeError(f"`{name}` needs a time, not {moment!r}")
    return moment if moment.tzinfo is zone else moment.astimezone(zone)


def _page_language(context: Context, otherwise: str) -> str:
    """Return the language of the page. A macro imported without its context sees no page."""
    head = context.parent.get("head")
    return head.lang if head is not None else otherwise


@lru_cache(maxsize=_MEMO)
def _month(day: date, language: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", day, locale=locale(language)))
