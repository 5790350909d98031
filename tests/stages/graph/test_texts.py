"""What messages and shells show of an author's words."""

import pytest

from gazepress.stages.graph.texts import shorten


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Two plants merge", "Two plants merge"),
        (" Two \n plants\tmerge ", "Two plants merge"),
        ("Two  plants", "Two plants"),
        ("No-break\u00a0space", "No-break space"),
        ("\x1b[31mred\u202e", "[31mred"),
        ("x" * 120, "x" * 120),
        ("x" * 121, "x" * 119 + "…"),
    ],
)
def test_it_is_on_one_line_not_too_long_and_steers_no_terminal(words, shown):
    assert shorten(words) == shown
