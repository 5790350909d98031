"""The command ``gazepress list``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.completing import complete_author, complete_section, complete_tag
from gazepress.cli.options import now_option, open_newsroom, screen_width, site_option
from gazepress.matter import Kind

if TYPE_CHECKING:
    from gazepress.desk.listing import Format


@click.command("list")
@site_option
@now_option
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="SECTION",
    shell_complete=complete_section,
    help="Of this section: its slug or its name.",
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", shell_complete=complete_tag, help="With this tag.")
@click.option(
    "--author", "authors", multiple=True, metavar="AUTHOR", shell_complete=complete_author, help="By this author."
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(map(str, Kind))), help="Of this kind.")
@click.option("--since", default="", metavar="TIME", help="Of this time or later.")
@click.option("--until", default="", metavar="TIME", help="Before this time; a day alone counts as a whole.")
@click.option("--held/--published", default=None, help="Only what is held back, or only what is public.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "csv", "paths"]),
    default="table",
    help="For people, programs, spreadsheets, or a pipe.",
)
def command(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    site: Path,
    now: str | None,
    sections: tuple[str, ...],
    tags: tuple[str, ...],
    authors: tuple[str, ...],
    kinds: tuple[str, ...],
    since: str,
    until: str,
    held: bool | None,
    shape: "Format",
) -> int:
    """List the articles that fit, newest first, what is held back among them.

    Section, tag, author and kind can be given several times: an article fits by one of each.
    """
    from gazepress.build import WrongUseError
    from gazepress.desk.listing import Asked, format_list, list_articles

    asked = Asked(sections, tags, authors, tuple(map(Kind, kinds)), since, until, held)
    newsroom, status = open_newsroom(site, now)
    try:
        rows = list_articles(newsroom, asked)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    click.echo(format_list(rows, shape, width=screen_width()), nl=False)
    if not rows:
        click.echo("no article fits", err=True)
    return status
