"""Our block parser asks fewer questions than the library's, and must come to the same answers."""

from types import MethodType

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.parser_block import ParserBlock

from gazepress.stages.parse import markdown

OURS = markdown._parser()
THEIRS = markdown._parser.__wrapped__()
THEIRS.block.tokenize = MethodType(ParserBlock.tokenize, THEIRS.block)
THEIRS.block.parse = MethodType(ParserBlock.parse, THEIRS.block)

PIECES = (
    "word Word. \n \n\n # ## ####### - + * 1. 1) 2. 12345678901. > >> ``` ~~~ ~~ ---- *** ___ = === --"
    " - | a|b -|- |:-:| [ref]: x.md [^1]: [^1] : ~ {.c} {#id} <b> <div> </div> <!-- --> <script> \\ \\# é — \xa0 '"
).split(" ")
lines = st.lists(st.sampled_from([*PIECES, " ", "  ", "    ", "\t", "\n", "\n\n", "\n    ", "\n  "]), max_size=30)


@given(lines.map("".join))
@example("term\n: definition\n\nterm\n\n: definition")
@example("a\n===\nb\n---\n- c\n  d\n- e\n\n  f\n> g\nh")
@example("\tcode\n\n- a\n \t b\n\n\tc\n \t")
@example("| a | b |\n| - | - |\n| c | d |\ne")
@example("1. a\n2. b\n+ c\n* d\n~~~\ne\n~~~\n[^1]: note\n    more")
def test_the_same_blocks_are_found(text):
    assert blocks(OURS, text) == blocks(THEIRS, text)


def blocks(parser, text):
    env, tokens = {}, []
    parser.block.parse(text, parser, env, tokens)
    return [token.as_dict() for token in tokens], env
