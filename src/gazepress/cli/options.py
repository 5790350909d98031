"""What commands have in common: options, the time of a run, exit statuses."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from gazepress.build.newsroom import Newsroom
    from gazepress.console import Console

BUILT, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130

site_option = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The site's folder, which holds site.yaml. Default: the current one.",
)
now_option = click.option(
    "--now",
    metavar="TIME",
    help="Build as at this time, such as '2026-03-09 14:30'. Default: SOURCE_DATE_EPOCH, else the clock.",
)
drafts_option = click.option("--drafts", is_flag=True, help="Show what is held back, marked, in a folder of its own.")


def open_newsroom(site: Path, now: str | None, *, drafts: bool = True, errors: bool = True) -> tuple["Newsroom", int]:
    """Return what the texts of a site say, and the exit status of who goes by it: 1 where there are errors.

    What could be read is there all the same. ``drafts``: with what is held back. ``errors``: whether they are printed.
    Ends the command where nothing could be read, and raises click.UsageError where the folder is no site.
    """
    from gazepress.build import BuildOptions, WrongUseError, read_site
    from gazepress.pool import available_cores

    options = BuildOptions(site=site, now=clock() if now is None else now, jobs=available_cores(), drafts=drafts)
    try:
        checked = read_site(options)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    found = [one for one in checked.diagnostics if one.severity == "error"]
    if errors or checked.value is None:
        console_for(sys.stderr).show_problems(found, site)
    if checked.value is None:
        sys.exit(FAILED)
    return checked.value, FAILED if found else BUILT


def console_for(*streams: TextIO, quiet: bool = False, verbose: bool = False) -> "Console":
    """Return who speaks to these streams: plainly, and a message a line, unless a person sees all of them."""
    from gazepress.console import Console

    widths = [screen_width(stream) for stream in streams]
    seen = [width for width in widths if width is not None]
    return Console(
        quiet=quiet,
        verbose=verbose,
        color=all(map(shows_color, streams)),
        width=min(seen) if len(seen) == len(widths) else None,
    )


def screen_width(stream: TextIO | None = None) -> int | None:
    """Return the columns of the terminal that a stream goes to, by default the result, None where it goes elsewhere."""
    if not (stream or sys.stdout).isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def clock() -> str:
    """Return the time of this run: SOURCE_DATE_EPOCH (reproducible-builds.org) if it is set, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(f"SOURCE_DATE_EPOCH cannot be {epoch!r}: it counts seconds since 1970") from error


def shows_color(stream: TextIO | None = None) -> bool:
    """Tell whether to colour what goes to a stream (no-color.org), by default what is said about problems."""
    return (stream or sys.stderr).isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
