"""The command ``gazepress retitle``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.changing import change_sources, the_article, yes_option
from gazepress.cli.completing import complete_article
from gazepress.cli.options import now_option, site_option

if TYPE_CHECKING:
    from gazepress.desk.draft import Draft


@click.command("retitle")
@click.argument("article", shell_complete=complete_article)
@click.argument("title")
@site_option
@now_option
@yes_option
def command(*, article: str, title: str, site: Path, now: str | None, yes: bool) -> int:
    """Give an article another headline; links and read-more lines that name it by the old one follow.

    ARTICLE is a slug, a title, or the path of its file. Its address stays.
    """

    def plan(draft: "Draft") -> None:
        from gazepress.desk.rename import retitle

        retitle(draft, the_article(draft, article), title)

    return change_sources(site, now, plan, yes=yes)
