"""Dates and times as editors write them, and what is none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazepress.moments import parse_time

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2025-10-20", "2025-10-20T00:00:00+03:00"),
        ("2025-10-20 14:30", "2025-10-20T14:30:00+03:00"),
        ("2025-12-20T14:30", "2025-12-20T14:30:00+02:00"),
        ("2025-10-20 14:30:15", "2025-10-20T14:30:15+03:00"),
        ("2025-10-20T14:30:15.5", "2025-10-20T14:30:15.500000+03:00"),
        ("2025-10-20T14:30Z", "2025-10-20T14:30:00+00:00"),
        ("2025-10-20 14:30 Z", "2025-10-20T14:30:00+00:00"),
        ("2025-10-20 14:30 +05:45", "2025-10-20T14:30:00+05:45"),
        ("2025-10-20T14:30-0300", "2025-10-20T14:30:00-03:00"),
        ("2025-10-20T14:30+02", "2025-10-20T14:30:00+02:00"),
        ("2025-10-20T14:30-00:00", "2025-10-20T14:30:00+00:00"),
        ("2024-02-29", "2024-02-29T00:00:00+02:00"),
        ("9998-12-31T23:59-14:00", "9998-12-31T23:59:00-14:00"),
        (" 2025-10-20\n", "2025-10-20T00:00:00+03:00"),
    ],
)
def test_times(text, iso):
    assert parse_time(text, KYIV).isoformat() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "20 October 2025",
        "20.10.2025",
        "2025-10",
        "2025-1-2",
        "20251020",
        "2025-W43-1",
        "2025-13-01",
        "2025-02-29",
        "2025-10-20 9:30",
        "2025-10-20 24:00",
        "2025-10-20 14:60",
        "2025-10-20 14:30:60",
        "2025-10-20 14:30:15.1234567",
        "2025-10-20 14:30 PM",
        "2025-10-20 14:30+25:00",
        "2025-10-20 14:30+05:60",
        "2025-10-20 14:30+15:00",
        "2025-10-20 14:30 Europe/Kyiv",
        "2025-10-20+03:00",
        "0000-01-01",
        "0001-01-01",
        "0225-10-20",
        "9999-12-31",
        "-2025-10-20",
        "٢٠٢٥-١٠-٢٠",
        "2025-10-20\u00a014:30",
        "2" * 100_000,
    ],
)
def test_what_is_no_time(text):
    with pytest.raises(ValueError, match=r"not a date or time|out of range|must be in"):
        parse_time(text, KYIV)


def test_an_hour_that_the_clocks_skip_is_an_error():
    with pytest.raises(ValueError, match="this hour does not exist in Europe/Kyiv, its clocks go forward then"):
        parse_time("2025-03-30 03:30", KYIV)
    assert parse_time("2025-03-30 02:59", KYIV).utcoffset() == timedelta(hours=2)
    assert parse_time("2025-03-30 04:00", KYIV).utcoffset() == timedelta(hours=3)
    assert parse_time("2025-03-30 03:30+02:00", KYIV).astimezone(KYIV).hour == 4


def test_an_hour_that_comes_twice_is_the_first_of_the_two():
    moment = parse_time("2025-10-26 03:30", KYIV)
    assert moment.astimezone(UTC) == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)


def test_a_date_alone_exists_even_where_the_clocks_skip_midnight():
    moment = parse_time("2025-04-25", ZoneInfo("Africa/Cairo"))
    assert moment.isoformat() == "2025-04-25T01:00:00+03:00"


@given(
    st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Asia/Tokyo")])).filter(lambda one: 1970 < one.year < 9999)
)
def test_a_time_is_what_was_written(moment):
    written = moment.replace(tzinfo=None).isoformat(" ")
    assert parse_time(written, moment.tzinfo) == moment
    assert parse_time(moment.isoformat(), KYIV) == moment


@given(
    st.from_regex(r"[12]\d\d\d-[01]\d-[0-3]\d([T ][0-2]\d:[0-6]\d(:[0-6]\d)?( ?[+-]\d\d:?\d\d|Z)?)?", fullmatch=True)
)
def test_what_looks_like_a_time_is_one_or_a_value_error(text):
    try:
        moment = parse_time(text, KYIV)
    except ValueError:
        return
    assert moment.tzinfo is not None
    assert moment.strftime("%d") == text[8:10]
