"""Records and bytes are named by what they hold."""

import itertools
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from gazepress.digest import digest_bytes, digest_record, digests_so_far
from gazepress.matter import Source
from gazepress.views import Link


class Mixed(Struct, frozen=True):
    value: object


class Other(Struct, frozen=True):
    value: object


def test_a_digest_is_blake2b_of_128_bits():
    assert digest_bytes(b"") == "cae66941d9efbd404e4d88758ea67670"


def test_equal_records_have_equal_digests():
    assert digest_record(Source("Ministry of Defense")) == digest_record(Source("Ministry of Defense", ""))


@given(st.dictionaries(st.text(), st.integers(min_value=-(2**60), max_value=2**60)))
def test_the_order_of_keys_does_not_count(data):
    assert digest_record(data) == digest_record(dict(reversed(data.items())))


def test_values_of_different_types_or_contents_have_different_digests():
    values = [
        "",
        "a",
        "1",
        "true",
        "null",
        0,
        1,
        1.0,
        True,
        False,
        None,
        [],
        ["a"],
        [["a"]],
        {},
        {"a": ""},
        {"a": None},
    ]
    for one, other in itertools.combinations(values, 2):
        assert digest_record(Mixed(one)) != digest_record(Mixed(other)), (one, other)


def test_neighboring_texts_do_not_run_into_each_other():
    assert digest_record(["ab", "c"]) != digest_record(["a", "bc"])


def test_records_of_different_types_differ_even_with_the_same_fields():
    assert digest_record(Mixed("a")) != digest_record(Other("a"))
    assert digest_record(Link("a", "b")) != digest_record(Source("a", "b"))


def test_one_moment_in_two_timezones_differs_since_pages_show_the_local_time():
    noon = datetime(2026, 3, 9, 12, tzinfo=UTC)
    elsewhere = noon.astimezone(timezone(timedelta(hours=2)))
    assert noon == elsewhere
    assert digest_record(Mixed(noon)) != digest_record(Mixed(elsewhere))


def test_what_has_no_encoding_is_refused_and_not_guessed():
    with pytest.raises(TypeError):
        digest_record(Mixed(object()))


def test_each_digest_so_far_names_all_bytes_up_to_there():
    assert list(digests_so_far([b"a", b"", b"bc"])) == [digest_bytes(b"a"), digest_bytes(b"a"), digest_bytes(b"abc")]
