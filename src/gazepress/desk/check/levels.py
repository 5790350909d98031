"""How much does a finding weigh here? The settings and the front matter may say so, code by code."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase

from msgspec.structs import replace

from gazepress.desk.check.finding import Finding, as_finding
from gazepress.diagnostics import CODES, Severity, problem
from gazepress.documents import Document
from gazepress.located import Located
from gazepress.matter import Layout
from gazepress.settings import SETTINGS_FILE, CheckSettings, Level

Ignored = Mapping[str, tuple[Located, ...]]
"""Path of a text → the codes that its front matter silences."""


def weigh(
    findings: Iterable[Finding], checks: CheckSettings, ignored: Ignored, drafts: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Return the findings that are to be told, each as heavy as the settings want it; nothing in a draft is urgent.

    What stops the build stays an error, whatever anybody says.
    """
    silent = {path: {code.text for code in codes} for path, codes in ignored.items()}
    told = []
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.code in CODES:
            told.append(finding)
            continue
        level = _level(finding, checks)
        if level is Level.OFF or finding.code in silent.get(finding.path, ()):
            continue
        severity = Severity.NOTE if finding.path in drafts else Severity(level)
        told.append(finding if severity is finding.severity else replace(finding, severity=severity))
    return tuple(told)


def ignored_codes(documents: Mapping[str, Document]) -> Ignored:
    """Return the codes that the front matter of texts silences, of those that silence any."""
    matters = ((path, document.matter) for path, document in documents.items())
    return {path: matter.ignore for path, matter in matters if not isinstance(matter, Layout) and matter.ignore}


def unknown_in_texts(ignored: Ignored) -> Iterator[Finding]:
    """Yield the codes in front matter that nothing has."""
    known = _known_codes() if ignored else ()
    for path, codes in ignored.items():
        for code in codes:
            if code.text not in known:
                yield _unknown(code.text, path, code.line, code.column)


def unknown_in_settings(checks: CheckSettings, text: str) -> Iterator[Finding]:
    """Yield the codes in ``site.yaml``, which holds ``text``, that nothing has."""
    places: list[tuple[str, ...]] = [("severity", code) for code in checks.severity]
    places += [("paths", pattern, code) for pattern, codes in checks.paths.items() for code in codes]
    known = _known_codes() if places else ()
    for place in places:
        if place[-1] not in known:
            from gazepress.typed_yaml import place_of

            yield _unknown(place[-1], SETTINGS_FILE, *place_of(text, "checks", *place))


def _level(finding: Finding, checks: CheckSettings) -> Level:
    level = checks.severity.get(finding.code, Level(finding.severity))
    for pattern, levels in checks.paths.items():
        if finding.code in levels and _fits(finding.path, pattern):
            level = levels[finding.code]
    return level


def _fits(path: str, pattern: str) -> bool:
    return path.startswith(pattern) if pattern.endswith("/") else fnmatchcase(path, pattern)


def _known_codes() -> Collection[str]:
    from gazepress.desk.check.rules import RULES

    return CODES.keys() | {rule.code for rule in RULES}


def _unknown(code: str, path: str, line: int, column: int) -> Finding:
    from difflib import get_close_matches

    near = get_close_matches(code, sorted(_known_codes()), n=1)
    hint = f"did you mean {near[0]!r}?" if near else "docs/checks.md lists all codes"
    found = problem("check-unknown", f"there is no check {code!r}", path=path, line=line, column=column, hint=hint)
    return as_finding(found)
