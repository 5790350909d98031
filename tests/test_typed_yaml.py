"""YAML becomes records, or reasons why not with their places."""

import time
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct

from gazepress.located import Located
from gazepress.matter import AuthorMatter, FrontMatter, Kind, PageMatter, Status
from gazepress.settings import Settings
from gazepress.typed_yaml import place_of, read_record

KYIV = ZoneInfo("Europe/Kyiv")


class Color(StrEnum):
    RED = "red"
    BLUE = "blue"


class Part(Struct, frozen=True):
    name: str
    count: Annotated[int, Meta(ge=1)] = 1


class Record(Struct, frozen=True):
    text: str = "default"
    maybe: str | None = None
    flag: bool = False
    number: int = 0
    color: Color = Color.RED
    when: datetime | None = None
    texts: tuple[str, ...] = ()
    places: tuple[Located, ...] = ()
    parts: tuple[Part, ...] = ()
    part: Part | None = None
    named: dict[str, Part] = {}
    few: Annotated[tuple[str, ...], Meta(max_length=2)] = ()
    data: dict[str, Any] = {}


def read(text, record=Record):
    """Return the record of text with which nothing is wrong."""
    checked = read_record(text, record, timezone=KYIV)
    assert checked.diagnostics == ()
    return checked.value


def found(text, record=Record, first_line=1):
    checked = read_record(text, record, timezone=KYIV, first_line=first_line)
    assert (checked.value is None) == any(one.severity == "error" for one in checked.diagnostics)
    return checked.diagnostics


def problems(text, record=Record):
    """Return ``line:column: message`` of all that is wrong."""
    return [f"{one.line}:{one.column}: {one.message}" for one in found(text, record)]


def test_an_article_s_front_matter():
    matter = read(
        "title: Swarm Strategy\n"
        "date: 2025-10-20 14:30\n"
        "kind: analysis\n"
        "status: draft\n"
        "tags: [drones, air defense]\n"
        "follows:\n"
        "  - Earlier Report, Part One\n"
        "  - '[[Other]]'\n"
        "image:\n"
        "  src: swarm.svg\n"
        "  alt: ''\n"
        "sources:\n"
        "  - {name: Ministry, url: https://mod.example/}\n"
        "deals:\n"
        "  - {buyer: Ukraine, items: [{system: SAMP/T, count: 2}]}\n"
        "extra: {rating: 5, flags: [yes, no]}\n",
        FrontMatter,
    )
    assert (matter.title, matter.kind, matter.status) == ("Swarm Strategy", Kind.ANALYSIS, Status.DRAFT)
    assert matter.date == datetime(2025, 10, 20, 14, 30, tzinfo=KYIV)
    assert matter.tags == ("drones", "air defense")
    assert matter.follows == (Located("Earlier Report, Part One", 7, 5), Located("[[Other]]", 8, 5))
    assert matter.image.src == Located("swarm.svg", 10, 8)
    assert (matter.image.alt, matter.image.caption) == ("", "")
    assert matter.sources[0].url == "https://mod.example/"
    assert matter.deals == ({"buyer": "Ukraine", "items": [{"system": "SAMP/T", "count": "2"}]},)
    assert matter.extra == {"rating": "5", "flags": ["yes", "no"]}


@pytest.mark.parametrize("text", ["no", "010", "12:30", "~", "null", "1e3", "2026-03-09", "0x1F", "true", "=", "Ж"])
def test_texts_stay_as_they_were_written(text):
    assert read(f"text: {text}").text == text
    assert read(f"texts: [{text}]").texts == (text,)
    assert read(f"maybe: {text}").maybe == text
    assert read(f"data: {{a: {text}}}").data == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("Yes", True), ("on", True), ("FALSE", False), ("no", False)]
)
def test_flags(text, value):
    assert read(f"flag: {text}").flag is value


def test_numbers_are_decimal():
    assert read("number: 010").number == 10


def test_places_count_from_the_line_of_the_file_on_which_the_text_begins():
    checked = read_record("texts: []\nplaces: [one,\n  two]", Record, timezone=KYIV, first_line=2)
    assert checked.value.places == (Located("one", 3, 10), Located("two", 4, 3))
    assert found("texts: []\nnumber: x", first_line=2)[0].line == 3


@pytest.mark.parametrize("empty", ["", " ", " # a comment"])
def test_a_value_that_is_left_out_is_the_default(empty):
    keys = ("text", "maybe", "flag", "number", "color", "when", "texts", "places", "parts", "part", "named", "data")
    assert read("".join(f"{key}:{empty}\n" for key in keys)) == Record()


@pytest.mark.parametrize(
    "key", ["flag", "number", "color", "when", "texts", "places", "parts", "part", "named", "data"]
)
def test_null_leaves_out_what_is_no_text(key):
    assert read(f"{key}: ~") == read(f"{key}: null") == Record()


def test_quotes_make_an_empty_text_a_value():
    assert read("text: ''\nmaybe: \"\"") == Record(text="", maybe="")


def test_one_text_is_a_list_of_one():
    assert read("texts: drones\nplaces: A, B").texts == ("drones",)
    assert read("places: A, B").places == (Located("A, B", 1, 9),)
    assert read("texts: 'Lockheed, Inc.'").texts == ("Lockheed, Inc.",)
    assert read("texts: ''").texts == ()


def test_a_text_with_commas_is_no_list_and_the_hint_shows_how_to_write_one():
    (one,) = found("texts: drones,air defense , ")
    assert (one.line, one.column, one.message) == (1, 8, "'texts' must be a list")
    assert one.hint == "write [drones, air defense, ], or quote it if it is one entry"


def test_a_list_may_be_only_so_long():
    assert read("few: [a, b]").few == ("a", "b")
    assert problems("few: [a, b, c]") == ["1:6: 'few' has 3 entries, the most is 2"]
    assert [one.hint for one in found("few: [a, b, c]")] == ["keep the 2 that readers would look for"]


def test_all_problems_come_at_once_in_the_order_of_the_text():
    assert problems(
        "number: many\n"
        "text: [a]\n"
        "flag: maybe\n"
        "color: green\n"
        "when: yesterday\n"
        "texts: {a: b}\n"
        "parts:\n"
        "  - count: 0\n"
        "  - {name: x, cuont: 2}\n"
        "  - x\n"
        "named:\n"
        "  a: {name: }\n"
        "text: again\n"
        "wehn: x\n"
    ) == [
        "13:1: 'text' is given twice",
        "1:9: 'number' cannot be 'many'",
        "2:7: 'text' must be one value, not a list",
        "3:7: 'flag' cannot be 'maybe'",
        "4:8: 'color' cannot be 'green'",
        "5:7: 'when' cannot be 'yesterday': not a date or time",
        "6:8: 'texts' must be a list",
        "8:12: 'parts[0].count' must be at least 1",
        "8:5: 'parts[0].name' is missing",
        "9:15: unknown key 'parts[1].cuont'",
        "10:5: 'parts[2]' must be keys with values",
        "12:7: 'named.a.name' has no value",
        "14:1: unknown key 'wehn'",
    ]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("color: green", "wrong-value", "one of: red, blue"),
        ("flag: maybe", "wrong-value", "write `true` or `false`"),
        ("number: many", "wrong-value", "write a whole number, such as 20"),
        (
            "when: yesterday",
            "wrong-value",
            "write it as 2026-03-09 14:30; a time without an offset is taken as Europe/Kyiv",
        ),
        ("text: {{ x }}", "wrong-value", "quote a text that starts with `{` or `[`"),
        ("texts:\n  - a: b", "wrong-value", "quote a text that holds a colon or starts with `- `"),
        ("parts: x", "wrong-value", "put each entry on a line of its own after `- `"),
        ("part: x", "wrong-value", "write `key: value`, with a space after the colon; its keys: name, count"),
        ("part: {}", "missing-key", "add a line `name: …`"),
        ("part:\n  name: # x", "missing-key", "write it; a text that starts with `#`, `&` or `!` needs quotes"),
        ("text: a\ntext: b", "duplicate-key", "it is also on line 1"),
        ("numbr: 1", "unknown-key", "did you mean 'number'?"),
        ("Text: a", "unknown-key", "did you mean 'text'?"),
        ("part: {name: a, size: 2}", "unknown-key", "known keys: name, count"),
        ("text: Swarm: The Future", "yaml-syntax", "quote the text: text: 'Swarm: The Future'"),
    ],
)
def test_hints_show_the_mend(text, code, hint):
    (one,) = found(text)
    assert (one.code, one.hint) == (code, hint)


def test_dashes_in_a_key_are_taken_for_underscores():
    class Dashed(Struct, frozen=True):
        per_page: int = 1

    assert found("per-page: 2", Dashed)[0].hint == "did you mean 'per_page'?"


def test_unknown_keys_are_warnings_and_leave_the_record():
    checked = read_record("text: a\nother: b", Record, timezone=KYIV)
    assert checked.value == Record(text="a")
    assert [one.code for one in checked.diagnostics] == ["unknown-key"]


@pytest.mark.parametrize("text", ["just words", "- a", "~", "[]", "title:a"])
def test_what_is_no_mapping_is_no_record(text):
    assert problems(text) == ["1:1: this must be keys with values"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_without_any_key_the_required_ones_are_missing(text):
    assert [one.code for one in found(text, FrontMatter)][:2] in (["missing-key", "missing-key"], ["wrong-value"])


@pytest.mark.parametrize("title", ["", "''", '" "', "# all of it", "&anchor"])
def test_a_required_text_cannot_be_empty(title):
    assert problems(f"date: 2025-10-20\ntitle: {title}\n", FrontMatter) == ["2:1: 'title' has no value"]


def test_lists_of_texts_have_no_empty_entries():
    assert problems("texts:\n  - a\n  -\n  - ''\n") == [
        "3:4: 'texts' has an empty entry",
        "4:5: 'texts' has an empty entry",
    ]
    assert problems("places: [' ']") == ["1:10: 'places' has an empty entry"]


def test_keys_may_hold_dots_spaces_and_any_script():
    keys = ["a.b.c", ".", "a b", "Ж", "a" + ".x" * 40, "[0]"]
    assert read("data:\n" + "".join(f"  '{key}': 1\n" for key in keys)).data == dict.fromkeys(keys, "1")


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "x" * 101, '"a\\0b"'])
def test_keys_must_be_words(key):
    assert problems(f"data:\n  ? {key}\n  : 1\n") == ["2:5: a key must be one word"]


def test_a_key_that_is_given_twice_names_both_lines_everywhere():
    assert problems("data: {a: 1, b: 2, a: 3}") == ["1:20: 'data.a' is given twice"]
    assert problems("data:\n  x:\n    - {a: 1, a: 3}") == ["3:14: 'data.x[0].a' is given twice"]


@pytest.mark.parametrize("text", ["<<: {text: a}\n", "data:\n  <<: {a: b}\n"])
def test_keys_are_not_merged(text):
    (one,) = found(text)
    assert (one.code, one.message, one.hint) == ("wrong-value", "keys cannot be merged with `<<`", "write them out")


@pytest.mark.parametrize(
    "value",
    [
        "!!python/object/apply:os.system [ls]",
        "!!python/name:os.system ''",
        "!!binary aGVsbG8=",
        "!!int '1'",
        "!!set {a, b}",
        "!important news",
    ],
)
def test_tags_make_nothing_and_are_reported(value):
    (one,) = found(f"data:\n  a: {value}\n")
    assert (one.line, one.column, one.code) == (2, 6, "wrong-value")
    assert one.message.startswith("'data.a' cannot have the YAML tag ")


def test_a_title_does_not_lose_a_word_to_a_tag():
    assert problems("text: !important news") == ["1:7: 'text' cannot have the YAML tag '!important'"]


@pytest.mark.parametrize("escape", ["\\0", "\\e", "\\x08", "\\x7f", "\\u0085", "\\uFFFF"])
def test_no_escape_brings_in_a_control_character(escape):
    assert problems(f'text: "a{escape}"') == ["1:7: 'text' holds a control character"]
    assert problems(f'data: {{a: ["b{escape}"]}}') == ["1:12: 'data.a[0]' holds a control character"]


def test_other_escapes_are_fine():
    assert read('text: "\\u2026\\t\\"\\U0001F600"').text == '…\t"😀'


@pytest.mark.parametrize("text", ["|\n  Two\u00a0words,\n\n  and more\n", ">\n  Two\u00a0words,\n  and more\n"])
def test_a_text_over_several_lines_is_one_line_with_its_no_break_spaces(text):
    assert read(f"text: {text}").text == "Two\u00a0words, and more"


def test_aliases_stand_for_what_they_name():
    assert read("text: &t Swarm\nmaybe: *t\ndata: {a: &l [x, y], b: *l}").data == {"a": ["x", "y"], "b": ["x", "y"]}


BOMB = "data:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 12)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "data: &a {b: *a}",
        "data: {a: &a [*a, *a, *a]}",
        "text: &t " + "x" * 10_000 + "\ntexts: [" + "*t, " * 1000 + "]",
        "text: &t " + "x" * 10_000 + "\ndata: {a: [" + "*t, " * 1000 + "]}",
        "data: " + "{a: " * 300 + "}" * 300,
        "data: {a: " + "[" * 900 + "]" * 900 + "}",
    ],
)
def test_a_small_file_cannot_become_a_large_value(text):
    start = time.perf_counter()
    messages = problems(text)
    assert time.perf_counter() - start < 2
    assert len(messages) == 1
    assert messages[0].endswith(" is too large or too deep")


def test_settings_that_repeat_a_list_many_times_are_bounded_too():
    group = "&p {read_more: [" + "x," * 5000 + "]}"
    text = f"title: x\nurl: x\nphrases: {{a: {group}, " + ", ".join(f"k{at}: *p" for at in range(5000)) + "}"
    (message,) = problems(text, Settings)
    assert message.endswith(" is too large or too deep")


def test_what_is_large_without_aliases_is_fine():
    words = [f"word {at}" for at in range(20_000)]
    assert read("texts:\n" + "".join(f"  - {word}\n" for word in words)).texts == tuple(words)
    assert len(read("data: {a: [" + "x," * 100_000 + "]}").data["a"]) == 100_000
    assert len(read("text: " + "x" * 5_000_000).text) == 5_000_000


@pytest.mark.parametrize(
    "text",
    [
        "number: " + "1" * 1_000_000,
        "when: " + "2" * 1_000_000,
        "color: " + "x" * 1_000_000,
        "flag: " + "x" * 1_000_000,
        "texts: " + "a, " * 300_000,
        "text: " + "a: " * 300_000,
        "text: !" + "a" * 1_000_000 + " x",
        "? " + "k" * 1_000_000 + "\n: 1",
    ],
)
def test_messages_stay_short_whatever_was_written(text):
    (one,) = found(text)
    assert len(one.message) + len(one.hint) < 300


def test_the_place_of_a_value_is_found_again():
    text = 'a: 1\nb:\n  - x\n  - {c: y, "d": z}\n'
    assert place_of(text, "a") == (1, 4)
    assert place_of(text, "b", 1, "d") == (4, 17)
    assert place_of(text, "b", 1, "e") == (4, 5)
    assert place_of(text, "b", 7) == (3, 3)
    assert place_of(text, "z") == (1, 1)
    assert place_of("", "z") == (1, 1)


KEYS = st.sampled_from(
    ["title", "date", "tags", "image", "sources", "extra", "deals", "kind", "name", "<<", "x", "'a.b'"]
)
LEAVES = st.sampled_from(
    ["", "~", "a", "2025-10-20", "draft", "'", "[", "*a", "&a b", "!t", "a: b", '"\\0"', "- x", "é\u2028"]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
        | st.lists(st.tuples(KEYS, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        )
    ),
    max_leaves=8,
)
YAML = st.lists(st.tuples(KEYS, TREES), max_size=6).map(
    lambda pairs: "".join(f"{key}: {value}\n" for key, value in pairs)
)


@given(YAML | st.text(max_size=60), st.sampled_from([FrontMatter, PageMatter, AuthorMatter, Record]))
def test_no_yaml_raises_and_every_place_is_in_the_text(text, record):
    lines = text.rstrip("\r\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in found(text, record):
        assert 1 <= one.line <= len(lines)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1
        assert one.message
