"""The command ``gazepress correct``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.changing import change_sources, the_article, the_time, yes_option
from gazepress.cli.completing import complete_article
from gazepress.cli.options import now_option, site_option

if TYPE_CHECKING:
    from gazepress.desk.draft import Draft

_KINDS = ("correction", "clarification", "editors-note", "update", "retraction")


@click.command("correct")
@click.argument("article", shell_complete=complete_article)
@click.option("--text", prompt="What was wrong, and what is right?", help="What was wrong, and what is right.")
@click.option("--kind", type=click.Choice(_KINDS), default=_KINDS[0], help="What the note is. Default: correction.")
@click.option("--date", metavar="TIME", help="When it was made. Default: now.")
@site_option
@now_option
@yes_option
def command(  # noqa: PLR0913 - one parameter for each option of the command
    *, article: str, text: str, kind: str, date: str | None, site: Path, now: str | None, yes: bool
) -> int:
    """Add a note to a published article, and set ``updated`` so that feeds show it again.

    ARTICLE is a slug, a title, or the path of its file.
    """

    def plan(draft: "Draft") -> None:
        from gazepress.desk.draft import local_hour
        from gazepress.desk.notes import correct
        from gazepress.matter import CorrectionKind

        moment = the_time(draft, date) if date else local_hour(draft)
        correct(draft, the_article(draft, article), CorrectionKind(kind), text, moment)

    return change_sources(site, now, plan, yes=yes, whole=False)
