"""The command ``gazepress check``."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.changing import offer_change, yes_option
from gazepress.cli.completing import complete_file
from gazepress.cli.options import BUILT, FAILED, clock, console_for, now_option, site_option

if TYPE_CHECKING:
    from gazepress.build import BuildOptions
    from gazepress.console import Console
    from gazepress.desk.check import Finding


@click.command("check")
@click.argument("paths", nargs=-1, shell_complete=complete_file)
@site_option
@now_option
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How findings are told: to people, programs, code scanners, or as annotations of GitHub Actions.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note"]),
    default="error",
    help="Exit with 1 from this severity up. Default: error.",
)
@click.option("--verbose", is_flag=True, help="Tell every finding, and not only the first ten of each kind.")
@click.option("--fix", is_flag=True, help="Show what can be mended at once as a diff, ask, mend it, and tell the rest.")
@yes_option
@click.option("--external", is_flag=True, help="Ask other sites too, politely, whether what is linked is still there.")
def command(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    paths: tuple[str, ...],
    site: Path,
    now: str | None,
    shape: str,
    fail_on: str,
    verbose: bool,
    fix: bool,
    yes: bool,
    external: bool,
) -> int:
    """Say all that a build would find, and what a copy chief would on top.

    With PATHS, files or folders of the site, only what is found there.
    """
    from gazepress.build import BuildOptions, WrongUseError
    from gazepress.desk.check import check_site
    from gazepress.desk.check.report import REPORTS, among, seen_from, weighs
    from gazepress.pool import available_cores

    folders = tuple(_in_site(path, site) for path in paths)
    options = BuildOptions(site=site, now=clock() if now is None else now, jobs=available_cores())
    console = console_for(sys.stdout, verbose=verbose or bool(paths))
    if fix and shape != "text":
        raise click.UsageError("--fix shows its changes as text")
    try:
        if fix and _mend(options, folders, console, yes=yes) == FAILED:
            return FAILED
        findings = among(check_site(options), folders)
        outside = among(_ask_others(options), folders) if external else ()
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    if shape == "text":
        console.show_check((*findings, *outside), site)
    else:
        from_here = Path(os.path.relpath(site.resolve())).as_posix()  # where build servers count paths from
        click.echo(REPORTS[shape](seen_from(from_here, (*findings, *outside))), nl=False)
    return FAILED if any(weighs(one, fail_on) for one in findings) else BUILT


def _ask_others(options: "BuildOptions") -> "tuple[Finding, ...]":
    """Return what is wrong with links to other sites; how far it has come is shown on a terminal."""
    from gazepress.console import ProgressBar
    from gazepress.desk.check.external import check_links

    progress = ProgressBar(shown=sys.stderr.isatty())
    try:
        return check_links(options, progress)
    finally:
        progress.close()


def _mend(options: "BuildOptions", folders: Sequence[str], console: "Console", *, yes: bool) -> int:
    """Mend what can be mended without a person, if the editor agrees, and return the exit status."""
    from gazepress.desk.check.mending import find_mends

    change = find_mends(options, folders)
    if not change.edits:
        console.say("there is nothing that can be mended without a person")
        return BUILT
    return offer_change(options.site, change, console, yes=yes)


def _in_site(path: str, site: Path) -> str:
    """Return a path from here, or else one from the site folder, as it counts from that; empty for the folder."""
    place = next((one for one in (Path(path), site / path) if one.exists()), None)
    if place is None:
        raise click.UsageError(f"there is no {path}")
    try:
        inside = place.resolve().relative_to(site.resolve()).as_posix()
    except ValueError as error:
        raise click.UsageError(f"{path} is not in the site {site.resolve()}") from error
    return "" if inside == "." else inside
