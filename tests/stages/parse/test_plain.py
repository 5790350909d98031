"""Words are counted and put on one line without taking every text apart, and it must not show."""

from hypothesis import example, given
from hypothesis import strategies as st

from gazepress.stages.parse.plain import count_words, on_one_line

PIECES = (
    "word",
    "Ї-2",
    "—",
    "-",
    "–",
    "+",
    " ",
    " ",
    "  ",
    "\n",
    "\t",
    "\xa0",
    "\u2028",
    "\x1f",
    "\u200b",
    "\xad",
    "🙂",
)
texts = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=20).map("".join)


@given(texts)
@example("a\xa0b\u3000c")
@example("\n a\n\nb ")
def test_one_line_has_one_space_for_all_that_is_white(text):
    assert on_one_line(text) == " ".join(text.split())


@given(texts)
@example("a - - b-c — ")
def test_signs_that_stand_alone_are_no_words(text):
    signs = set("–—-−&|*+=/…·•→←<>×")
    assert count_words(on_one_line(text)) == len([piece for piece in text.split() if piece not in signs])
