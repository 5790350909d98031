"""The command ``gazepress verify``."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from gazepress.cli.options import BUILT, FAILED, clock, console_for, drafts_option, now_option, site_option


@click.command("verify")
@click.argument("place", type=click.Path(exists=True, path_type=Path))
@site_option
@now_option
@drafts_option
@click.option("--verbose", is_flag=True, help="Name every file that differs, and not only the first twenty of a kind.")
def command(*, place: Path, site: Path, now: str | None, drafts: bool, verbose: bool) -> int:
    """Say whether PLACE is what this source builds, and what in it is not.

    PLACE is a folder, or a list of SHA-256 checksums of files or of full addresses. The site is built in a temporary
    folder, as of the hour that the record beside PLACE tells.
    """
    from gazepress.build import BuildOptions, WrongUseError
    from gazepress.checksums import UnreadableListError, compare, read_record
    from gazepress.console import ProgressBar
    from gazepress.pool import available_cores

    record = read_record(place)
    hour = now or (record.as_of.isoformat() if record and record.as_of else clock())
    options = BuildOptions(site=site, now=hour, jobs=available_cores(), drafts=drafts)
    progress = ProgressBar(shown=sys.stderr.isatty())
    try:
        found = compare(options, place, progress)
    except (WrongUseError, UnreadableListError) as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.FileError(str(error.filename), error.strerror) from error
    finally:
        progress.close()
    console = console_for(sys.stdout, verbose=verbose)
    console.show_comparison(found, place, site)
    if found.result.as_of is not None and found.result.as_of > datetime.now(UTC):
        console.warn("that hour is still to come: what is held back until then counts as published here")
    return BUILT if found.result.published is not None and found.is_equal else FAILED
