"""The pipeline: files → sources → documents → graph → plan → views → bytes → the published site.

This is the only file that knows the order of the stages and what is remembered of them. Heavy modules are imported by
the step that needs them: a build in which nothing has changed needs none.
"""

import gc
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from gazepress.build.addresses import lists_gone, read_addresses, records, take_back, write_addresses
from gazepress.build.editions import load_edition, load_plan, load_related, remember
from gazepress.build.keys import fingerprints, inputs_key, plan_key, sources_key, template_keys
from gazepress.build.lock import BusyError, only_builder
from gazepress.build.log import Log, Progress
from gazepress.build.mains import find_mains, published_main, remember_mains
from gazepress.build.newsroom import Newsroom, Visit
from gazepress.build.outcome import nothing_changed, result_of
from gazepress.build.packed import forms_in, pack, unpack
from gazepress.build.pictures import keep_forms, look_at_pictures
from gazepress.build.pressing import press
from gazepress.build.printing import (
    Drawn,
    Look,
    Work,
    divide,
    look_at,
    make_drawer,
    mended,
    once_a_place,
    prints_beside,
)
from gazepress.build.program import program_digest
from gazepress.build.reading import TEXTS, Library, other_files
from gazepress.build.remembered import Edition, KnownFiles, KnownPlan, KnownTheme, Made, Printed
from gazepress.build.run import OF_THE_HOUR, BuildOptions, BuildResult, Run, WrongUseError, in_a_run
from gazepress.build.store import Memory
from gazepress.build.themes import examine_theme, read_sheets, read_site_theme, theme_files
from gazepress.build.wordings import changed_silently, remember_wordings
from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.digest import digest_record
from gazepress.documents import SourceFile, Stamp
from gazepress.model import Graph, Kept, Plan, outlines_of
from gazepress.outlines import CopyOutline, ImageOutline
from gazepress.stages.discover import discover
from gazepress.stages.publish import Stage, Wanted, check_output, publish, published_digests

__all__ = ["BuildOptions", "BuildResult", "Memory", "Newsroom", "Visit", "WrongUseError", "build", "read_site", "visit"]

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


def read_site(options: BuildOptions) -> Checked[Newsroom | None]:
    """Return what the texts of a site say, without building it; None if the settings cannot be read.

    What is held back is in its graph where ``options`` ask for drafts. Raises WrongUseError when the folder is no site
    or ``now`` is no time.
    """

    def read(run: Run) -> Newsroom:
        files = _discover(run)
        library = _read_texts(run, files)
        library.save()
        return _newsroom(run, files, library)

    return _among_builds(options, read)


def visit(options: BuildOptions, look: Callable[[Visit], R]) -> Checked[R | None]:
    """Return what ``look`` makes of a site, and what went wrong before it was asked; None without settings.

    Raises WrongUseError when the folder is no site or ``now`` is no time.
    """

    def step(run: Run) -> R:
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
    log, edition = run.log, load_edition(run)
    files = _discover(run)
    asked = run.options
    sources = sources_key(run.settings_digest, files)
    inputs = inputs_key(sources, drafts=asked.drafts, old_search=asked.old_search)
    look = _look(run, edition)
    is_recorded = not run.options.accept_lost and not (edition and edition.unrecorded and records(run))
    if edition and edition.inputs == inputs and edition.holds(run.as_of) and look.is_as_left and is_recorded:
        return replace(nothing_changed(run, edition, look), sources=sources)
    log.add(check_output(run.output, run.options.site, force=run.options.force or look.by_us))
    library = _read_texts(run, files)
    theme = examine_theme(run, files)
    known = _make_plan(run, files, library, edition)
    library.save()
    if log.failed():
        return result_of(run, library, known)
    plan = unpack(known.plan)
    templates = template_keys(theme.digests, theme.closures)
    prints = fingerprints(known.prints, library.keys, templates)
    work = divide(asked.site, plan, known.prints, prints, look, old_search=asked.old_search)
    seen = look.seen
    stage = Stage(run.output, seen.folders)
    try:
        drawn = _draw(run, files, library, theme, plan, known, work, look, stage)
        wanted: tuple[Wanted, ...] = (*work.kept, *work.copies, *(staged for one in drawn for staged in one.staged))
        prints |= prints_beside(known.prints, prints, wanted)
        wanted, prints = press(run, wanted, prints, look, stage)
    except BaseException:  # an interrupt, too, leaves the output as it was
        stage.abandon()
        raise
    if log.failed():
        stage.abandon()
        return result_of(run, library, known, drawn)
    with log.stage("publish"):
        lock = log.take(write_addresses(run, files, known.plan.unrecorded))
        published = log.take(publish(run.output, wanted, force=run.options.force, seen=seen))
    if published is None:
        take_back(run, lock)
        stage.abandon()
        return result_of(run, library, known, drawn)
    if lock is not None:  # the next build finds the lock as it is now
        sources = sources_key(run.settings_digest, lock.files)
        inputs = inputs_key(sources, drafts=asked.drafts, old_search=asked.old_search)
        key = _plan_key(run, lock.files, library, known.told)
        known = replace(known, key=key, plan=replace(known.plan, unrecorded=()))
    lasting = tuple(one for one in log.diagnostics() if one.code not in OF_THE_HOUR)
    log.add((*mended(run.output, look, prints), *lists_gone(run, edition, published)))
    result = replace(result_of(run, library, known, drawn, published), sources=sources)
    tell(result)
    made = Made(
        as_of=run.as_of,
        program=program_digest(),
        plan=known.key,
        since=known.since,
        texts=library.keys,
        templates=theme.digests,
        closures=theme.closures,
        outputs=tuple(one.path for one in wanted if not isinstance(one, Kept)),
        mended=look.altered,
    )
    if edition is None or edition.plan != known.key:
        keep_forms(run, forms_in(plan, known.prints))
    remember(run, inputs, known, made, prints, wanted, look, replace(result, diagnostics=lasting))
    remember_wordings(run, library, known.plan.cards)
    return result


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


def _look(run: Run, edition: Edition | None) -> Look:
    """Look at what is in the output folder; without a memory of it only where all bytes are to be compared."""
    with run.log.stage("look"):
        every_byte = run.options.verify
        if edition is not None:
            return look_at(run.output, edition.files, edition.manifest, every_byte=every_byte)
        unknown = Stamp(0, 0, 0, 0)
        digests = published_digests(run.output) if every_byte else {}
        before = {path: Printed("", digest, unknown, run.as_of) for path, digest in digests.items()}
        return look_at(run.output, before, unknown if before else None, every_byte=every_byte)


def _read_texts(run: Run, files: Sequence[SourceFile]) -> Library:
    with run.log.stage("parse"):
        library = Library(run.options.site, run.settings, run.store)
        library.read(files, run.log.map)
    run.log.add(library.diagnostics)
    if library.unread:
        run.log.forgive_references()
    return library


def _make_plan(run: Run, files: Sequence[SourceFile], library: Library, edition: Edition | None) -> KnownPlan:
    log, given_up = run.log, run.options.accept_lost
    if (
        edition
        and edition.plan == _plan_key(run, files, library, edition.told, given_up)
        and edition.holds(run.as_of)
        and not library.unread
    ):
        with log.stage("plan"):
            known = load_plan(run, edition)
        if known is not None:
            log.add(known.diagnostics)
            log.set_aside({held.path for held in known.held})
            return known
    graph = _make_graph(run, files, library)
    from gazepress.stages.plan import make_plan, pictures_shown, style_sheets

    others = other_files(files)
    facts = look_at_pictures(run, pictures_shown(graph.value, others), others)
    with log.stage("plan"):
        static = (*others, *theme_files())
        sheets = log.take(read_sheets(run.options.site, style_sheets(static, run.settings)))
        recorded = log.take(read_addresses(run))
        plan = make_plan(graph.value, run.settings, static, facts, sheets, recorded)
        media = tuple(_unsound_media(plan.value, library))
    log.add((*plan.diagnostics, *media))
    diagnostics = (*graph.diagnostics, *plan.diagnostics, *media)
    told = tuple(sorted({one.path for one in diagnostics}))
    packed, prints = pack(plan.value)
    return KnownPlan(
        key=_plan_key(run, files, library, told, given_up),
        plan=packed,
        prints=prints,
        since=run.as_of,
        next_change=graph.value.next_change,
        held=graph.value.held,
        diagnostics=diagnostics,
        told=told,
        articles=len(graph.value.articles),
        related={key: graph.value.related[article] for article, key in graph.value.related_keys.items()},
    )


def _plan_key(
    run: Run, files: Sequence[SourceFile], library: Library, told: Collection[str], given_up: Sequence[str] = ()
) -> str:
    texts = library.document_keys(told)
    return plan_key(run.settings_digest, texts, other_files(files), run.options.drafts, given_up)


def _make_graph(run: Run, files: Sequence[SourceFile], library: Library) -> Checked[Graph]:
    with run.log.stage("graph"):
        from gazepress.build.naming import remember_names
        from gazepress.stages.graph import build_graph

        others = frozenset(file.path for file in files if file.kind not in TEXTS)
        graph = build_graph(
            library.documents(),
            run.settings,
            run.as_of,
            files=others,
            show_held=run.options.drafts,
            known_related=load_related(run),
        )
        remember_names(run, graph.value)
    run.log.add(graph.diagnostics)
    run.log.set_aside({held.path for held in graph.value.held})
    return graph


def _examine(run: Run, files: tuple[SourceFile, ...]) -> Checked[Newsroom]:
    """Return all texts, also those held back, and what a build would find before it draws a page."""
    library = _read_texts(run, files)
    examine_theme(run, files)
    _make_plan(run, files, library, load_edition(run))
    library.save()
    everything = replace(run, options=replace(run.options, drafts=True), log=Log(jobs=run.options.jobs))
    return Checked(_newsroom(everything, files, library), run.log.diagnostics())


def _newsroom(run: Run, files: tuple[SourceFile, ...], library: Library) -> Newsroom:
    from gazepress.stages.plan import text_paths

    graph = _make_graph(run, files, library).value
    _, paths = text_paths(run.settings, graph)
    silent = changed_silently(run, library)
    return Newsroom(run.options.site, run.settings, run.as_of, files, graph, paths, library, silent)


def _unsound_media(plan: Plan, library: Library) -> Iterator[Diagnostic]:
    """Yield what forbids to publish the pictures and documents that articles bring along."""
    files: Iterator[CopyOutline | ImageOutline] = outlines_of(plan.outputs, CopyOutline, ImageOutline)
    for outline in files:
        if outline.source.startswith("content/"):
            yield from library.unsound(outline.source, outline.digest)


def _draw(  # noqa: PLR0913, PLR0917 - drawing comes last, and needs what all the others have made
    run: Run,
    files: Sequence[SourceFile],
    library: Library,
    theme: KnownTheme,
    plan: Plan,
    known: KnownPlan,
    work: Work,
    look: Look,
    stage: Stage,
) -> list[Drawn]:
    if not work.drawn:
        return []
    with run.log.stage("render"):
        from gazepress.stages.render import make_render

        render = make_render(read_site_theme(run.options.site, files, theme.templates).value, run.settings)
        prints = [known.prints[at] for at in work.drawn]
        mains = find_mains(run, theme, prints, library.keys, look)
        draw = make_drawer(plan, library, render, stage, published_main(run, mains, look), keep=run.options.cache)
        drawn = run.log.map("render", draw, work.drawn, [one.path for one in prints])
    failures: list[Diagnostic] = []
    for one in drawn:
        failures += one.diagnostics
        run.log.templates.setdefault(one.template, []).append(one.seconds)
    run.log.add(once_a_place(failures))
    if not failures:
        remember_mains(run, mains, drawn)
    if any(one.damaged for one in drawn):
        run.store.found_damage = True
        library.forget()
    return drawn


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
