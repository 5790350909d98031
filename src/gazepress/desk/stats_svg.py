"""Figures of a publication as a drawing: articles per month, by section and by author."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from gazepress.desk.stats import Share, Stats
from gazepress.stages.graph.texts import shorten

_WIDTH, _MARGIN = 960, 48
_HIGH = 200  # of the chart of months
_LINE = 26  # from one bar to the next
_NAMES = 230  # to the left of the bars
_SHOWN = 20  # bars of a chart
_INK, _PALE, _BAR = "#1c1a17", "#6b655c", "#9c1f18"
_FONT = 'font-family="system-ui, sans-serif" font-size="14"'
_LETTERS = 28  # of a name beside its bar


def draw_stats(stats: Stats) -> str:
    """Return an SVG 1.1 document; the same figures give the same bytes, and no figure is told by color alone."""
    parts, bottom = list(_months(stats.months)), 96 + _HIGH + 68
    for head, shares in (("Articles by section", stats.sections), ("Articles by author", stats.authors)):
        if shares:
            parts += _bars(head, shares[:_SHOWN], bottom)
            bottom += _LINE * len(shares[:_SHOWN]) + 54
    name = escape(shorten(stats.site))
    box = f'viewBox="0 0 {_WIDTH} {bottom}" role="img"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {box} {_FONT} fill="{_INK}">',
            f"<title>{name}: {stats.articles} articles</title>",
            f'<rect width="{_WIDTH}" height="{bottom}" fill="#ffffff"/>',
            _words(_MARGIN, 52, f"{name}: {stats.articles} articles", "start", 'font-size="22" font-weight="600"'),
            *parts,
            "</svg>\n",
        )
    )


def _months(months: Sequence[Share]) -> Iterator[str]:
    if not months:
        return
    peak, floor = max(month.articles for month in months), 96 + _HIGH
    step = (_WIDTH - 2 * _MARGIN) / len(months)
    yield _words(_MARGIN, 84, f"Articles per month, at most {peak}", "start", 'font-weight="600"')
    last = -float(_WIDTH)
    for at, month in enumerate(months):
        left, high = _MARGIN + at * step, _HIGH * month.articles / peak
        bar = _bar(left, floor - high, step * 0.8, high)
        yield f"<g><title>{month.name}: {month.articles}</title>{bar}</g>"
        year, _, number = month.name.partition("-")
        if (at == 0 or number == "01") and left - last > 3 * _LINE / 2:
            yield _words(left, floor + 20, year, "start", f'fill="{_PALE}"')
            last = left
    yield f'<path d="M{_MARGIN} {floor}.5H{_WIDTH - _MARGIN}" stroke="{_PALE}"/>'


def _bars(head: str, shares: Sequence[Share], top: int) -> Iterator[str]:
    yield _words(_MARGIN, top, head, "start", 'font-weight="600"')
    room = _WIDTH - 2 * _MARGIN - _NAMES - 60
    for at, share in enumerate(shares):
        line = top + 14 + _LINE * at
        long = room * share.articles / shares[0].articles
        name = share.name if len(share.name) <= _LETTERS else share.name[: _LETTERS - 1] + "…"
        yield _words(_MARGIN + _NAMES - 12, line + 15, escape(shorten(name)), "end")
        yield _bar(_MARGIN + _NAMES, line, long, _LINE - 6)
        yield _words(_MARGIN + _NAMES + long + 8, line + 15, str(share.articles), "start")


def _bar(left: float, top: float, wide: float, high: float) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{_BAR}"/>'


def _words(left: float, line: float, words: str, anchor: str, more: str = "") -> str:
    """Return a line of text, ``words`` already escaped."""
    return f'<text x="{left:.1f}" y="{line}" text-anchor="{anchor}" {more}>{words}</text>'.replace(" >", ">")
