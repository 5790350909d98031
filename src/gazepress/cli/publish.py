"""The command ``gazepress publish``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.changing import change_sources, the_article, the_time, yes_option
from gazepress.cli.completing import complete_article
from gazepress.cli.options import now_option, site_option

if TYPE_CHECKING:
    from gazepress.desk.draft import Draft


@click.command("publish")
@click.argument("article", shell_complete=complete_article)
@click.option("--at", metavar="TIME", help="Hold it back until then, as an embargo. Default: the next build.")
@site_option
@now_option
@yes_option
def command(*, article: str, at: str | None, site: Path, now: str | None, yes: bool) -> int:
    """Publish an article that is held back: with the next build, or with the first one after a time.

    ARTICLE is a slug, a title, or the path of its file.
    """

    def plan(draft: "Draft") -> None:
        from gazepress.desk.notes import publish

        publish(draft, the_article(draft, article), the_time(draft, at) if at else None)

    return change_sources(site, now, plan, yes=yes, whole=False)
