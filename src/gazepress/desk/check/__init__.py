"""What would a good copy chief say of a site? All that a build finds, and then what the rules of the desk find.

The rules are listed in ``rules``. What they said of a text is remembered for as long as the text stays as it is, and
all that was said of a site for as long as nothing in it changes.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from gazepress.build import BuildOptions, visit
from gazepress.build.newsroom import Newsroom, Visit
from gazepress.desk.check.finding import Finding, as_finding
from gazepress.diagnostics import sort_key
from gazepress.settings import SETTINGS_FILE

__all__ = ["Finding", "check_site", "check_text", "findings_now"]

_SAID = "checked"  # name of the record


class _Said(Struct, frozen=True):
    """All that was said of a site, and until when that holds if nothing in the site changes."""

    inputs: str
    since: datetime
    next_change: datetime | None
    findings: tuple[Finding, ...]

    def holds(self, site: Visit) -> bool:
        return (
            self.inputs == site.inputs
            and self.since <= site.as_of
            and (self.next_change is None or site.as_of < self.next_change)
        )


def check_site(options: BuildOptions) -> tuple[Finding, ...]:
    """Return all that is wrong with a site: what the build finds comes first, each part in the order of the places.

    A site whose settings cannot be read has only the problems with them. Raises WrongUseError when the folder is no
    site or ``now`` is no time.
    """
    checked = visit(options, lambda site: findings_now(site, options.jobs))
    return tuple(map(as_finding, checked.diagnostics)) if checked.value is None else checked.value


def findings_now(site: Visit, jobs: int) -> tuple[Finding, ...]:
    """Return all that is wrong with a site that is visited, as it is known from the last check or found out now."""
    said = site.store.load(_SAID, _Said)
    if said is None or not said.holds(site):
        said = _say(site, jobs)
        site.store.save(_SAID, said)
    return said.findings


def check_text(newsroom: Newsroom, path: str, text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a text as it stands in an editor, in the order of the places.

    The text is looked at by itself: nothing is said here that depends on another file.
    """
    from gazepress.desk.check.levels import Ignored, ignored_codes, unknown_in_texts, weigh
    from gazepress.desk.check.looking import look_at_text
    from gazepress.stages.discover import kind_of
    from gazepress.stages.parse import parse

    data, kind, options = text.encode(), kind_of(path), newsroom.library.options
    parsed = parse(kind, data, options)
    found = [*map(as_finding, parsed.diagnostics)]
    ignored: Ignored = {}
    if parsed.value is not None:
        document = parsed.value.document
        found += look_at_text(data, document, options)
        ignored = ignored_codes({path: document})
        found += unknown_in_texts(ignored)
    located = (replace(one, path=path, mend=tuple(edit.at(path) for edit in one.mend)) for one in found)
    return _in_order(weigh(located, newsroom.settings.checks, ignored))


def _say(site: Visit, jobs: int) -> _Said:
    from gazepress.desk.check.levels import ignored_codes, unknown_in_settings, unknown_in_texts, weigh
    from gazepress.desk.check.looking import look_at_archive, look_at_texts

    examined = site.read()
    newsroom, checks = examined.value, site.settings.checks
    ignored = ignored_codes(newsroom.library.documents())
    of_the_desk = (
        *unknown_in_settings(checks, (newsroom.site / SETTINGS_FILE).read_text("utf-8-sig")),
        *unknown_in_texts(ignored),
        *look_at_texts(newsroom, site.store, jobs),
        *look_at_archive(newsroom),
    )
    found = (*map(as_finding, examined.diagnostics), *_in_order(of_the_desk))
    drafts = {held.path for held in newsroom.graph.held if held.until is None}
    return _Said(site.inputs, site.as_of, newsroom.graph.next_change, weigh(found, checks, ignored, drafts))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=sort_key))
