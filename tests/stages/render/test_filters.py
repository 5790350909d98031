"""Times, numbers and words as readers and browsers want them."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from gazepress.stages.render.filters import make_filters

KYIV = ZoneInfo("Europe/Kyiv")


class Head(Struct):
    lang: str


def write(expression, *, lang="en", **values):
    environment = Environment(autoescape=True)
    environment.filters.update(make_filters("en", KYIV))
    return plain(environment.from_string(f"{{{{ {expression} }}}}").render(head=Head(lang), **values))


def plain(text):
    """Return text with plain spaces, and without what editions of the Unicode locale data put before a time."""
    return re.sub(r",? (at|о) (?=\d)|, (?=\d+:)", " ", re.sub(r"\s", " ", text))


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "October 27, 2025"),
        ("en-GB", "27 October 2025"),
        ("uk", "27 жовтня 2025 р."),
        ("fr", "27 octobre 2025"),
        ("de-XX", "27. Oktober 2025"),  # its base language
        ("tlh", "October 27, 2025"),  # nobody has dates in it
        ("not a language", "October 27, 2025"),
    ],
)
def test_a_date_is_written_in_full_in_the_language_of_the_page(lang, written):
    moment = datetime(2025, 10, 27, 12, 30, tzinfo=KYIV)
    assert write("moment | date", lang=lang, moment=moment) == written
    assert write(f"moment | date({lang!r})", lang="pl", moment=moment) == written


def test_without_a_page_the_language_is_the_sites():
    environment = Environment(autoescape=True)
    environment.filters.update(make_filters("uk", KYIV))
    moment = datetime(2025, 10, 27, tzinfo=KYIV)
    assert plain(environment.from_string("{{ moment | month }}").render(moment=moment)) == "жовтень 2025 р."


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2025, 10, 27, 12, 30, tzinfo=KYIV), "27 жовтня 2025 р. 12:30 EET"),
        (datetime(2025, 7, 1, 0, 5, tzinfo=KYIV), "1 липня 2025 р. 00:05 EEST"),
        (datetime(2025, 7, 1, 22, 5, tzinfo=UTC), "2 липня 2025 р. 01:05 EEST"),
    ],
)
def test_a_time_names_its_zone_since_readers_live_in_others(moment, written):
    assert write("moment | datetime", lang="uk", moment=moment) == written


def test_the_hour_that_a_clock_shows_twice_is_two_moments():
    hours = [datetime(2025, 10, 26, 3, 30, tzinfo=KYIV, fold=fold) for fold in (0, 1)]
    assert [write("moment | datetime", lang="uk", moment=hour)[-4:] for hour in hours] == ["EEST", " EET"]
    assert [write("moment | iso", moment=hour) for hour in hours] == [
        "2025-10-26T03:30:00+03:00",
        "2025-10-26T03:30:00+02:00",
    ]


def test_an_offset_with_seconds_is_written_as_utc_for_browsers():
    assert write("moment | iso", moment=datetime(1900, 1, 1, tzinfo=KYIV)) == "1899-12-31T21:57:56+00:00"


@pytest.mark.parametrize(
    ("text", "written"),
    [("2026-03", "March 2026"), ("2026", "2026"), ("2026-13", "2026-13"), ("Others", "Others")],
)
def test_months_of_the_archive_are_written_out_and_its_years_stay(text, written):
    assert write("text | month", text=text) == written


@pytest.mark.parametrize("text", ["2025-10-27", "2025-10-27 12:30", "2025-10-26T23:30:00Z"])
def test_text_in_iso_8601_is_a_time_of_the_site(text):
    assert write("text | date", text=text) == "October 27, 2025"


@pytest.mark.parametrize(("value", "said"), [(None, "None"), (5, "5"), (["x"], "x")])
def test_what_is_no_time_is_told_so(value, said):
    for name in ("date", "datetime", "iso"):
        with pytest.raises(TypeError, match=f"`{name}` needs a time, not .*{said}"):
            write(f"value | {name}", value=value)


def test_a_word_is_in_the_language_of_the_page_or_in_the_one_asked_for():
    assert write("'sources' | word", lang="de") == "Quellen"
    assert write("'sources' | word(lang='pl')", lang="de") == "Źródła"
    assert write("'articles' | word(12345)", lang="fr") == "12 345 articles"


def test_without_a_page_a_word_is_in_the_sites_language():
    environment = Environment(autoescape=True)
    environment.filters.update(make_filters("uk", KYIV, {"uk": {"sources": "Хто це сказав"}}))
    assert environment.from_string("{{ 'sources' | word }}").render() == "Хто це сказав"


def test_only_what_is_html_already_is_not_escaped():
    time, name = Markup("<time>now</time>"), "<b> & {time}"
    assert write("'updated-at' | word(time=time)", time=time) == "Updated <time>now</time>"
    assert write("'next-in' | word(section=name)", name=name) == "Later in &lt;b&gt; &amp; {time}"
    assert write("'numbered-title' | word(title=name, number=time)", name=name, time=time) == (
        "&lt;b&gt; &amp; {time}, page <time>now</time>"
    )


def test_a_word_is_said_of_what_it_is_given_and_not_of_what_is_equal_to_it():
    environment = Environment(autoescape=True)
    environment.filters.update(make_filters("en", KYIV))
    template = environment.from_string("{{ 'next-in' | word(section=one) }}, {{ 'reports' | word(count) }}")
    pairs = [("<b>", 1), (Markup("<b>"), True), ("<b>", 1), ("1", 2), (1, 1), (True, 1)]
    assert [template.render(one=one, count=count) for one, count in pairs] == [
        "Later in &lt;b&gt;, 1 report",
        "Later in <b>, True report",
        "Later in &lt;b&gt;, 1 report",
        "Later in 1, 2 reports",
        "Later in 1, 1 report",
        "Later in True, 1 report",
    ]


def test_a_script_gets_all_forms_of_a_word():
    assert (
        write("'search-results' | word_forms | safe", lang="de")
        == '{"one":"{count} Treffer","other":"{count} Treffer"}'
    )


def test_numbers_are_written_as_the_language_does():
    assert write("count | number", count=12345) == "12,345"
    assert write("count | number('de')", count=12345) == "12.345"
