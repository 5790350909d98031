"""The command ``gazepress serve``."""

import os
import sys
from pathlib import Path

import click

from gazepress.cli.options import BUILT, clock, console_for, now_option, site_option


@click.command("serve")
@site_option
@now_option
@click.option("--drafts/--no-drafts", default=True, help="Show what is held back, marked. Default: shown.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The next free one from here."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen. Others see what is held back.")
@click.option("--open", "opens", is_flag=True, help="Open the site in a browser.")
def command(*, site: Path, now: str | None, drafts: bool, port: int, host: str, opens: bool) -> int:
    """Show the site in a browser while you write: each save is seen at once.

    What is wrong stands in the page, above the last site that could be built. Nothing is written into the output
    folder. Ctrl-C ends it.
    """
    from gazepress.build import BuildResult, WrongUseError
    from gazepress.console import ProgressBar
    from gazepress.pool import available_cores
    from gazepress.serve import Events, PreviewOptions, is_local, preview

    console = console_for(sys.stdout, sys.stderr)
    progress = ProgressBar(shown=sys.stderr.isatty())
    last: BuildResult | None = None

    def serving(address: str) -> None:
        console.show_preview(address, is_public=not is_local(host), drafts=drafts)
        if opens:
            import webbrowser

            webbrowser.open(address)

    def built(result: BuildResult, seconds: float) -> None:
        nonlocal last
        progress.close()
        console.show_rebuild(result, site, seconds, last)
        last = result

    if now is None and os.environ.get("SOURCE_DATE_EPOCH"):
        now = clock()
    options = PreviewOptions(site, available_cores(), drafts=drafts, now=now or "", host=host, port=port)
    try:
        preview(options, Events(serving, built, console.say_waiting, progress))
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    finally:
        progress.close()
    return BUILT
