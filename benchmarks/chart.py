"""How long builds took, as a picture: a bar for each scenario and generator, a panel for each size of the archive."""

from collections.abc import Iterator
from html import escape
from itertools import count

from results import Figures, Results, Rows, shown

BASE = "hugo"  # what the ratios are to
WIDTH, PAD = 860, 24
LABELS = 200  # where the bars begin
BARS = 470  # how long the longest is; its figures stand behind it
BAR, STEP, GAP = 13, 17, 10
COLORS = {"gazepress": "#2b8a5a", "hugo": "#9066c4", "pelican": "#c47a25"}  # seen on white and on black
# A picture cannot know the page's colors, only the reader's wish, so that it brings its own background.
STYLE = """\
text{font:13px -apple-system,"Segoe UI",system-ui,sans-serif;fill:#1f2328}
.card{fill:#fff;stroke:#d1d9e0}.title{font-size:17px;font-weight:600}.size{font-size:14px;font-weight:600}
.quiet{fill:#59636e;font-size:12px}.line{stroke:#d1d9e0}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.card{fill:#0d1117;stroke:#3d444d}.quiet{fill:#9198a1}\
.line{stroke:#3d444d}}"""


def chart(results: Results) -> str:
    """Return the figures of all sizes as SVG."""
    parts = list(_legend(results))
    top = 92
    for articles, size in sorted(results.sizes.items()):
        parts.append(f'<text class="size" x="{PAD}" y="{top}">{articles:,} articles</text>')
        parts += _panel(size.rows, top + 14)
        top += 14 + sum(len(row) * STEP + GAP for row in size.rows.values()) + 28
    height = top - 14
    card = f'<rect class="card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" aria-label="Seconds per build; less is better">\n<style>\n{STYLE}\n</style>\n'
        + "\n".join([card, *parts])
        + "\n</svg>\n"
    )


def _legend(results: Results) -> Iterator[str]:
    yield f'<text class="title" x="{PAD}" y="36">Seconds per build; less is better</text>'
    for number, (generator, version) in zip(count(), results.versions.items(), strict=False):
        left = PAD + number * 170
        yield f'<rect x="{left}" y="50" width="{BAR}" height="{BAR}" rx="2" fill="{COLORS[generator]}"/>'
        yield f'<text class="quiet" x="{left + 20}" y="61">{escape(f"{shown(generator)} {version}")}</text>'


def _panel(rows: Rows, top: int) -> Iterator[str]:
    longest = max((one.wall for row in rows.values() for one in row.values() if one), default=1.0)
    bottom = top + sum(len(row) * STEP + GAP for row in rows.values()) - GAP
    yield f'<line class="line" x1="{LABELS}.5" y1="{top}" x2="{LABELS}.5" y2="{bottom}"/>'
    for scenario, row in rows.items():
        yield f'<text x="{PAD}" y="{top + len(row) * STEP / 2 + 3:.1f}">{escape(scenario)}</text>'
        for generator, figures in row.items():
            yield from _bar(generator, figures, row.get(BASE), longest, top)
            top += STEP
        top += GAP


def _bar(generator: str, figures: Figures | None, base: Figures | None, longest: float, top: int) -> Iterator[str]:
    width = 0.0
    label = "no figure"
    if figures:
        width = max(2.0, figures.wall / longest * BARS)
        label = f"{figures.wall:.{_digits(figures.wall)}f} s"
        yield (
            f'<rect x="{LABELS + 1}" y="{top + 1}" width="{width:.1f}" height="{BAR}" rx="2"'
            f' fill="{COLORS[generator]}"><title>{shown(generator)}: {label}</title></rect>'
        )
    ratio = ""
    if figures and base and generator != BASE:
        quotient = figures.wall / base.wall
        ratio = f'<tspan class="quiet" dx="8">{quotient:.{_digits(quotient)}f} × {shown(BASE)}</tspan>'
    yield f'<text x="{LABELS + width + 8:.1f}" y="{top + 12}">{label}{ratio}</text>'


def _digits(value: float) -> int:
    return 2 if value < 10 else 1 if value < 100 else 0
