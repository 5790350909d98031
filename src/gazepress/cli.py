"""The command ``gazepress``: options are read, one function is called, its result becomes an exit status."""

import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, NoReturn

import click

from gazepress import __version__

BUILT, FAILED, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def run() -> NoReturn:
    """Be the program: run the command and end at once.

    Python would take down what was built record by record, which for a large archive takes longer than a small build.
    """
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else BUILT
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):
            stream.flush()
    os._exit(status)


def main() -> NoReturn:
    """Run the command. Exit status: 0 done, 1 the site has errors, 2 wrong use, 130 interrupted."""
    try:
        status = command.main(prog_name="gazepress", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; the output is as it was", err=True)
        status = INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone (`gazepress graph | head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = BUILT
    sys.exit(status if isinstance(status, int) else BUILT)


_site_option = click.option(
    "--site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The site's folder, which holds site.yaml. Default: the current one.",
)
_now_option = click.option(
    "--now",
    metavar="TIME",
    help="Build as at this time, such as '2026-03-09 14:30'. Default: SOURCE_DATE_EPOCH, else the clock.",
)
_drafts_option = click.option("--drafts", is_flag=True, help="Show what is held back, marked, in a folder of its own.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gazepress", message="%(prog)s %(version)s")
def command() -> None:
    """Turn a folder of Markdown reports into a news site and its feeds.

    Reports lie in content/articles/, the settings in site.yaml. Start with: gazepress build
    """


@command.command()
@_site_option
@click.option("--output", type=click.Path(path_type=Path), help="Where the site is written. Default: public/.")
@_now_option
@_drafts_option
@click.option("--strict", is_flag=True, help="Let warnings stop the build too.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other files.")
@click.option("--no-cache", is_flag=True, help="Build without what earlier builds have left in .gazepress/.")
@click.option("--verify", is_flag=True, help="Compare every byte of the output, and mend what was changed in it.")
@click.option("--no-wait", is_flag=True, help="Stop at once if another build of this site is running.")
@click.option(
    "--profile", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write what took how long."
)
@click.option("--jobs", type=click.IntRange(1), help="How many processes work. Default: one for each core.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How results are told.")
@click.option("--verbose", is_flag=True, help="Tell all notes, seconds per stage and the slowest templates.")
@click.option("--quiet", is_flag=True, help="Tell errors only.")
def build(  # noqa: PLR0913 - one parameter for each option of the command
    *,
    site: Path,
    output: Path | None,
    now: str | None,
    drafts: bool,
    strict: bool,
    force: bool,
    no_cache: bool,
    verify: bool,
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
    from gazepress.build import BuildOptions, WrongUseError
    from gazepress.build import build as build_site
    from gazepress.console import Console, ProgressBar, build_as_json, profile_as_json
    from gazepress.pool import available_cores

    if verbose and quiet:
        raise click.UsageError("--verbose and --quiet exclude each other")
    start = time.monotonic()
    options = BuildOptions(
        site=site,
        now=_clock() if now is None else now,
        jobs=jobs or available_cores(),
        output=output,
        drafts=drafts,
        strict=strict,
        force=force,
        cache=not no_cache,
        verify=verify,
        wait=not no_wait,
    )
    console = Console(quiet=quiet, verbose=verbose, color=_shows_color())
    progress = ProgressBar(shown=sys.stderr.isatty() and not quiet and shape == "text")
    try:
        result = build_site(options, progress, waiting=console.say_waiting)
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
    return FAILED if failed else BUILT


@command.command()
@click.argument("address")
@_site_option
@click.option("--output", type=click.Path(path_type=Path), help="The folder that the site was written to.")
@_drafts_option
def why(*, address: str, site: Path, output: Path | None, drafts: bool) -> int:
    """Say why the last build made an output anew, or did not.

    ADDRESS is a full address, a path of the site, or a file below the output folder.
    """
    from gazepress.build import BuildOptions, WrongUseError
    from gazepress.console import describe_explanation
    from gazepress.why import explain

    options = BuildOptions(site=site, now=_clock(), jobs=1, output=output, drafts=drafts)
    try:
        click.echo(describe_explanation(explain(options, address)))
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    return BUILT


@command.command()
@click.argument("article", required=False)
@_site_option
@_now_option
@_drafts_option
@click.option(
    "--format", "shape", type=click.Choice(["json", "dot", "graphml"]), default="json", help="The format of the graph."
)
def graph(
    *, article: str | None, site: Path, now: str | None, drafts: bool, shape: Literal["json", "dot", "graphml"]
) -> int:
    """Write the article graph; or, with ARTICLE, its links and why each related article was chosen.

    ARTICLE is a slug, a title, or the path of its file.
    """
    from gazepress.build import BuildOptions, WrongUseError, read_graph
    from gazepress.console import Console
    from gazepress.graph_export import describe_article, export_graph, find_article
    from gazepress.pool import available_cores

    options = BuildOptions(site=site, now=_clock() if now is None else now, jobs=available_cores(), drafts=drafts)
    try:
        checked = read_graph(options)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    errors = [found for found in checked.diagnostics if found.severity == "error"]
    Console(quiet=False, verbose=False, color=_shows_color()).show_problems(errors, site)
    if errors or checked.value is None:
        return FAILED
    if article is None:
        click.echo(export_graph(checked.value, shape), nl=False)
        return BUILT
    found = find_article(checked.value, article)
    if found.value is None:
        raise click.UsageError("\n".join(f"{one.message}\n{one.hint}".strip() for one in found.diagnostics))
    click.echo(describe_article(checked.value, found.value), nl=False)
    return BUILT


def _clock() -> str:
    """Return the time of this run: SOURCE_DATE_EPOCH (reproducible-builds.org) if it is set, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise click.UsageError(f"SOURCE_DATE_EPOCH cannot be {epoch!r}: it counts seconds since 1970") from error


def _shows_color() -> bool:
    """Tell whether to colour what is said about problems (no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
