"""The command ``gazepress export``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.options import now_option, open_newsroom, site_option

if TYPE_CHECKING:
    from gazepress.desk.export import Format


@click.command("export")
@site_option
@now_option
@click.option(
    "--format", "shape", type=click.Choice(["ndjson", "csv"]), default="ndjson", help="For programs or spreadsheets."
)
@click.option("--text", is_flag=True, help="With whole texts, without markup.")
@click.option("--drafts", is_flag=True, help="With what is held back, marked.")
def command(*, site: Path, now: str | None, shape: "Format", text: bool, drafts: bool) -> int:
    """Write the archive, the oldest article first: a line for each.

    The status is 1 where a text could not be read: then it is not among them.
    """
    from gazepress.desk.export import export_archive

    newsroom, status = open_newsroom(site, now, drafts=drafts)
    for line in export_archive(newsroom, shape, text=text):
        click.echo(line, nl=False)
    return status
