"""The command ``gazepress new``."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import click

from gazepress.cli.completing import complete_author, complete_section
from gazepress.cli.options import BUILT, now_option, open_newsroom, site_option


@click.command("new")
@click.argument("headline")
@site_option
@now_option
@click.option(
    "--section",
    default="",
    metavar="SECTION",
    shell_complete=complete_section,
    help="Its slug or its name. Default: no section.",
)
@click.option(
    "--author",
    default="",
    metavar="AUTHOR",
    shell_complete=complete_author,
    help="Name or file. Default: who git says you are.",
)
@click.option("--date", default="", metavar="TIME", help="Default: now, in the site's timezone.")
@click.option("--slug", default="", metavar="SLUG", help="The name in its address. Default: made of the headline.")
def command(  # noqa: PLR0913 - one parameter for each option of the command
    *, headline: str, site: Path, now: str | None, section: str, author: str, date: str, slug: str
) -> int:
    """Begin an article: a file in the right place, its front matter filled, held back as a draft.

    On a terminal it is opened in your editor, which $VISUAL or $EDITOR names.
    """
    from gazepress.build import WrongUseError
    from gazepress.desk.new import Asked, plan_article, write_article
    from gazepress.desk.person import person_here

    newsroom, _ = open_newsroom(site, now, errors=False)
    try:
        article = plan_article(newsroom, Asked(headline, section, author, date, slug), person_here(site))
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    try:
        file = write_article(site, article)
    except OSError as error:
        raise click.FileError(str(site / article.path), error.strerror) from error
    click.echo(file)
    if not article.byline:
        click.echo("nobody in content/authors/ is you, as far as git knows; fill in `authors`", err=True)
    click.echo(f"a draft; when it is ready: gazepress publish {article.slug}", err=True)
    _edit(file)
    return BUILT


def _edit(file: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        subprocess.run([*shlex.split(editor), str(file)], check=False)  # noqa: S603 - what the user calls an editor
    except (OSError, ValueError) as error:
        click.echo(f"the editor {editor!r} cannot be run: {error}", err=True)
