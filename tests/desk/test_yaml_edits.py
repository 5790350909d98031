"""One value of a YAML text changes, and not one other byte."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazepress.desk.edits import edited
from gazepress.desk.yaml_edits import YamlEditError, append_item, get, remove_key, set_key

TEXT = """---
# Checked by the desk.
title:   "Steel & glass"   # the short one
date: 2025-10-27 12:30
summary: |
  Two lines
  of it.

# Who:
authors: [iryna, 'Tom P.' ,]
tags:
- steel   # of both kinds
-   'glass: flat'
corrections:
  - date: 2025-10-28
    text: >-
      A long
      note.

empty:
single: Alone
---

title: not this one
"""


def after(edit, text=TEXT):
    return edited(text, [edit])


def changed(edit, text=TEXT):
    """Return the lines that have gone and those that have come."""
    new = after(edit, text).splitlines(keepends=True)
    old = text.splitlines(keepends=True)
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return "".join(old), "".join(new)


def test_a_value_keeps_its_quotes_and_the_comment_behind_it():
    gone, come = changed(set_key(TEXT, "title", 'A "new" one'))
    assert gone == 'title:   "Steel & glass"   # the short one\n'
    assert come == 'title:   "A \\"new\\" one"   # the short one\n'
    assert changed(set_key(TEXT, ("authors", 1), "Tom's"))[1] == "authors: [iryna, 'Tom''s' ,]\n"


def test_a_value_gets_quotes_where_it_needs_them():
    assert changed(set_key(TEXT, "single", "Swarm: the future"))[1] == "single: 'Swarm: the future'\n"
    assert changed(set_key(TEXT, ("authors", 0), "a, b"))[1] == "authors: ['a, b', 'Tom P.' ,]\n"
    assert changed(set_key(TEXT, ("tags", 0), "a, b"))[1] == "- a, b   # of both kinds\n"


def test_an_empty_value_is_filled_in():
    assert changed(set_key(TEXT, "empty", "no more")) == ("empty:\n", "empty: no more\n")
    assert changed(append_item(TEXT, "empty", "one")) == ("empty:\n", "empty: [one]\n")


def test_a_value_of_several_lines_is_replaced_as_a_whole():
    gone, come = changed(set_key(TEXT, "summary", "One line."))
    assert gone == "summary: |\n  Two lines\n  of it.\n"
    assert come == "summary: One line.\n"


def test_a_new_key_comes_at_the_end_or_behind_the_one_that_it_belongs_to():
    assert changed(set_key(TEXT, "id", "x")) == ("", "id: x\n")
    assert after(set_key(TEXT, "id", "x")).endswith("single: Alone\nid: x\n---\n\ntitle: not this one\n")
    assert "12:30\nupdated: 2025-11-01\nsummary" in after(set_key(TEXT, "updated", "2025-11-01", after="date"))
    assert "  of it.\nid: x\n\n# Who:" in after(set_key(TEXT, "id", "x", after="summary"))


def test_a_list_grows_in_its_own_form():
    assert changed(append_item(TEXT, "authors", "Jonas"))[1] == "authors: [iryna, 'Tom P.', Jonas ,]\n"
    assert changed(append_item(TEXT, "tags", "sand")) == ("", "- sand\n")
    assert changed(append_item(TEXT, "single", "more"))[1] == "single: [Alone, more]\n"
    note = {"date": "2025-11-01", "kind": "update", "text": "New: this."}
    assert changed(append_item(TEXT, "corrections", note)) == (
        "",
        "  - date: 2025-11-01\n    kind: update\n    text: 'New: this.'\n",
    )


def test_a_new_list_of_texts_is_short_and_one_of_records_is_not():
    assert changed(append_item(TEXT, "aliases", "/old/", after="title"))[1] == "aliases: [/old/]\n"
    assert changed(append_item(TEXT, "notes", {"date": "2025", "text": "x"}))[1] == (
        "notes:\n  - date: 2025\n    text: x\n"
    )


def test_what_is_removed_takes_its_lines_along_and_leaves_comments():
    assert changed(remove_key(TEXT, "summary")) == ("summary: |\n  Two lines\n  of it.\n", "")
    assert changed(remove_key(TEXT, ("tags", 0))) == ("- steel   # of both kinds\n", "")
    assert changed(remove_key(TEXT, ("tags", 1))) == ("-   'glass: flat'\n", "")
    assert changed(remove_key(TEXT, ("authors", 0)))[1] == "authors: ['Tom P.' ,]\n"
    assert changed(remove_key(TEXT, ("authors", 1)))[1] == "authors: [iryna ,]\n"
    assert changed(remove_key(TEXT, ("corrections", 0)))[0].startswith("corrections:\n")


def test_files_of_yaml_alone_and_keys_in_braces_are_edited_too():
    layout = "lead: one\nslots:\n  - title: Long\n    articles: [a, b]\n  - {articles: [c], title: x}"
    assert "articles: [a, d]" in after(set_key(layout, ("slots", 0, "articles", 1), "d"), layout)
    assert "- {title: x}" in after(remove_key(layout, ("slots", 1, "articles", 0)), layout)
    assert after(set_key(layout, "more", "x"), layout) == layout + "\nmore: x\n"
    braces = "---\n{title: x, date: 2025}\n---\n"
    assert after(set_key(braces, "id", "a,b"), braces) == "---\n{title: x, date: 2025, id: 'a,b'}\n---\n"
    assert after(remove_key(braces, "title"), braces) == "---\n{date: 2025}\n---\n"


def test_keys_above_a_new_one_come_with_it():
    settings = "title: x\nmenu: {a: b} # c\nmoved:\n    /a/: /b/\n"
    new = after(set_key(settings, ("moved", "/c/"), "/d/"), settings)
    assert new == settings + "    /c/: /d/\n"
    assert after(set_key(settings, ("redirects", "moved", "/c/"), "/d/"), settings) == (
        settings + "redirects:\n  moved:\n    /c/: /d/\n"
    )
    assert "menu: {a: b, c: {d: e}} # c\n" in after(set_key(settings, ("menu", "c", "d"), "e"), settings)


def test_line_ends_and_the_byte_order_mark_stay():
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    for edit in (
        set_key(text, "id", "x"),
        append_item(text, "tags", "sand"),
        append_item(text, "notes", {"date": "2025", "text": "x"}),
        remove_key(text, "summary"),
    ):
        new = after(edit, text)
        assert new.startswith("\ufeff---\r\n")
        assert "\n" not in new.replace("\r\n", "")


def test_what_cannot_be_edited_alone_is_refused():
    anchored = "---\ntitle: &name x\nsummary: *name\n---\n"
    with pytest.raises(YamlEditError):
        set_key(anchored, "title", "y")
    with pytest.raises(YamlEditError):
        append_item(TEXT, ("corrections", 0), "x")
    with pytest.raises(YamlEditError):
        set_key("--- \ntitle: [x\n---\n", "title", "y")


VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@pytest.mark.parametrize("key", ["title", "single", "empty", "new", ("tags", 1), ("authors", 1), "summary"])
@given(value=VALUES)
@example(value="\ufffe and \x85")
def test_any_text_can_be_a_value(key, value):
    edit = set_key(TEXT, key, value)
    assert get(after(edit), key) == value
    assert [line for line in TEXT.splitlines() if "#" in line] == [
        line.replace(edit.new, '"Steel & glass"') if key == "title" else line
        for line in after(edit).splitlines()
        if any(mark in line for mark in ("# Checked", "# the short", "# Who", "# of both"))
    ]
