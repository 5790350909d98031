"""What can be mended at once of all that a check finds? Whatever rules are sure of, as one change of the sources."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from gazepress.build import BuildOptions, visit
from gazepress.build.newsroom import Visit
from gazepress.desk.check import Finding, findings_now
from gazepress.desk.check.report import among
from gazepress.desk.edits import Change, Edit


def find_mends(options: BuildOptions, folders: Sequence[str]) -> Change:
    """Return the change that mends what it can in the files and folders named, or in the whole site if none are.

    Raises WrongUseError when the folder is no site or ``now`` is no time.
    """

    def gather(site: Visit) -> Change:
        findings = choose(among(findings_now(site, options.jobs), folders))
        edits = tuple(edit for finding in findings for edit in finding.mend)
        paths = {edit.path for edit in edits}
        return Change(edits, seen={file.path: file.digest for file in site.files if file.path in paths})

    return visit(options, gather).value or Change()


def choose(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings whose mends can all be made together: of two that touch the same words only the first.

    Each is made as a whole or not at all.
    """
    taken: defaultdict[str, set[Edit]] = defaultdict(set)  # by file
    chosen = []
    for finding in findings:
        new = {edit for edit in finding.mend if edit not in taken[edit.path]}
        if finding.mend and not any(_meet(edit, other) for edit in new for other in taken[edit.path]):
            for edit in new:
                taken[edit.path].add(edit)
            chosen.append(finding)
    return tuple(chosen)


def _meet(one: Edit, other: Edit) -> bool:
    """Tell whether two edits touch the same words, or put something in at the same place."""
    if one.start == other.start:
        return True
    return one.start < other.end and other.start < one.end
