"""The command ``gazepress build``."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.options import BUILT, FAILED, clock, console_for, drafts_option, now_option, site_option

if TYPE_CHECKING:
    from gazepress.build import BuildResult
    from gazepress.console import Console


@click.command("build")
@site_option
@click.option("--output", type=click.Path(path_type=Path), help="Where the site is written. Default: public/.")
@now_option
@drafts_option
@click.option(
    "--accept-lost",
    multiple=True,
    metavar="ADDRESS",
    help="Let go of an address that was published, for good. May be given several times.",
)
@click.option("--strict", is_flag=True, help="Let warnings stop the build too.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other files.")
@click.option("--no-cache", is_flag=True, help="Build without what earlier builds have left in .gazepress/.")
@click.option("--verify", is_flag=True, help="Compare every byte of the output, and mend what was changed in it.")
@click.option(
    "--checksums",
    is_flag=True,
    help="Write SHA-256 checksums of all files, and a record of the build, beside the output.",
)
@click.option("--no-wait", is_flag=True, help="Stop at once if another build of this site is running.")
@click.option(
    "--profile", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write what took how long."
)
@click.option("--jobs", type=click.IntRange(1), help="How many processes work. Default: one for each core.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How results are told.")
@click.option("--verbose", is_flag=True, help="Tell all notes, seconds per stage and the slowest templates.")
@click.option("--quiet", is_flag=True, help="Tell errors only.")
def command(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    site: Path,
    output: Path | None,
    now: str | None,
    drafts: bool,
    accept_lost: tuple[str, ...],
    strict: bool,
    force: bool,
    no_cache: bool,
    verify: bool,
    checksums: bool,
    no_wait: bool,
    profile: Path | None,
    jobs: int | None,
    shape: str,
    verbose: bool,
    quiet: bool,
) -> int:
    """Build the site, or say every reason why not.

    Nothing is written while there are errors: the site from the last build stays as it was.
    """
    from gazepress.build import BuildOptions, WrongUseError, build
    from gazepress.console import ProgressBar, build_as_json, profile_as_json
    from gazepress.pool import available_cores

    if verbose and quiet:
        raise click.UsageError("--verbose and --quiet exclude each other")
    if accept_lost and (drafts or now is not None):
        raise click.UsageError("--accept-lost is for the build that publishes: not with --drafts or --now")
    start = time.monotonic()
    options = BuildOptions(
        site=site,
        now=clock() if now is None else now,
        jobs=jobs or available_cores(),
        output=output,
        drafts=drafts,
        strict=strict,
        force=force,
        cache=not no_cache,
        verify=verify,
        wait=not no_wait,
        record=now is None and not drafts,
        accept_lost=accept_lost,
    )
    console = console_for(sys.stdout, sys.stderr, quiet=quiet, verbose=verbose)
    progress = ProgressBar(shown=sys.stderr.isatty() and not quiet and shape == "text")
    try:
        result = build(options, progress, waiting=console.say_waiting)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    finally:
        progress.close()
    failed = result.published is None
    if profile is not None:
        try:
            profile.write_text(profile_as_json(result) + "\n", "utf-8")
        except OSError as error:
            raise click.FileError(str(profile), error.strerror) from error
    if shape == "json":
        click.echo(build_as_json(result, failed=failed))
    else:
        console.show_build(result, site, time.monotonic() - start, failed=failed)
    return FAILED if failed or (checksums and not _vouch(result, console)) else BUILT


def _vouch(result: "BuildResult", console: "Console") -> bool:
    """Write the checksums of what was built; tell whether all of it is as it was built."""
    from gazepress.checksums import vouch

    try:
        altered = vouch(result)
    except OSError as error:
        raise click.FileError(str(error.filename), error.strerror) from error
    if altered:
        more = f" and {len(altered) - 1} more" if altered[1:] else ""
        console.warn(
            f"no checksums: {altered[0]}{more} in {result.output} is not as it was built; add --verify to mend it"
        )
    return not altered
