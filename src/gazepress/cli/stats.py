"""The command ``gazepress stats``."""

import sys
from pathlib import Path
from typing import Literal

import click

from gazepress.cli.options import now_option, open_newsroom, screen_width, shows_color, site_option

_WIDTH = 80  # where there is no terminal to ask


@click.command("stats")
@site_option
@now_option
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "svg"]),
    default="text",
    help="Charts for a terminal, figures for programs, or a drawing.",
)
def command(*, site: Path, now: str | None, shape: Literal["text", "json", "svg"]) -> int:
    """Chart how much was published per month, section and author.

    After the charts: the longest storylines, the articles that most others refer to, and those that none refers to.
    """
    import msgspec

    from gazepress.desk.stats import count_up

    newsroom, status = open_newsroom(site, now, drafts=False)
    stats = count_up(newsroom)
    if shape == "json":
        document = {"version": 1, **msgspec.structs.asdict(stats)}
        text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
    elif shape == "svg":
        from gazepress.desk.stats_svg import draw_stats

        text = draw_stats(stats)
    else:
        from gazepress.desk.stats_text import BLOCKS, PLAIN, chart_stats

        paint = _red if shows_color(sys.stdout) else str
        pen = BLOCKS if _can_show(BLOCKS.rising) else PLAIN
        text = chart_stats(stats, screen_width() or _WIDTH, paint=paint, pen=pen)
    click.echo(text, nl=False)
    return status


def _red(bar: str) -> str:
    return click.style(bar, fg="red") if bar else ""


def _can_show(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return True
