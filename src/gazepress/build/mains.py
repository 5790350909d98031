"""What of a page is known although it must be drawn anew? Its block ``main``, when only templates around it changed.

A new note in the foot of all pages leaves of each of them the larger part as it was. That part is read from the page
as it was published.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from gazepress.build.keys import template_keys
from gazepress.build.looking import Look
from gazepress.build.printing import Drawn
from gazepress.build.prints import Print, fingerprints
from gazepress.build.remembered import KnownMain
from gazepress.build.run import Run
from gazepress.build.themes import KnownTheme
from gazepress.stages.publish import read_part

_WORTH_KNOWING = 64
"""Fewer pages are sooner drawn than looked up, since what is known of all pages is one record."""


class Mains(Struct, frozen=True):
    """By path, of what the block of each page that is to be drawn is made, and those that published pages hold."""

    made_of: Mapping[str, str] = {}
    known: Mapping[str, KnownMain] = {}


def find_mains(run: Run, theme: KnownTheme, prints: Sequence[Print], texts: Mapping[str, str], look: Look) -> Mains:
    """Return what is known of the pages among ``prints``, which are to be drawn. ``texts``: path → key."""
    if len(prints) < _WORTH_KNOWING:
        return Mains()
    templates = template_keys(theme.digests, theme.mains)
    made_of = fingerprints([one for one in prints if one.template in templates], texts, templates)
    known = run.store.load(_record(run), dict[str, KnownMain]) or {}
    before = look.before
    return Mains(
        made_of,
        {path: one for path, one in known.items() if path in look.whole and before[path].digest == one.page},
    )


def published_main(run: Run, mains: Mains, look: Look) -> Callable[[str], str | None]:
    """Return the function that gives by path the block of a published page, where the new page has the same."""
    same = {path: one.place for path, one in mains.known.items() if mains.made_of.get(path) == one.made_of}

    def read(path: str) -> str | None:
        if path not in same:
            return None
        part = read_part(run.output, path, *same[path], look.whole[path])
        return None if part is None else part.decode()

    return read


def remember_mains(run: Run, mains: Mains, drawn: Sequence[Drawn]) -> None:
    """Remember which blocks pages hold and where: those that were ``drawn``, and others that are as before."""
    if not mains.made_of:
        return
    known = {path: one for path, one in mains.known.items() if path not in mains.made_of}
    for one in drawn:
        if one.main is not None:
            known[one.path] = KnownMain(mains.made_of[one.path], one.staged[0].digest, one.main)
    run.store.save(_record(run), known)


def _record(run: Run) -> str:
    return f"mains-{run.name}"
