"""The site is made: its texts are read, its plan is made, its pages are drawn, and what differs is published."""

from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec.structs import replace

from gazepress.build.addresses import lists_gone, read_addresses, take_back, write_addresses
from gazepress.build.editions import load_edition, load_plan, load_related, remember
from gazepress.build.keys import inputs_key, plan_key, sources_key, template_keys
from gazepress.build.log import Log
from gazepress.build.looking import Found, Look
from gazepress.build.mains import find_mains, published_main, remember_mains
from gazepress.build.newsroom import Newsroom
from gazepress.build.outcome import result_of
from gazepress.build.packed import KnownPlan, forms_in, pack, unpack
from gazepress.build.pictures import keep_forms, look_at_pictures
from gazepress.build.pressing import press
from gazepress.build.printing import Drawn, Work, divide, make_drawer, mended, once_a_place, prints_beside
from gazepress.build.prints import fingerprints
from gazepress.build.program import program_digest
from gazepress.build.reading import TEXTS, Library, other_files
from gazepress.build.remembered import Edition, Made
from gazepress.build.run import OF_THE_HOUR, BuildResult, Run
from gazepress.build.themes import KnownTheme, examine_theme, read_sheets, read_site_theme, theme_files
from gazepress.build.wordings import changed_silently, remember_wordings
from gazepress.diagnostics import Checked, Diagnostic
from gazepress.model import Graph, Plan, outlines_of
from gazepress.outlines import CopyOutline, ImageOutline
from gazepress.published import Kept
from gazepress.sources import SourceFile
from gazepress.stages.publish import Stage, Wanted, check_output, publish


def make_site(run: Run, found: Found, tell: Callable[[BuildResult], None]) -> BuildResult:
    """Return what came of a build of what was found; ``tell`` gets it before it is written down for the next one."""
    log, files, edition, look = run.log, found.files, found.edition, found.look
    sources, inputs = found.sources, found.inputs
    asked = run.options
    log.add(check_output(run.output, run.options.site, force=run.options.force or look.by_us))
    library = read_texts(run, files)
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


def read_texts(run: Run, files: Sequence[SourceFile]) -> Library:
    """Return what all texts say."""
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
            choose=lambda related, articles: run.log.map("graph", related, articles, articles),
        )
        remember_names(run, graph.value)
    run.log.add(graph.diagnostics)
    run.log.set_aside({held.path for held in graph.value.held})
    return graph


def examine(run: Run, files: tuple[SourceFile, ...]) -> Checked[Newsroom]:
    """Return all texts, also those held back, and what a build would find before it draws a page."""
    library = read_texts(run, files)
    examine_theme(run, files)
    _make_plan(run, files, library, load_edition(run))
    library.save()
    everything = replace(run, options=replace(run.options, drafts=True), log=Log(jobs=run.options.jobs))
    return Checked(newsroom(everything, files, library), run.log.diagnostics())


def newsroom(run: Run, files: tuple[SourceFile, ...], library: Library) -> Newsroom:
    """Return what the texts say together, for the tools of editors."""
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

        templates = read_site_theme(run.options.site, files, theme.templates).value
        render = make_render(templates, run.settings, theme.mains)
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
