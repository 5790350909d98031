"""The command ``gazepress rm``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.changing import change_sources, the_article, yes_option
from gazepress.cli.completing import complete_article
from gazepress.cli.options import now_option, site_option

if TYPE_CHECKING:
    from gazepress.desk.draft import Draft


@click.command("rm")
@click.argument("article", shell_complete=complete_article)
@click.option("--retract", metavar="TEXT", help="Keep its address, and say there why it was taken back.")
@click.option(
    "--redirect",
    metavar="ARTICLE",
    shell_complete=complete_article,
    help="Lead its readers, and all references, to this article.",
)
@site_option
@now_option
@yes_option
def command(*, article: str, retract: str | None, redirect: str | None, site: Path, now: str | None, yes: bool) -> int:
    """Remove an article. One that was published is retracted, or another one takes its place.

    ARTICLE is a slug, a title, or the path of its file.
    """
    if retract and redirect:
        raise click.UsageError("--retract and --redirect exclude each other")

    def plan(draft: "Draft") -> None:
        from gazepress.desk.addresses import was_public
        from gazepress.desk.remove import remove, take_down

        file = the_article(draft, article)
        text, instead = retract, redirect
        if was_public(draft, file) and not (text or instead):
            text, instead = _ask()
        if text:
            take_down(draft, file, text)
        else:
            remove(draft, file, the_article(draft, instead) if instead else "")

    return change_sources(site, now, plan, yes=yes)


def _ask() -> tuple[str, str]:
    """Return the text of a retraction or the article to lead to; one of the two is empty."""
    if not sys.stdin.isatty():
        raise click.UsageError("this article was published: add --retract TEXT, or --redirect ARTICLE")
    click.echo("This article was published. Its readers and every link to it must find something.")
    if click.confirm("Does another article take its place?", default=False):
        return "", click.prompt("Which one? Its slug, title or file")
    return click.prompt("Why is it taken back? Readers will see this"), ""
