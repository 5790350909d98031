"""What do published articles no longer say that readers were told? It is remembered how each was worded.

It counts how an article was worded in the build that first published it, and again whenever `updated:` or a
correction has told readers of a change. Only builds into the site's own output folder count, so that nothing is known
of what changed before there was a folder `.gazepress/`, or when another version of the program made it.
"""

from collections.abc import Collection

from gazepress.build.reading import Library
from gazepress.build.remembered import KnownWordings, Wording
from gazepress.build.run import Run

_WORDINGS = "wordings"  # the name of the record


def remember_wordings(run: Run, library: Library, published: Collection[str]) -> None:
    """Remember how the articles in the files ``published`` are worded, unless that is a change that nobody was told."""
    if run.options.drafts or run.output != run.options.site / run.settings.output:
        return
    before, now = _remembered(run, library), library.wordings
    others = [path for path in published if before.get(path) != now[path]]
    silent = {path: before[path] for path in others if _is_silent(before.get(path), now[path])}
    if len(silent) < len(others) or len(before) > len(published):
        after = {path: silent.get(path, now[path]) for path in sorted(published)}
        run.store.save(_WORDINGS, KnownWordings(library.reading, after))


def changed_silently(run: Run, library: Library) -> frozenset[str]:
    """Return the files of published articles whose words have changed, though nothing in them says so."""
    before, now = _remembered(run, library), library.wordings
    return frozenset(path for path in before if path in now and _is_silent(before[path], now[path]))


def _remembered(run: Run, library: Library) -> dict[str, Wording]:
    known = run.store.load(_WORDINGS, KnownWordings)
    return known.wordings if known is not None and known.reading == library.reading else {}


def _is_silent(before: Wording | None, now: Wording) -> bool:
    return before is not None and before.told == now.told and before.said != now.said
