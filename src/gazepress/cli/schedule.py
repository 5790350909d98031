"""The command ``gazepress schedule``."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.options import now_option, open_newsroom, screen_width, site_option

if TYPE_CHECKING:
    from gazepress.desk.schedule_formats import Format


@click.command("schedule")
@site_option
@now_option
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "cron", "systemd", "ics"]),
    default="text",
    help="For people, programs, cron, a systemd timer, or a calendar.",
)
def command(*, site: Path, now: str | None, shape: "Format") -> int:
    """Say what is held back and until when, and what the hour will change next.

    Nothing is built. The formats cron and systemd build at those hours and at no others.
    """
    from gazepress.desk.schedule import make_schedule
    from gazepress.desk.schedule_formats import format_schedule

    newsroom, status = open_newsroom(site, now)
    build = f"cd {shlex.quote(str(site.absolute()))} && {shlex.quote(sys.executable)} -m gazepress build --quiet"
    click.echo(format_schedule(make_schedule(newsroom), shape, build=build, width=screen_width()), nl=False)
    return status
