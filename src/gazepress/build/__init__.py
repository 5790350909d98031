"""The program in the order in which things happen: files are found, and a site is made of them if anything is new.

``making.py`` goes on where there is something to do. A build in which nothing has changed ends here, and loads neither
that nor anything that knows what pages show.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from gazepress.build.editions import load_edition
from gazepress.build.keys import inputs_key, sources_key
from gazepress.build.lock import BusyError, only_builder
from gazepress.build.log import Log, Progress
from gazepress.build.looking import Found, Look, looking_at
from gazepress.build.outcome import nothing_changed
from gazepress.build.remembered import Edition, KnownFiles
from gazepress.build.run import BuildOptions, BuildResult, Run, WrongUseError, in_a_run
from gazepress.build.store import Memory
from gazepress.diagnostics import Checked, problem
from gazepress.sources import SourceFile
from gazepress.stages.discover import discover

if TYPE_CHECKING:
    from gazepress.build.newsroom import Newsroom, Visit

__all__ = ["BuildOptions", "BuildResult", "Memory", "WrongUseError", "build", "read_site", "visit"]

R = TypeVar("R")


def build(
    options: BuildOptions,
    progress: Progress | None = None,
    waiting: Callable[[], None] = lambda: None,
    *,
    memory: Memory | None = None,
    published: Callable[[BuildResult], None] = lambda _: None,
) -> BuildResult:
    """Build a site, or find every reason why not; in that case the output folder stays as it was.

    ``waiting`` is called when another build of the site has to end first. Who builds a site again and again gives each
    build the same ``memory``, and may look at what was ``published`` while its build still writes down what the next
    one can use. Raises WrongUseError when the folder is no site or ``now`` is no time.
    """
    log = Log(jobs=options.jobs, strict=options.strict, progress=progress)
    result = None
    try:
        with _no_collector(), only_builder(options.site, wait=options.wait, waiting=waiting):
            result = in_a_run(options, log, partial(_build, tell=published), memory)
    except BusyError:
        log.add([problem("site-busy", "another build of this site is running", path=str(options.site.absolute()))])
    return result or BuildResult(options.output or options.site, log.diagnostics())


def read_site(options: BuildOptions) -> Checked["Newsroom | None"]:
    """Return what the texts of a site say, without building it; None if the settings cannot be read.

    What is held back is in its graph where ``options`` ask for drafts. Raises WrongUseError when the folder is no site
    or ``now`` is no time.
    """

    def read(run: Run) -> "Newsroom":
        from gazepress.build.making import newsroom, read_texts

        files = _discover(run)
        library = read_texts(run, files)
        library.save()
        return newsroom(run, files, library)

    return _among_builds(options, read)


def visit(options: BuildOptions, look: Callable[["Visit"], R]) -> Checked[R | None]:
    """Return what ``look`` makes of a site, and what went wrong before it was asked; None without settings.

    Raises WrongUseError when the folder is no site or ``now`` is no time.
    """

    def step(run: Run) -> R:
        from gazepress.build.newsroom import Visit
        from gazepress.digest import digest_record

        files = _discover(run)
        inputs = inputs_key(sources_key(run.settings_digest, files), drafts=run.options.drafts, old_search=False)
        inputs = digest_record((inputs, run.log.diagnostics()))  # what could not be read is no file
        return look(Visit(inputs, run.as_of, run.settings, files, run.store, lambda: _examine(run, files)))

    return _among_builds(options, step)


def _among_builds(options: BuildOptions, step: Callable[[Run], R]) -> Checked[R | None]:
    """Return what ``step`` makes of a site while nobody builds it."""
    log = Log(jobs=options.jobs, strict=options.strict, progress=None)
    with _no_collector(), only_builder(options.site, wait=True, waiting=lambda: None):
        made = in_a_run(options, log, step)
    return Checked(made, log.diagnostics())


def _build(run: Run, tell: Callable[[BuildResult], None]) -> BuildResult:
    asked, edition = run.options, load_edition(run)
    files, look = _discover_and_look(run, edition)
    sources = sources_key(run.settings_digest, files)
    inputs = inputs_key(sources, drafts=asked.drafts, old_search=asked.old_search)
    is_recorded = not asked.accept_lost and not (edition and edition.unrecorded and run.records)
    if edition and edition.inputs == inputs and edition.holds(run.as_of) and look.is_as_left and is_recorded:
        return replace(nothing_changed(run, edition, look), sources=sources)
    from gazepress.build.making import make_site

    return make_site(run, Found(files, sources, inputs, edition, look), tell)


def _examine(run: Run, files: tuple[SourceFile, ...]) -> "Checked[Newsroom]":
    from gazepress.build.making import examine

    return examine(run, files)


# ---------------------------------------------------------------------------------------------------- the steps


def _discover(run: Run) -> tuple[SourceFile, ...]:
    with run.log.stage("discover"):
        known = run.store.load("files", KnownFiles) or KnownFiles(())
        before = {file.path: file for file in known.files}
        output, clock = str(run.output.absolute()), time.time_ns()
        files = run.log.take(discover(run.options.site, output=output, clock=clock, known=before))
        if files != known.files:
            run.store.save("files", KnownFiles(files))
    return files


def _discover_and_look(run: Run, edition: Edition | None) -> tuple[tuple[SourceFile, ...], Look]:
    """Look at the sources and at the output; nearly all of both is waiting for the system, so it is done at once."""
    with looking_at(run, edition) as look:
        files = _discover(run)
        with run.log.stage("look"):
            return files, look()


@contextmanager
def _no_collector() -> Iterator[None]:
    """Keep the garbage collector away: records have no circles, and looking for some takes longer than the graph."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
