"""How are findings told to programs? As JSON, as SARIF 2.1.0, and as annotations of GitHub Actions."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from posixpath import normpath
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from gazepress import __version__
from gazepress.desk.check.finding import Finding
from gazepress.desk.edits import Edit
from gazepress.diagnostics import CODES, Severity

_WEIGHTS = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def among(findings: Iterable[Finding], folders: Sequence[str]) -> tuple[Finding, ...]:
    """Return the findings in one of the files or folders, which are named from the site folder; without any, all."""
    if not folders or "" in folders:
        return tuple(findings)
    return tuple(one for one in findings if any(one.path == at or one.path.startswith(f"{at}/") for at in folders))


def seen_from(folder: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with paths that count from where ``folder`` does, which is the site's."""
    if folder == ".":
        return tuple(findings)
    return tuple(
        replace(
            one,
            path=one.path and normpath(f"{folder}/{one.path}"),
            mend=tuple(edit.at(normpath(f"{folder}/{edit.path}")) for edit in one.mend),
        )
        for one in findings
    )


def weighs(finding: Finding, least: str) -> bool:
    """Tell whether a finding is at least as severe as ``least``: error, warning or note."""
    return _WEIGHTS.index(finding.severity) >= _WEIGHTS.index(Severity(least))


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as one JSON document; docs/checks.md gives its shape."""
    counts = Counter(one.severity for one in findings)
    told = {"version": 1, "counts": {one.value: counts[one] for one in Severity}, "findings": findings}
    return _json(told)


def as_sarif(findings: Sequence[Finding]) -> str:
    """Return the findings as a log of one run (SARIF 2.1.0, OASIS standard of 2020 with errata 01)."""
    codes = sorted({one.code for one in findings})
    driver = {"name": "gazepress", "semanticVersion": __version__, "rules": [_sarif_rule(code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(one, codes.index(one.code)) for one in findings],
    }
    return _json({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def as_github(findings: Sequence[Finding]) -> str:
    """Return the findings as workflow commands, one a line (GitHub Actions, “Workflow commands”)."""
    return "".join(map(_annotation, findings))


REPORTS: dict[str, Callable[[Sequence[Finding]], str]] = {"json": as_json, "sarif": as_sarif, "github": as_github}


def _json(document: object) -> str:
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def _sarif_rule(code: str) -> dict[str, Any]:
    from gazepress.desk.check.rules import RULES

    rule = CODES.get(code) or next(rule for rule in RULES if rule.code == code)
    return {
        "id": code,
        "shortDescription": {"text": rule.meaning},
        "help": {"text": rule.mend},
        "defaultConfiguration": {"level": rule.severity},
    }


def _sarif_result(finding: Finding, rule: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(finding.path)}
    if finding.line:
        place["region"] = {"startLine": finding.line, "startColumn": max(finding.column, 1)}
    result = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": f"{finding.message}\n{finding.hint}".strip()},
        "locations": [{"physicalLocation": place}] if finding.path else [],
    }
    return result | ({"fixes": [_sarif_fix(finding.mend)]} if finding.mend else {})


def _sarif_fix(mend: Sequence[Edit]) -> dict[str, Any]:
    changes = [
        {"artifactLocation": _artifact(path), "replacements": [_replacement(edit) for edit in edits]}
        for path, edits in groupby(sorted(mend, key=lambda edit: (edit.path, edit.start)), lambda edit: edit.path)
    ]
    return {"artifactChanges": changes}


def _replacement(edit: Edit) -> dict[str, Any]:
    region = {"charOffset": edit.start, "charLength": edit.end - edit.start}
    return {"deletedRegion": region, "insertedContent": {"text": edit.new}}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path)}


_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_ESCAPED = re.compile(r"[%\r\n]")
_ESCAPED_IN_PROPERTY = re.compile(r"[%\r\n:,]")


def _annotation(finding: Finding) -> str:
    properties = {"file": finding.path, "line": finding.line, "col": finding.column, "title": finding.code}
    shown = ",".join(
        f"{name}={_escape(str(value), _ESCAPED_IN_PROPERTY)}" for name, value in properties.items() if value
    )
    message = f"{finding.message}\n{finding.hint}".strip()
    return f"::{_LEVELS[finding.severity]} {shown}::{_escape(message, _ESCAPED)}\n"


def _escape(text: str, signs: re.Pattern[str]) -> str:
    return signs.sub(lambda sign: f"%{ord(sign[0]):02X}", text)
