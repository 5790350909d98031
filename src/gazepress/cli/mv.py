"""The command ``gazepress mv``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.changing import change_sources, the_text, yes_option
from gazepress.cli.completing import complete_movable
from gazepress.cli.options import now_option, site_option

if TYPE_CHECKING:
    from gazepress.desk.draft import Draft


@click.command("mv")
@click.argument("old", shell_complete=complete_movable)
@click.argument("new")
@site_option
@now_option
@yes_option
def command(*, old: str, new: str, site: Path, now: str | None, yes: bool) -> int:
    """Rename an article, page, author, tag or section; every reference follows, and old addresses still answer.

    OLD is an article's slug, title or file, the file of a page or author, or a name of its kind: tag:drones,
    section:industry, author:"Iryna Vyhadko". NEW is a path, another slug, or the new name.
    """

    def plan(draft: "Draft") -> None:
        from gazepress.desk.rename import move_text, rename_author, rename_section, rename_tag

        kinds = {"tag": rename_tag, "section": rename_section, "author": rename_author}
        kind, _, name = old.partition(":")
        if kind in kinds and name:
            kinds[kind](draft, name, new.removeprefix(f"{kind}:"))
        else:
            move_text(draft, the_text(draft, old), new)

    return change_sources(site, now, plan, yes=yes)
