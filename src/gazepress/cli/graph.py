"""The command ``gazepress graph``."""

import sys
from pathlib import Path
from typing import Literal

import click

from gazepress.cli.options import BUILT, FAILED, clock, console_for, drafts_option, now_option, site_option


@click.command("graph")
@site_option
@now_option
@drafts_option
@click.option(
    "--format", "shape", type=click.Choice(["json", "dot", "graphml"]), default="json", help="The format of the graph."
)
def command(*, site: Path, now: str | None, drafts: bool, shape: Literal["json", "dot", "graphml"]) -> int:
    """Write the article graph, without building anything."""
    from gazepress.build import BuildOptions, WrongUseError, read_site
    from gazepress.graph_export import export_graph
    from gazepress.pool import available_cores

    options = BuildOptions(site=site, now=clock() if now is None else now, jobs=available_cores(), drafts=drafts)
    try:
        checked = read_site(options)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    errors = [found for found in checked.diagnostics if found.severity == "error"]
    console_for(sys.stderr).show_problems(errors, site)
    if errors or checked.value is None:
        return FAILED
    click.echo(export_graph(checked.value.graph, shape), nl=False)
    return BUILT
