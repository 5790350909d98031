"""The command ``gazepress related``."""

from pathlib import Path

import click

from gazepress.cli.completing import complete_article
from gazepress.cli.options import drafts_option, now_option, open_newsroom, site_option


@click.command("related")
@click.argument("article", shell_complete=complete_article)
@site_option
@now_option
@drafts_option
@click.option("--why", is_flag=True, help="Say what each related article shares with it, and how much that counts.")
def command(*, article: str, site: Path, now: str | None, drafts: bool, why: bool) -> int:
    """Say how an article hangs together with the others: references, storyline, related articles.

    ARTICLE is a slug, a title, or the path of its file.
    """
    from gazepress.desk.related import describe_article
    from gazepress.graph_export import find_article

    newsroom, status = open_newsroom(site, now, drafts=drafts)
    found = find_article(newsroom.graph, article)
    if found.value is None:
        raise click.UsageError("\n".join(f"{one.message}\n{one.hint}".strip() for one in found.diagnostics))
    zone = newsroom.settings.zone
    click.echo(describe_article(newsroom.graph, found.value, zone=zone, why=why), nl=False)
    return status
