"""What is said about text that is no YAML."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from gazepress.diagnostics import Diagnostic
from gazepress.yaml_syntax import CONTROL, compose


def fault(text, first_line=1):
    """Return ``line:column: message | hint`` of the problem."""
    found = compose(text, first_line)
    assert isinstance(found, Diagnostic)
    assert found.code == "yaml-syntax"
    return f"{found.line}:{found.column}: {found.message} | {found.hint}"


def test_text_with_nothing_in_it_is_an_empty_mapping():
    for text in ("", "\n", "# a comment\n", "---\n"):
        root = compose(text)
        assert isinstance(root, yaml.Node)
        assert root.value in ([], "")


def test_scalars_stay_the_text_that_was_written():
    root = compose("[no, 010, 12:30, ~, 1e3, 2026-03-09, 0x1F, .inf, =]")
    assert [node.value for node in root.value] == ["no", "010", "12:30", "~", "1e3", "2026-03-09", "0x1F", ".inf", "="]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "title: Swarm Strategy: The Future\n",
            "1:22: a colon is not expected here | quote the text: title: 'Swarm Strategy: The Future'",
        ),
        (
            "title: Kyiv's plan: drones\n",
            "1:19: a colon is not expected here | quote the text: title: 'Kyiv''s plan: drones'",
        ),
        ("tags:\n  - a: b: c\n", "2:9: a colon is not expected here | quote the text: - a: 'b: c'"),
        ("tags:\n  - A: b: c\n", "2:9: a colon is not expected here | quote the text: - 'A: b: c'"),
        (
            'title: "Iron Dome" expands\n',
            "1:20: a key is expected here | quote the text: title: '\"Iron Dome\" expands'",
        ),
        ("title: [Exclusive] A deal\n", "1:20: a key is expected here | quote the text: title: '[Exclusive] A deal'"),
        ("title: 'it's'\n", "1:12: a key is expected here | quote the text: title: 'it''s'"),
        ("title: @desk\n", "1:8: a text cannot start with this character | quote the text: title: '@desk'"),
        ("title: `code`\n", "1:8: a text cannot start with this character | quote the text: title: '`code`'"),
        ("title: 100%\nslug: %a\n", "2:7: a text cannot start with this character | quote the text: slug: '%a'"),
        ("title: *Exclusive*\n", "1:18: a text cannot start with `*` or `&` | quote the text: title: '*Exclusive*'"),
        ("title: *exclusive\n", "1:8: a text cannot start with `*` | quote the text: title: '*exclusive'"),
        ("title: !a!b c\n", "1:8: a text cannot start with `!` | quote the text: title: '!a!b c'"),
        ("title: 'open\ndate: x\n", "1:8: this quote is not closed | end it with the same quote"),
        ('title: "open\n', "1:8: this quote is not closed | end it with the same quote"),
        ("tags: [a, b\ndate: x\n", "1:7: this list is not closed | end it with `]`"),
        ("image: {src: a\n", "1:8: these keys are not closed | end them with `}`"),
        ("tags: [", "1:8: a value is expected here | write it, and close every bracket"),
        ('title: "a\\d"\n', "1:10: `\\` has a meaning in double quotes | use single quotes"),
        ("title: a\n\tdate: x\n", "2:1: a tab stands where only spaces can | indent with spaces"),
        ("image:\n\tsrc: x\n", "2:1: a text cannot start with this character | indent with spaces, not tabs"),
        ("title: a\n---\nb: c\n", "2:1: more follows where the YAML has ended | remove the line `---`"),
        ("title: a\n...\nb: c\n", "3:1: more follows where the YAML has ended | remove the line `...`"),
    ],
)
def test_common_slips_and_their_mends(text, said):
    assert fault(text) == said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: a\ndate x\nslug: b\n", "2:1"),
        ("title a\ndate: x\n", "2:5"),
        ("title: a\n date: x\n", "2:6"),
        ("image:\n  src: a\n alt: b\n", "3:2"),
        ("tags:\n  - a\n - b\n", "3:2"),
        ("tags:\n  - a\n  b\n", "3:3"),
    ],
)
def test_slips_across_lines_have_the_place_where_they_show(text, place):
    assert fault(text).startswith(place + ": ")


def test_the_mend_that_is_shown_is_yaml():
    hint = compose('title: Kyiv\'s plan: "drones"\n').hint
    root = compose(hint.removeprefix("quote the text: "))
    assert root.value[0][1].value == 'Kyiv\'s plan: "drones"'


def test_places_count_from_the_line_on_which_the_text_begins():
    assert fault("a: b: c", 10).startswith("10:5: ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_count_as_one(end):
    assert fault(f"é: 1{end}b: 2{end}c: d: e{end}").startswith("3:5: ")
    assert fault(f"é: 1{end}b: 2{end}ö: \x1b{end}").startswith("3:4: ")


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029"])
def test_line_separators_are_spaces_since_no_editor_counts_them_as_lines(mark):
    root = compose(f"title: a{mark}b\nslug: c")
    assert root.value[0][1].value == "a b"
    assert root.value[1][1].start_mark.line == 1
    assert fault(f"title: a{mark}b\nslug: c: d").startswith("2:8: ")


def test_columns_count_characters_and_not_bytes():
    root = compose("{title: 😀é, slug: c}")
    assert root.value[1][0].start_mark.column == 12
    assert fault("title: ééé\x00").startswith("1:11: a character that YAML does not allow: U+0000")
    assert fault("title: " + "é" * 30_000 + "\x07").startswith("1:30008: ")


@pytest.mark.parametrize(
    "character", ["\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\x9f", "\ud800", "\uffff"]
)
def test_control_characters_are_named_at_their_place(character):
    said = f"2:8: a character that YAML does not allow: U+{ord(character):04X} | "
    assert fault(f"title: é\nslug: c{character}\n").startswith(said)


@given(st.characters(exclude_characters=":\x85"))  # the line end of YAML 1.1 is a space in ours
def test_control_characters_are_exactly_what_yaml_does_not_allow(character):
    assert isinstance(compose(f"a: b{character}"), Diagnostic) == bool(CONTROL.search(character))


@pytest.mark.parametrize("part", ["[", "{", "[{", "- ", "? ", "? - ", "a: [", "{a: ", "&a ", "!a ", "*", "'", '"', "|"])
def test_no_nesting_is_too_deep_to_be_answered(part):
    assert isinstance(compose("a:\n  " + part * 100_000), yaml.Node | Diagnostic)


def test_a_long_line_is_not_repeated_in_the_hint():
    assert fault("title: " + "a" * 1000 + ": b") == "1:1008: a colon is not expected here | quote the text"


@given(st.text(alphabet=st.sampled_from("ab:-?[]{},#&*!|>'\"%@` \t\n\r\\~<é\x85\u2028\x00😀"), max_size=40))
def test_no_text_raises_and_every_place_is_in_the_text(text):
    found = compose(text)
    if isinstance(found, Diagnostic):
        lines = text.rstrip("\r\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1


@given(st.text(alphabet=st.sampled_from("ab:-?[]{},#&*!|>'\"%@ \n\\~<é"), max_size=40))
@example("a: [1, yes, ~, !x y, !!int z, '', {b: c}]\n? [d]\n: &e f")
def test_nodes_are_those_of_the_library_s_own_loader(text):
    found = compose(text)
    assert isinstance(found, Diagnostic) or repr(found) == repr(yaml.compose(text, yaml.CBaseLoader) or compose(""))
