"""Blocks that are ready skip all steps behind the parser, and must say what they would say if they took every step."""

from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazepress.stages.parse import lines
from gazepress.stages.parse import text as steps
from gazepress.stages.parse.markdown import tokenize

# Between two spaces stands a piece; a space inside a piece is a no-break space.
PIECES = (
    "word Word. и é 5 1. * _ ** ` ~ ~~ < > & &amp; ! [ ] { \\ \\* <b> <div> </div> <!-- | |-| --- === # ## ``` [a] "
    "*a* **b** _c_ “*q*” [a](b.md) [a](#b) [a](/b/) [a](https://x.example/y) [é](https://x.example/?a=b&c) [a](data:x) "
    "[a](mailto:a@b.example) [a](https://x.example){.c} {.c} {#id} [^1] [^1]: [ref] [ref]:\u00a0x.md [[w]] ![p](q.png) "
    "https://youtu.be/x [V](https://youtu.be/abcdefghijk) : ： ~ [!FACTS] [!QUOTE] — -- \xa0 Read\u00a0more: "
    "Read\u00a0more:\u00a0Title As\u00a0The\u00a0Lookout\u00a0reported\u00a0earlier, "
    "The\u00a0Lookout\u00a0reports\u00a0this,\u00a0referring\u00a0to\u00a0the\u00a0Yard. - > +"
).split(" ")
BREAKS = (" ", " ", "  ", "\t", "\n", "\n\n", "\n\n", "\n\n\n", "\n  ", "\n    ", "\n- ", "\n\n- ", "\n> ", "\n\n> ")
texts = st.lists(st.sampled_from(PIECES) | st.sampled_from(BREAKS), max_size=24).map(
    lambda pieces: "".join(pieces).replace("\u00a0", " ")
)


@given(texts)
@example("{.c}\nwords")
@example("{.c}\n- words")
@example("{.c}\n> words")
@example("words\n\n: definition")
@example("- a\n- b\n\n- c")
@example("- a\n- b\n\n  c")
@example("- a\n\n* b\n\n+ c")
@example("- a | b\n- | -")
@example("- a\nb")
@example("- \n- a")
@example("> a\nb")
@example("> a\n\n> — b")
@example("> [!FACTS] a\n\n> b")
@example("Read more:\n\n- Title\n- Other")
@example("Read more: Title")
@example("Read *more*: Title")
@example("**Read more:**\n\n- Title")
@example("Read more:\u00a0\n\n- Title")
@example("*Read* [more: ](https://x.example)\n\n- Title")
@example("Read more：\n\n- Title")
@example("He said: no.\nRead more: Title\nThen.\n\n- a")
@example("- Read more: Title\n\n> Read more: Title")
@example("[Video](https://youtu.be/abcdefghijk)")
@example(
    "As The Lookout reported earlier, [it](https://x.example/) was.\n\n"
    "- The Lookout reports this, referring to the Yard."
)
@example("<details>\n\nwords\n\n- a\n\n</details>")
@example("[^1]: words\n\n    words\n\nwords[^1]")
@example("words \nwords\n words")
@example("R&D & <3 > 2 ~5 !")
@example("[*a*](https://x.example/\"')")
def test_a_text_says_the_same_when_every_block_takes_every_step(options, text):
    read = steps.read_text(text, 5, "en", options)
    with patch.object(steps, "tokenize", lambda text, **_: tokenize(text)):
        assert read == steps.read_text(text, 5, "en", options)


@given(texts)
@example("2024 was long\n3.5 million\n\n1. one\n\n2024) no")
@example("**Bold** words\n*more*\n\n***\n\n* * *\n\n**\n\n_")
@example("## a\n### b ##\n####### c\n#\n#d\n##  e \nwords")
@example("{.c}\n## a\n\n{.c}\n\nwords")
@example("a\n\n[ref]: x.md\n[ref]\n\n\n1.")
@example("term\n\n: definition\n\nterm\n\n  : definition")
def test_the_lines_tell_the_blocks_that_the_parser_finds(text):
    nothing = {"ready_paragraph": lambda *_: None, "ready_quote": lambda *_: None, "ready_list": lambda *_: []}
    with patch.multiple(lines, **nothing):
        told = tokenize(text, ready=True)
    assert [token.as_dict() for token in told] == [token.as_dict() for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The yard delivers, “at last”, its ~50 boats.\nThey’re late!", 1),
        ("Some *words* stand **out**, [these](https://a.example/b) lead elsewhere.", 1),
        ("He said: “Read it at 12:30.”\n\n- radar: one\n- sonar: two", 3),
        ("One.\n\nTwo.\n\nThree.\n", 3),
        ("> “We want one at each mole.”\n\nSo said she.", 2),
        ("- radar\n- the *sonar*\n- drones\n\nAll of them.", 4),
        ("## What next\n\nNothing.", 1),
    ],
)
def test_what_newsrooms_write_most_is_ready(text, count):
    ready = [token for token in tokenize(text, ready=True) if token.type == "ready"]
    assert sum(len(token.meta["blocks"]) for token in ready) == count
