"""The words of the theme: five whole catalogues, their plurals, and a publication's own."""

import re
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from babel import localedata
from babel.dates import format_date, format_time
from hypothesis import given
from hypothesis import strategies as st

from gazepress.theme import TEMPLATES
from gazepress.words import (
    BUILT_IN,
    UnknownWordError,
    catalogue,
    language_name,
    locale,
    long_time,
    missing_keys,
    number,
    speaker,
    wrong_words,
)

PACKAGE = TEMPLATES.parent.parent
PLACE = re.compile(r"\{([a-z]+)\}")


def texts(message):
    return [message] if isinstance(message, str) else list(message.values())


def say(language, key, count=None, own=None, **values):
    return speaker("en", own or {})(language).say(key, count, **values)


@cache
def forms_of(language):
    return {str(locale(language).plural_form(count)) for count in range(1000)} | {"other"}


LANGUAGES = st.sampled_from([*sorted(localedata.locale_identifiers()), "zz"]).map(lambda one: one.replace("_", "-"))
ZONES = st.sampled_from(["Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "UTC"]).map(ZoneInfo)


@given(st.lists(st.tuples(st.datetimes(), st.sampled_from([0, 1, 59])), max_size=4), LANGUAGES, ZONES)
def test_a_time_is_written_as_babel_writes_it_in_every_language_whatever_was_written_before(moments, language, zone):
    known = locale(language)
    pattern = str(known.datetime_formats["long"]).replace("'", "")
    for moment, seconds in moments:
        on_the_hour = moment.replace(minute=0, second=0, microsecond=0)
        for at in (moment, moment.replace(second=seconds), on_the_hour, on_the_hour.replace(second=seconds, fold=1)):
            local = at.replace(tzinfo=zone)
            clock = format_time(local.time(), "short", locale=known)
            day = format_date(local.date(), "long", locale=known)
            assert long_time(local, language) == f"{pattern.replace('{0}', clock).replace('{1}', day)} {local.tzname()}"


def test_a_language_with_a_word_for_midnight_has_it_for_the_second_alone():
    midnight = datetime(2026, 1, 31, tzinfo=ZoneInfo("Asia/Taipei"))
    assert long_time(midnight, "zh-TW") == "2026年1月31日 午夜12:00 CST"
    assert long_time(midnight + timedelta(seconds=1), "zh-TW") == "2026年1月31日 凌晨12:00 CST"


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("uk", "Українська"),
        ("fr", "Français"),
        ("de-AT", "Deutsch (Österreich)"),
        ("UK", "Українська"),
        ("zz", "zz"),
        ("zz-x-1", "zz-x-1"),
    ],
)
def test_a_language_is_called_as_it_calls_itself_and_an_unknown_one_by_its_tag(language, name):
    assert language_name(language) == name


def test_the_built_in_languages_are_five():
    assert BUILT_IN == ("de", "en", "fr", "pl", "uk")


@pytest.mark.parametrize("language", BUILT_IN)
def test_every_catalogue_says_everything_with_the_same_places(language):
    english, other = catalogue("en"), catalogue(language)
    assert list(other) == list(english)
    for key, message in other.items():
        for text in texts(message):
            assert text.strip() == text != ""
            assert set(PLACE.findall(text)) == set(PLACE.findall(texts(english[key])[0])), key


@pytest.mark.parametrize("language", BUILT_IN)
def test_what_is_counted_has_the_plural_forms_of_the_language(language):
    counted = {key: message for key, message in catalogue(language).items() if isinstance(message, dict)}
    assert set(counted) == {key for key, message in catalogue("en").items() if isinstance(message, dict)}
    for key, message in counted.items():
        assert set(message) == forms_of(language), key


def test_every_word_that_the_program_says_is_in_the_catalogue():
    templates = "".join(file.read_text() for file in TEMPLATES.rglob("*.html"))
    code = "".join(file.read_text() for file in (PACKAGE / "stages").rglob("*.py"))
    said = {*re.findall(r'"([a-z-]+)" \| word', templates), *re.findall(r'words\.say\("([a-z-]+)"', code)}
    assert len(said) > 40
    assert said <= set(catalogue("en"))


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 article"),
        ("en", 0, "0 articles"),
        ("en", 12345, "12,345 articles"),
        ("uk", 1, "1 стаття"),
        ("uk", 3, "3 статті"),
        ("uk", 11, "11 статей"),
        ("uk", 21, "21 стаття"),
        ("uk", 12345, "12\u00a0345 статей"),
        ("pl", 22, "22 artykuły"),
        ("pl", 21, "21 artykułów"),
        ("fr", 0, "0 article"),
        ("fr", 2, "2 articles"),
        ("de", 12345, "12.345 Artikel"),
        ("de-AT", 2, "2 Artikel"),
    ],
)
def test_a_number_chooses_the_form_and_is_written_as_the_language_does(language, count, said):
    assert say(language, "articles", count) == said


def test_numbers_are_grouped_by_the_language():
    assert [number(value, "en") for value in (7, 999, 1000)] == ["7", "999", "1,000"]


def test_a_place_takes_what_is_given_as_it_is():
    assert say("uk", "more-in", section="{section} & <b>") == "Більше в рубриці «{section} & <b>»"
    assert say("en", "numbered-title", title="Industry", number=1200) == "Industry, page 1,200"
    with pytest.raises(TypeError, match="'more-in' needs a value: section="):
        say("en", "more-in")


def test_an_unknown_key_is_an_error_that_knows_all_keys():
    with pytest.raises(UnknownWordError, match="there is no word 'sourcs'") as error:
        say("en", "sourcs")
    assert "sources" in error.value.known


def test_own_words_come_first_and_those_of_a_region_before_those_of_its_language():
    own = {"en": {"latest": "New", "sources": "Who says so"}, "en-GB": {"latest": "Just in"}}
    assert say("en-GB", "latest", own=own) == "Just in"
    assert say("en-US", "latest", own=own) == "New"
    assert say("en-GB", "sources", own=own) == "Who says so"
    assert say("en-GB", "related", own=own) == "Related"


def test_a_language_without_words_speaks_the_sites_and_one_with_some_of_them_is_helped_out_in_english():
    words = speaker(
        "uk", {"es": {"sources": "Fuentes", "articles": {"one": "{count} artículo", "other": "{count} artículos"}}}
    )
    assert words("it").say("sources") == "Джерела"
    assert words("es").say("sources") == "Fuentes"
    assert words("es").say("articles", 1) == "1 artículo"
    assert words("es").say("latest") == "Latest"
    assert speaker("it", {})("it").say("sources") == "Sources"


def test_missing_keys_are_those_that_nobody_says():
    own = {"es": dict.fromkeys(catalogue("en"), "x")}
    assert missing_keys("uk-UA", {}) == missing_keys("es", own) == ()
    del own["es"]["related"]
    assert missing_keys("es", own) == ("related",)
    assert missing_keys("it", own) == tuple(catalogue("en"))
    assert missing_keys("../../etc/passwd", own) == tuple(catalogue("en"))


@pytest.mark.parametrize(
    ("message", "where", "said"),
    [
        ("{section} {nam}", (), "unknown place {nam}"),
        ({"one": "a"}, (), "'other' is missing"),
        ({"other": "a", "several": "b"}, ("several",), "no plural form"),
        ({"other": "{x}"}, ("other",), "unknown place {x}"),
        (["a"], (), "must be a text"),
        ({"other": ["a"]}, ("other",), "must be a text"),
        (" ", (), "must be a text"),
    ],
)
def test_own_words_that_cannot_be_used_are_told_with_their_place(message, where, said):
    key = "next-in" if "{section}" in str(message) else "sources"
    wrong = list(wrong_words({"uk": {key: message}}))
    assert wrong
    assert not any(one.is_unknown for one in wrong)
    assert any(said in one.message and one.path == ("uk", key, *where) for one in wrong)


def test_an_unknown_key_among_own_words_is_told_with_the_nearest():
    (wrong,) = wrong_words({"en": {"sorces": "x", "latest": "New"}})
    assert wrong.is_unknown
    assert wrong.hint == "did you mean 'sources'?"
