"""How findings are told to programs: JSON, SARIF 2.1.0 and annotations of GitHub Actions."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, FormatChecker

from gazepress.desk.check.finding import Finding
from gazepress.desk.check.report import among, as_github, as_json, as_sarif, seen_from, weighs
from gazepress.desk.edits import Edit
from gazepress.diagnostics import CODES, Severity

PATH = "content/articles/a b,c:ї.md"
LONG = Finding("headline-long", "too long", Severity.WARNING, "content/articles/one.md", 2, 8, "cut 45")
BROKEN = Finding("reference-unknown", "100% wrong\nreally", Severity.ERROR, PATH, 7, 0)
WHOLE = Finding("site-busy", "another build is running", Severity.NOTE)
MENDED = Finding(
    "tags-similar", "two tags", Severity.NOTE, PATH, 3, 4, mend=(Edit(PATH, 9, 12, "x"), Edit("site.yaml", 1, 1, "y"))
)
ALL = (LONG, BROKEN, WHOLE, MENDED)


def test_json_holds_every_finding_whole():
    document = json.loads(as_json(ALL))
    assert document["version"] == 1
    assert document["counts"] == {"error": 1, "warning": 1, "note": 2}
    assert document["findings"][0] == {
        "code": "headline-long",
        "message": "too long",
        "severity": "warning",
        "path": "content/articles/one.md",
        "line": 2,
        "column": 8,
        "hint": "cut 45",
        "mend": [],
    }
    assert document["findings"][3]["mend"][1] == {"path": "site.yaml", "start": 1, "end": 1, "new": "y"}


SCHEMA = Draft4Validator(
    json.loads((Path(__file__).parent / "schemas/sarif-2.1.0.json").read_bytes()), format_checker=FormatChecker()
)


def against_the_schema(log):
    return [f"{list(error.path)}: {error.message}" for error in SCHEMA.iter_errors(log)]


@pytest.mark.parametrize("findings", [(), ALL, [Finding(code, "x", Severity.NOTE) for code in CODES]])
def test_sarif_keeps_to_the_schema_of_the_standard(findings):
    assert against_the_schema(json.loads(as_sarif(findings))) == []


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ('"level": "warning"', '"level": "warn"'),
        ('"startLine": 2', '"startLine": 0'),
        ('"ruleIndex": 0', '"ruleIndex": "0"'),
        ('"deletedRegion"', '"deleted"'),
        ('"uri": "content/articles/one.md"', '"uri": "content/articles/a b.md"'),
        ('"columnKind": "unicodeCodePoints"', '"columnKind": "bytes"'),
    ],
)
def test_the_schema_tells_what_is_wrong(found, said):
    log = as_sarif(ALL)
    assert found in log
    assert against_the_schema(json.loads(log.replace(found, said)))


# What SARIF 2.1.0 asks of a log, by its sections: 3.13 sarifLog, 3.14 run, 3.19 toolComponent, 3.49
# reportingDescriptor, 3.27 result, 3.11 message, 3.29 physicalLocation, 3.30 region, 3.4 artifactLocation, 3.55 fix,
# 3.56 artifactChange, 3.57 replacement.


def test_sarif_has_what_the_standard_requires_of_a_log():
    log = json.loads(as_sarif(ALL))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "gazepress"
    rules = [rule["id"] for rule in driver["rules"]]
    assert len(rules) == len(set(rules))
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert {rule["defaultConfiguration"]["level"] for rule in driver["rules"]} <= {"error", "warning", "note"}
    for result, finding in zip(run["results"], ALL, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding.code
        assert result["level"] == finding.severity
        assert result["message"]["text"]


def test_sarif_names_places_as_relative_addresses_with_lines_from_one():
    results = json.loads(as_sarif(ALL))["runs"][0]["results"]
    places = [[one["physicalLocation"] for one in result["locations"]] for result in results]
    assert places[0] == [
        {"artifactLocation": {"uri": "content/articles/one.md"}, "region": {"startLine": 2, "startColumn": 8}}
    ]
    (broken,) = places[1]
    assert broken["artifactLocation"]["uri"].isascii()
    assert " " not in broken["artifactLocation"]["uri"]
    assert unquote(broken["artifactLocation"]["uri"]) == PATH
    assert broken["region"] == {"startLine": 7, "startColumn": 1}
    assert places[2] == []


def test_sarif_carries_the_mend_file_by_file():
    results = json.loads(as_sarif(ALL))["runs"][0]["results"]
    assert ["fixes" in result for result in results] == [False, False, False, True]
    changes = results[3]["fixes"][0]["artifactChanges"]
    assert [unquote(change["artifactLocation"]["uri"]) for change in changes] == [PATH, "site.yaml"]
    assert changes[0]["replacements"] == [
        {"deletedRegion": {"charOffset": 9, "charLength": 3}, "insertedContent": {"text": "x"}}
    ]


def test_every_code_can_be_told_in_sarif():
    from gazepress.desk.check.rules import RULES

    codes = [*CODES, *(rule.code for rule in RULES)]
    run = json.loads(as_sarif([Finding(code, "x", Severity.NOTE) for code in codes]))["runs"][0]
    assert sorted(codes) == [rule["id"] for rule in run["tool"]["driver"]["rules"]]


def test_annotations_of_github_escape_what_would_end_them():
    lines = as_github(ALL).splitlines()
    assert lines == [
        "::warning file=content/articles/one.md,line=2,col=8,title=headline-long::too long%0Acut 45",
        "::error file=content/articles/a b%2Cc%3Aї.md,line=7,title=reference-unknown::100%25 wrong%0Areally",
        "::notice title=site-busy::another build is running",
        "::notice file=content/articles/a b%2Cc%3Aї.md,line=3,col=4,title=tags-similar::two tags",
    ]


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        ((), ALL),
        (("",), ALL),
        (("content/articles",), (LONG, BROKEN, MENDED)),
        (("content/art",), ()),
        ((PATH,), ALL[1::2]),
    ],
)
def test_folders_are_taken_by_whole_names(folders, expected):
    assert among(ALL, folders) == expected


def test_a_severity_weighs_more_than_those_below_it():
    assert [[weighs(one, least) for one in ALL] for least in ("error", "warning", "note")] == [
        [False, True, False, False],
        [True, True, False, False],
        [True] * 4,
    ]


def test_paths_count_from_where_the_command_was_run():
    (seen,) = seen_from("news", [MENDED])
    assert (seen.path, [edit.path for edit in seen.mend]) == (f"news/{PATH}", [f"news/{PATH}", "news/site.yaml"])
    assert [one.path for one in seen_from("../news", [LONG, WHOLE])] == ["../news/content/articles/one.md", ""]
    assert seen_from(".", ALL) == ALL
