"""Times as readers and browsers want them: the filters that templates have besides Jinja's own."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import Undefined, pass_context
from jinja2.runtime import Context

from gazepress.moments import parse_time

if TYPE_CHECKING:
    from babel import Locale

_MEMO = 65536


def make_filters(language: str, zone: tzinfo) -> dict[str, Callable[..., str]]:
    """Return the filters by name. Each takes a time, or text in ISO 8601 as ``extra`` and ``deals`` hold it.

    ``date``, ``datetime`` and ``month`` write in the language given, else in the page's, else in ``language``.
    """

    @pass_context
    def date_filter(context: Context, moment: datetime | str, lang: str = "") -> str:
        return _long_date(_local("date", moment, zone).date(), lang or _page_language(context, language))

    @pass_context
    def datetime_filter(context: Context, moment: datetime | str, lang: str = "") -> str:
        local = _local("datetime", moment, zone)
        lang = lang or _page_language(context, language)
        return _long_time(local.date(), local.time(), local.tzname() or "", lang)

    @pass_context
    def month_filter(context: Context, moment: datetime | str, lang: str = "") -> str:
        if isinstance(moment, str):
            if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", moment):
                return moment  # the archive has years beside its months
            moment += "-01"
        return _month(_local("month", moment, zone).date().replace(day=1), lang or _page_language(context, language))

    def iso_filter(moment: datetime | str) -> str:
        local = _local("iso", moment, zone)
        offset = local.utcoffset()
        # Local mean time, before there were timezones, has seconds in its offset; RFC 3339 knows only minutes.
        exact = local.astimezone(UTC) if offset is not None and offset.seconds % 60 else local
        return exact.isoformat(timespec="seconds")

    return {"date": date_filter, "datetime": datetime_filter, "month": month_filter, "iso": iso_filter}


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
def _long_date(day: date, language: str) -> str:
    from babel.dates import format_date

    return str(format_date(day, "long", _locale(language)))


@lru_cache(maxsize=_MEMO)
def _month(day: date, language: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", day, locale=_locale(language)))


@lru_cache(maxsize=_MEMO)
def _long_time(day: date, clock: time, zone: str, language: str) -> str:
    """Return date, time and the name of the timezone; clocks that differ in their zone are different moments."""
    from babel.dates import format_time

    locale = _locale(language)
    written = str(format_time(clock, "short", locale=locale))
    pattern = str(locale.datetime_formats["long"]).replace("'", "")
    return f"{pattern.replace('{0}', written).replace('{1}', _long_date(day, language))} {zone}".rstrip()


@lru_cache(maxsize=256)
def _locale(language: str) -> "Locale":
    """Return the locale of a BCP 47 tag; where it is unknown that of its base language, then English."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
