"""Laws of the parts: places, the index of names, and references that lead back to what was chosen."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lsprotocol import types

from gazepress.desk.check import Finding
from gazepress.desk.edits import Edit
from gazepress.desk.lsp.complete import IN_LINE, IN_WIKI
from gazepress.desk.lsp.matter import spot_at
from gazepress.desk.lsp.mends import Mend, mends
from gazepress.desk.lsp.names import Name, Names
from gazepress.desk.lsp.spots import locate
from gazepress.desk.lsp.text import Text
from gazepress.diagnostics import Severity
from gazepress.documents import ParseOptions, Ref, RefKind
from gazepress.folding import fold
from gazepress.phrases import BUILT_IN_PHRASES
from gazepress.sources import SourceKind
from gazepress.stages.parse import find_refs

TEXTS = st.text(st.sampled_from("aЖ😀𝔘\n\r\u2028 é"), max_size=30)
TITLES = st.text(st.sampled_from("abC XYе'“”:#-&*_[]|\\`~é."), min_size=1, max_size=12)


@settings(max_examples=60)
@given(TEXTS, st.sampled_from(["utf-8", "utf-16", "utf-32"]), st.data())
def test_a_place_is_the_same_there_and_back(source, encoding, data):
    text = Text("content/articles/a.md", source, encoding)
    row = data.draw(st.integers(0, len(text.lines) - 1))
    column = data.draw(st.integers(0, len(text.lines[row])))
    assert text.place(text.position((row, column))) == (row, column)
    assert text.at(text.offset((row, column))) == (row, column)


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=40)
def test_any_position_is_a_place_in_the_text(source, line, character):
    text = Text("content/articles/a.md", source)
    row, column = text.place(types.Position(line, character))
    assert column <= len(text.lines[row])


@settings(max_examples=60)
@given(st.lists(TITLES, max_size=8), TITLES)
def test_the_index_finds_what_a_look_at_every_title_finds(titles, written):
    names = [Name(f"{at}.md", title, f"s{at}", is_article=True, detail="") for at, title in enumerate(titles)]
    words = re.findall(r"\w+", fold(written))
    fitting = {
        name.path
        for name in names
        if all(
            any(one.startswith(word) for one in [*re.findall(r"\w+", fold(name.title)), name.slug]) for word in words
        )
    }
    assert {name.path for name in Names(names).like(written, limit=100)} == fitting


@settings(max_examples=100)
@given(TITLES)
@example("A [B] c")
def test_what_is_offered_as_a_title_is_read_as_this_title(title):
    title = " ".join(title.split())
    phrases = {"en": BUILT_IN_PHRASES["en"]}
    front = "---\ntitle: x\ndate: 2026-01-01\n---\n\n"
    for forbidden, written in ((IN_WIKI, f"See [[{title}]] now."), (IN_LINE, f"Read more: {title}")):
        if title and not forbidden.search(title):
            refs = find_refs(SourceKind.ARTICLE, f"{front}{written}\n", ParseOptions("UTC", "en", phrases))
            assert [ref.target for ref in refs] == [title]


def test_the_edits_that_a_check_brings_along_are_its_mend():
    edit = Edit("content/articles/a.md", 0, 1, "A")
    found = Finding(
        "headline-stop", "the headline ends in a full stop", Severity.NOTE, mend=(edit,), hint="take it out"
    )
    assert [*mends(None, found)] == [Mend("Take it out", (edit,))]


@pytest.mark.parametrize("piece", [" ", "- ", "a ", "[", "{a: ", "'", '"', "#", "a:", "[[", "]("])
def test_a_line_of_any_length_takes_no_time(piece):
    line = "tags: " + piece * 20_000 + "x"
    text = Text("content/articles/a.md", f"---\ntitle: a\n{line}\nrelated: {line}\n---\n\n{line}\n")
    start = time.thread_time()
    spot_at(text, (2, len(line)))
    spot_at(text, (2, 3))
    for row in (3, 6):
        locate(text, Ref(RefKind.WIKI, "x", row, 10))
    text.line_range(3, 7)
    assert time.thread_time() - start < 1
