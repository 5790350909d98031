"""How a build that has published something is remembered: by the next one, and for who asks why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gazepress.build.looking import Look
from gazepress.build.remembered import Edition, Made, Printed
from gazepress.build.run import BuildResult, Run
from gazepress.published import Kept
from gazepress.stages.publish import Wanted, manifest_stamp, survey

if TYPE_CHECKING:
    from gazepress.build.packed import KnownPlan

_OUTPUTS_REMEMBERED = 8


def load_edition(run: Run) -> Edition | None:
    """Return what is remembered of the last build into the run's output folder."""
    return run.store.load(f"edition-{run.name}", Edition)


def load_plan(run: Run, edition: Edition) -> "KnownPlan | None":
    """Return the plan of an edition: the same texts give other plans before and after an embargo ends."""
    from gazepress.build.packed import KnownPlan

    known = run.store.load(f"plan-{run.name}", KnownPlan)
    return known if known is not None and (known.key, known.since) == (edition.plan, edition.since) else None


def load_related(run: Run) -> dict[str, tuple[str, ...]]:
    """Return the related articles that earlier builds have chosen, by the keys of the choices."""
    return run.store.load(f"related-{run.name}", dict[str, tuple[str, ...]]) or {}


def remember(  # noqa: PLR0913, PLR0917 - all that makes a build
    run: Run,
    inputs: str,
    known: "KnownPlan",
    made: Made,
    prints: Mapping[str, str],
    wanted: Sequence[Wanted],
    look: Look,
    result: BuildResult,
) -> None:
    """Remember a build that has published ``wanted``, made of what the fingerprints ``prints`` stand for."""
    manifest = manifest_stamp(run.output)
    if manifest is None:
        return
    doubtful = result.published.doubtful if result.published else ()
    files = dict(_printed(run, prints, wanted, look, doubtful))
    edition = Edition(
        inputs=inputs if len(files) == len(wanted) else "",  # the next build must look at it all again
        plan=known.key,
        told=known.told,
        since=known.since,
        next_change=known.next_change,
        files=files,
        manifest=manifest,
        diagnostics=result.diagnostics,
        held=result.held,
        counts=result.counts,
        unrecorded=bool(known.plan.unrecorded),
    )
    store, name = run.store, run.name
    last = store.load(f"made-{name}", Made)
    store.rename(f"made-{name}", f"before-made-{name}")
    if last is None or (last.plan, last.since) != (known.key, known.since):
        store.rename(f"plan-{name}", f"before-plan-{name}")
        store.save(f"plan-{name}", replace(known, related={}))
        store.save(f"related-{name}", known.related)
    store.save(f"made-{name}", made)
    store.save(f"edition-{name}", edition)
    for kind in ("plan", "related", "mains", "made", "edition", "before-plan", "before-made"):
        store.keep_newest(f"{kind}-", _OUTPUTS_REMEMBERED)


def refresh(run: Run, edition: Edition, look: Look) -> None:
    """Remember new stamps for files that are as they were, but have been copied or touched."""
    manifest = manifest_stamp(run.output)
    if manifest is None or (manifest == edition.manifest and not look.restamped):
        return
    fresh = {
        path: Printed(one.fingerprint, one.digest, look.whole[path], one.since) for path, one in edition.files.items()
    }
    run.store.save(f"edition-{run.name}", replace(edition, files=fresh, manifest=manifest))


def _printed(
    run: Run,
    prints: Mapping[str, str],
    wanted: Sequence[Wanted],
    look: Look,
    doubtful: Sequence[str],
) -> Iterator[tuple[str, Printed]]:
    written = survey(run.output, (one.path for one in wanted if not isinstance(one, Kept)))
    for one in wanted:
        path = one.path
        if path in doubtful:
            continue
        if isinstance(one, Kept):
            before = look.before[path]  # of an old search index the fingerprint is the old one, too
            yield path, before if path not in look.restamped else replace(before, stamp=look.restamped[path])
        elif path in written:
            yield path, Printed(prints[path], one.digest, written[path], run.as_of)
