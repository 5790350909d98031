"""Easy YAML is read without a parser, and must be the record that the parser's nodes would give."""

from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazepress import typed_yaml
from gazepress.easy_yaml import read_easy
from gazepress.matter import AuthorMatter, FrontMatter, Layout, PageMatter

KYIV = ZoneInfo("Europe/Kyiv")


HEADS = [
    (FrontMatter, "title: A b\ndate: 2026-03-09\n"),
    (FrontMatter, "date: '2026-03-09 14:30'\ntitle: A b\n"),
    (PageMatter, "title: 'A'\n"),
    (AuthorMatter, 'name: "A"\n'),
    (Layout, ""),
]
KEYS = "summary slug lang tags related sources links image src alt name url kind weight lead updated extra x".split(" ")
MILD = "a Words é № 5 010 null true 2026-03-09 2026-03-29T03:30 report -- - : # ' \" & , / = “ » 😀 #b c: ~".split(" ")
HOSTILE = [
    *": - -- ? , [ ] { } & * ! | > ' '' \" % @ ` \\ \\n << -1 12345678901 *a &a !t {a: b} :# # : :: --- ...".split(" "),
    *("  ", ": ", " #", ", ", "\xa0", "\x85", "\u2028", "\ufeff", "\x07", "\t", "\n", "\r"),
]
mild = st.sampled_from(["a", "Two words", "2026-03-09", "report", "5"]) | st.lists(
    st.sampled_from(MILD), min_size=1, max_size=3
).map(" ".join)
words = st.one_of(mild, mild, st.lists(st.sampled_from(MILD + HOSTILE), max_size=4).map("".join))
values = st.one_of(
    words,
    words.map("'{}'".format),
    words.map('"{}"'.format),
    st.lists(words, max_size=3).map(", ".join).map("[{}]".format),
    st.just(""),
)
lines = st.one_of(
    st.tuples(
        st.sampled_from(["", "", "", "", "  ", "- ", "  - ", " ", "   "]),
        st.sampled_from(KEYS),
        st.sampled_from([": ", ": ", ": ", ": ", ":", ":  ", " : ", ":\t"]),
        values,
        st.sampled_from(["", "", "", " ", " # x"]),
    ).map("".join),
    st.tuples(st.sampled_from(["- ", "  - ", "-  ", "-"]), values).map("".join),
    st.sampled_from(["", " ", "# x", "---", "..."]),
)
keys_of_lists = st.sampled_from(["tags", "related", "sources", "links", "ignore", "aliases", "image", "slots"])
entries = st.lists(st.tuples(st.sampled_from(["- ", "  - ", "-  "]), values).map("".join), min_size=1, max_size=3)
blocks = st.one_of(
    st.tuples(st.sampled_from(KEYS[:6]), values).map(": ".join),
    st.tuples(keys_of_lists, entries).map(lambda one: "\n".join([f"{one[0]}:", *one[1]])),
    st.sampled_from(["image:\n  src: /a.png\n  alt: B", "image:\n  alt: a\n    src: b", "image:\n  src: a\n alt: b"]),
    st.sampled_from(["sources:\n  - name: A\n    url: https://a.b/", "links:\n- name: A\n  url: b\n- name: 'c'"]),
    st.sampled_from(["sources:\n  - name: A\n   url: b", "links:\n- name: A\n - name: b", "lead: true", "weight: 2"]),
    st.sampled_from(
        ["corrections:\n  - date: 2026-03-09 10:00\n    text: A", 'summary: ""', "kind: report", "lead: no"]
    ),
    st.sampled_from(["lead: a", "slots:\n- articles:\n  - a\n  - b\n  title: c", "slots:\n  - articles: [a]"]),
)
plain_lines = st.tuples(st.sampled_from(["summary", "slug"]), words).map(": ".join)
parts = st.one_of(plain_lines, plain_lines, blocks, blocks, blocks, lines)
texts = st.tuples(st.lists(parts, max_size=3).map("\n".join), st.sampled_from(["\n", "\n", ""])).map("".join)


NEARLY_EASY = [
    "title: c\n",
    "summary: a #b\n",
    "summary: a:\n",
    "summary: a: b\n",
    "summary: - a\n",
    "summary: a \n",
    "summary: 'it''s'\n",
    "summary: a\u2028b\n",
    "summary: a\n\u2028slug: b\n",
    "summary: a\nslug :b\n",
    "weight: -1\n",
    "related: [ a b, c , d]\n",
    "related: 'a'\n",
    "related:\n  - a\n  - 'b'\n",
    "tags: [a, b, ]\n",
    "tags: [a: b]\n",
    "tags: a\n- b\n",
    'tags:\n- ""\n',
    "tags:\n- slug: b\n",
    "tags:\n",
    f"tags: [{', '.join('a' * 101)}]\n",
    f"summary: {'a' * 2000}\ntags: [{'a ' * 2000}, b]\n",
    "sources:\n- name: a\n- url: b\n",
    "sources:\n- name: a\n  url: b\n- name: c\n",
    "sources:\n- a\n",
    'sources:\n- name: ""\n',
    "image:\nsrc: a\n",
    "image: a\n  src: b\n",
    "image:\n  - src: a\n",
    "image:\n  src: a\n alt: b\n",
]


@settings(max_examples=300)
@given(st.sampled_from(HEADS), texts)
@example((PageMatter, ""), "- title: a\n")
@example((PageMatter, ""), 'title: ""\n')
@example((Layout, ""), "slots:\n- title: a\n  articles:\n  - b\n  - c\n")
@example((Layout, ""), "slots:\n- title: a\n  articles:\n- b\n- c\n")
@example((Layout, ""), "slots:\n- articles:\n    - b\n  title: c\n- articles: [d]")
def test_easy_yaml_is_the_record_that_a_parser_gives(head, more):
    assert_same(head[0], head[1] + more)


@pytest.mark.parametrize("more", NEARLY_EASY)
def test_nearly_easy_yaml_is_that_record_too(more):
    record, head = HEADS[0]
    assert_same(record, head + more)


def assert_same(record, text):
    easy = read_easy(text, record, KYIV, 2)
    with patch.object(typed_yaml, "read_easy", return_value=None):
        plain = typed_yaml.read_record(text, record, timezone=KYIV, first_line=2)
    assert easy is None or (easy, ()) == (plain.value, plain.diagnostics)


@pytest.mark.parametrize(
    "more",
    [
        'title: "No: drones"\n',
        "title: “Iron Dome” expands, 3#times\ntags: []\nlang: 'en'\n",
        'title: a\nsummary: ""\nsources: []\n',
        "title: Київ — Львів\ntags: [air defense, «Ліс»]\nstatus: draft\n",
        "title: a\nimage:\n  src: /a.svg\n  alt: 'A mast, and more'\nrelated:\n  - what-a-license-transfers\n",
        "title: a\nsources:\n  - name: A\n    url: https://a.example/b\n  - name: B\ntags:\n- x\n- y z\n",
    ],
)
def test_what_newsrooms_write_most_is_easy(more):
    assert read_easy(f"date: 2026-03-09 14:30\n{more}", FrontMatter, KYIV, 2) is not None
