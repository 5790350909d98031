"""The command ``gazepress check``."""

import sys
from pathlib import Path

import click

from gazepress.cli.options import BUILT, FAILED, clock, now_option, shows_color, site_option


@click.command("check")
@click.argument("paths", nargs=-1)
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
def command(*, paths: tuple[str, ...], site: Path, now: str | None, shape: str, fail_on: str, verbose: bool) -> int:
    """Say all that a build would find, and what a copy chief would on top.

    With PATHS, files or folders of the site, only what is found there.
    """
    from gazepress.build import BuildOptions, WrongUseError
    from gazepress.console import Console
    from gazepress.desk.check import check_site
    from gazepress.desk.check.report import REPORTS, among, weighs
    from gazepress.pool import available_cores

    folders = tuple(_in_site(path, site) for path in paths)
    options = BuildOptions(site=site, now=clock() if now is None else now, jobs=available_cores())
    try:
        findings = among(check_site(options), folders)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    if shape == "text":
        console = Console(quiet=False, verbose=verbose or bool(paths), color=shows_color(sys.stdout))
        console.show_check(findings, site)
    else:
        click.echo(REPORTS[shape](findings), nl=False)
    return FAILED if any(weighs(one, fail_on) for one in findings) else BUILT


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
