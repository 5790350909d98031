"""What came of a build, for who asked for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gazepress.build.editions import refresh
from gazepress.build.log import Counts, TemplateTime, slowest
from gazepress.build.looking import Look
from gazepress.build.remembered import Edition
from gazepress.build.run import CACHE, BuildResult, Run
from gazepress.diagnostics import problem
from gazepress.published import Held, Published

if TYPE_CHECKING:
    from gazepress.build.packed import KnownPlan
    from gazepress.build.printing import Drawn
    from gazepress.build.reading import Library


def nothing_changed(run: Run, edition: Edition, look: Look) -> BuildResult:
    """Return what came of a build that found everything as the last one left it."""
    run.log.add(edition.diagnostics)
    refresh(run, edition, look)
    texts = edition.counts.parsed + edition.counts.reused
    kept = None if run.log.failed() else Published((), (), len(edition.files))
    _tell_of_damage(run)
    return BuildResult(
        output=run.output,
        diagnostics=run.log.diagnostics(),
        published=kept,
        counts=replace(edition.counts, parsed=0, rendered=0, written=0, removed=0, reused=texts),
        held=_by_our_clocks(run, edition.held),
        next_change=run.local(edition.next_change),
        as_of=run.local(run.as_of),
        stages=tuple(run.log.stages),
    )


def result_of(
    run: Run,
    library: "Library",
    known: "KnownPlan",
    drawn: Sequence["Drawn"] = (),
    published: Published | None = None,
) -> BuildResult:
    """Return what came of a build; ``published`` is None where nothing was written."""
    from gazepress.build.prints import REDIRECT

    counts = Counts(
        articles=known.articles,
        pages=sum(1 for one in known.prints if one.template and one.kind != REDIRECT),
        outputs=len(known.prints),
        parsed=len(library.parsed),
        reused=len(library.keys) + len(library.unread) - len(library.parsed),
        rendered=len(drawn),
        written=len(published.written) if published else 0,
        removed=len(published.removed) if published else 0,
    )
    _tell_of_damage(run)
    return BuildResult(
        output=run.output,
        diagnostics=run.log.diagnostics(),
        published=published,
        counts=counts,
        held=_by_our_clocks(run, known.held),
        next_change=run.local(known.next_change),
        as_of=run.local(run.as_of),
        stages=tuple(run.log.stages),
        templates=tuple(
            TemplateTime(name, len(each), sum(each), max(each)) for name, each in run.log.templates.items()
        ),
        slowest_texts=slowest(library.parsed),
        slowest_outputs=slowest((one.path, one.seconds) for one in drawn),
    )


def _by_our_clocks(run: Run, held: Sequence[Held]) -> tuple[Held, ...]:
    return tuple(replace(one, until=run.local(one.until)) for one in held)


def _tell_of_damage(run: Run) -> None:
    if run.store.found_damage:
        message = "what earlier builds had left here could not be used, and was made anew"
        run.log.add([problem("cache-rebuilt", message, path=str(run.options.site / CACHE))])
