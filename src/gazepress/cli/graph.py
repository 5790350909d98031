"""The command ``gazepress graph``."""

from pathlib import Path
from typing import Literal

import click

from gazepress.cli.options import BUILT, FAILED, clock, drafts_option, now_option, shows_color, site_option


@click.command("graph")
@click.argument("article", required=False)
@site_option
@now_option
@drafts_option
@click.option(
    "--format", "shape", type=click.Choice(["json", "dot", "graphml"]), default="json", help="The format of the graph."
)
def command(
    *, article: str | None, site: Path, now: str | None, drafts: bool, shape: Literal["json", "dot", "graphml"]
) -> int:
    """Write the article graph; or, with ARTICLE, its links and why each related article was chosen.

    ARTICLE is a slug, a title, or the path of its file.
    """
    from gazepress.build import BuildOptions, WrongUseError, read_site
    from gazepress.console import Console
    from gazepress.graph_export import describe_article, export_graph, find_article
    from gazepress.pool import available_cores

    options = BuildOptions(site=site, now=clock() if now is None else now, jobs=available_cores(), drafts=drafts)
    try:
        checked = read_site(options)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    errors = [found for found in checked.diagnostics if found.severity == "error"]
    Console(quiet=False, verbose=False, color=shows_color()).show_problems(errors, site)
    if errors or checked.value is None:
        return FAILED
    if article is None:
        click.echo(export_graph(checked.value.graph, shape), nl=False)
        return BUILT
    found = find_article(checked.value.graph, article)
    if found.value is None:
        raise click.UsageError("\n".join(f"{one.message}\n{one.hint}".strip() for one in found.diagnostics))
    click.echo(describe_article(checked.value.graph, found.value), nl=False)
    return BUILT
