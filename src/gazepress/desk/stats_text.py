"""Figures of a publication as charts of characters, in the width of a terminal."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len

from gazepress.desk.columns import align, fit
from gazepress.desk.stats import Share, Stats
from gazepress.stages.graph.texts import shorten

Paint = Callable[[str], str]

_ROWS = 6  # of the chart of months
_WIDEST = 8  # columns of a month with the gap after it, where there are few
_NAMED = 10  # lines of each list
_NAME = 30  # columns of a name beside its bar


class Pen(Struct, frozen=True):
    """How charts are drawn: ``rising`` and ``growing`` are bars of nothing to eight eighths of a character."""

    rising: str = " ▁▂▃▄▅▆▇█"
    growing: str = " ▏▎▍▌▋▊▉█"
    corner: str = "└"
    side: str = "│"
    floor: str = "─"


BLOCKS = Pen()
PLAIN = Pen(rising="    #####", growing="    #####", corner="+", side="|", floor="-")
"""For encodings that have no blocks."""


def chart_stats(stats: Stats, width: int, *, paint: Paint = str, pen: Pen = BLOCKS) -> str:
    """Return the figures as text that is ``width`` columns wide. ``paint`` colors bars for a terminal."""
    if not stats.articles:
        return "nothing is published yet\n"
    stories = [(str(one.articles), f"{one.first} to {one.last}", shorten(one.title)) for one in stats.storylines]
    linked = [(str(one.by), one.slug, shorten(one.title)) for one in stats.linked]
    orphans = [(one.slug, shorten(one.title)) for one in stats.orphans]
    blocks = (
        _months(stats, width, paint, pen),
        _bars("articles by section", stats.sections, width, paint, pen),
        _bars("articles by author", stats.authors, width, paint, pen),
        _table("longest storylines, by articles", stories, width),
        _table("most linked, by articles that refer to them", linked, width),
        _table("orphans: no article refers to them", orphans, width),
    )
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"


def _months(stats: Stats, width: int, paint: Paint, pen: Pen) -> list[str]:
    peak = max(month.articles for month in stats.months)
    margin = len(str(peak)) + 2
    shown = stats.months[-max(1, width - margin) :]
    cell = min(_WIDEST, (width - margin) // len(shown)) or 1
    head = f"{stats.site}: {stats.articles} articles from {stats.months[0].name} to {stats.months[-1].name}"
    if len(shown) < len(stats.months):
        head += f", here since {shown[0].name}"
    lines = [fit(head, width).rstrip(), ""]
    for row in range(_ROWS - 1, -1, -1):
        label = str(peak) if row == _ROWS - 1 else ""
        bars = "".join(_column(month.articles / peak, row, cell, pen) for month in shown).rstrip()
        lines.append(f"{label:>{margin - 2}} {pen.side}{paint(bars)}")
    lines.append(f"{0:>{margin - 2}} {pen.corner}{pen.floor * (cell * len(shown))}")
    lines.append(" " * margin + _years(shown, cell))
    return lines


def _column(part: float, row: int, cell: int, pen: Pen) -> str:
    """Return what a bar that is ``part`` of the highest shows in a row of the chart, counted from below."""
    eighths = max(1, round(part * _ROWS * 8)) if part else 0
    block = pen.rising[min(8, max(0, eighths - 8 * row))]
    return block * max(1, cell - 1) + " " * (cell > 1)


def _years(shown: Sequence[Share], cell: int) -> str:
    """Return the line below the chart: each year where its first month is, if there is room for it."""
    line = ""
    for at, month in enumerate(shown):
        year, _, number = month.name.partition("-")
        if (at == 0 or number == "01") and (not line or len(line) < at * cell):
            line = f"{line:{at * cell}}{year}"
    return line


def _bars(head: str, shares: Sequence[Share], width: int, paint: Paint, pen: Pen) -> list[str]:
    if not shares:
        return []
    names = min(_NAME, max(cell_len(share.name) for share in shares[:_NAMED]))
    digits = len(str(shares[0].articles))
    room = max(1, width - names - digits - 6)
    lines = [head, ""]
    for share in shares[:_NAMED]:
        eighths = max(1, round(8 * room * share.articles / shares[0].articles))
        bar = (pen.growing[8] * (eighths // 8) + pen.growing[eighths % 8]).rstrip()
        lines.append(f"  {fit(shorten(share.name), names)}  {share.articles:>{digits}}  {paint(bar)}".rstrip())
    return [*lines, *_rest(len(shares))]


def _table(head: str, rows: Sequence[Sequence[str]], width: int) -> list[str]:
    if not rows:
        return []
    lines = (f"  {line}" for line in align(rows[:_NAMED], width - 2, shrink=-1))
    return [head, "", *lines, *_rest(len(rows))]


def _rest(count: int) -> Iterator[str]:
    if count > _NAMED:
        yield f"  … and {count - _NAMED} more"
