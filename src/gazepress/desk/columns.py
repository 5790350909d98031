"""Rows of words in columns, on a terminal of some width."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

_GAP = "  "
_LEAST = 12
"""Columns that stay of what is cut: less of a headline says nothing."""


def align(rows: Sequence[Sequence[str]], width: int | None, *, shrink: int) -> list[str]:
    """Return a line for each row, its cells in columns two spaces apart.

    Where a line would be longer than ``width`` columns of the terminal, the cells of column ``shrink`` are cut with an
    ellipsis; what is long even then is left to the terminal. With None nothing is cut.
    """
    if not rows:
        return []
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    if width is not None:
        over = sum(widths) + len(_GAP) * (len(widths) - 1) - width
        widths[shrink] = max(min(_LEAST, widths[shrink]), widths[shrink] - max(0, over))
    return [_GAP.join(map(fit, row, widths)).rstrip() for row in rows]


def fit(text: str, width: int) -> str:
    """Return a text that takes exactly ``width`` columns: filled up with spaces, or cut with an ellipsis."""
    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"
