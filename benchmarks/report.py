"""How the figures of a run are shown and kept: as tables, and as a page, a chart and JSON for the next run."""

import json
from dataclasses import asdict
from pathlib import Path

from chart import chart
from results import Figures, Results, Size, shown, with_earlier

NOTES = """\
× Hugo is the figure divided by Hugo's. Times are medians of the rounds; memory is the highest sum of the proportional
set sizes (PSS) of all processes of the build, looked at in a round of its own. A figure is given only when the output
held the new text and nowhere the old. `–` means that there is no figure. What is equal in these builds and what is not
is told in [README.md](README.md).
"""


def table(sizes: dict[int, Size], base: str = "hugo") -> str:
    """Return all figures as Markdown tables, one for each size, with ratios to the generator named ``base``."""
    return "\n".join(_table(articles, size, base) for articles, size in sorted(sizes.items()))


def save(results: Results, folder: Path) -> None:
    """Write results.json, results.md and results.svg.

    Sizes of earlier runs stay, if these were on the same machine and with the same versions.
    """
    results = with_earlier(results, folder / "results.json")
    (folder / "results.json").write_text(json.dumps(asdict(results), indent=1) + "\n", "utf-8")
    (folder / "results.svg").write_text(chart(results), "utf-8")
    versions = ", ".join(f"{shown(name)} {version}" for name, version in results.versions.items())
    (folder / "results.md").write_text(
        "# Benchmark\n\n![Seconds per build](results.svg)\n\n"
        f"{results.machine}; {versions}.\n\n{table(results.sizes)}\n{NOTES}",
        "utf-8",
    )


def _table(articles: int, size: Size, base: str) -> str:
    outputs = (f"{shown(name)} {made.files:,} files, {made.size / 1e6:,.0f} MB" for name, made in size.outputs.items())
    ratio = f"× {shown(base)}"
    lines = [
        f"## {articles:,} articles\n",
        f"Rounds: {size.rounds}. Output: {'; '.join(outputs)}. Source of gazepress: {size.source}.\n",
        f"| scenario | generator | wall s | {ratio} | CPU s | {ratio} | peak MB | {ratio} |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for scenario, row in size.rows.items():
        for generator, figures in row.items():
            lines.append(f"| {scenario} | {shown(generator)} | {_cells(figures, row.get(base))} |")
    return "\n".join(lines) + "\n"


def _cells(figures: Figures | None, base: Figures | None) -> str:
    if figures is None:
        return " | ".join("–" * 6)
    ours = (figures.wall, figures.cpu, figures.peak / 1e6)
    theirs = (base.wall, base.cpu, base.peak / 1e6) if base else (0.0, 0.0, 0.0)
    values = (f"{ours[0]:.2f}", f"{ours[1]:.2f}", f"{ours[2]:,.0f}")
    ratios = (f"{mine / other:.2f}" if other else "–" for mine, other in zip(ours, theirs, strict=True))
    return " | ".join(f"{value} | {ratio}" for value, ratio in zip(values, ratios, strict=True))
