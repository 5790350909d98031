"""The command ``gazepress why``."""

from pathlib import Path

import click

from gazepress.cli.options import BUILT, clock, drafts_option, site_option


@click.command("why")
@click.argument("address")
@site_option
@click.option("--output", type=click.Path(path_type=Path), help="The folder that the site was written to.")
@drafts_option
def command(*, address: str, site: Path, output: Path | None, drafts: bool) -> int:
    """Say why the last build made an output anew, or did not.

    ADDRESS is a full address, a path of the site, or a file below the output folder.
    """
    from gazepress.build import BuildOptions, WrongUseError
    from gazepress.console import describe_explanation
    from gazepress.why import explain

    options = BuildOptions(site=site, now=clock(), jobs=1, output=output, drafts=drafts)
    try:
        click.echo(describe_explanation(explain(options, address)))
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    return BUILT
