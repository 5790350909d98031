"""Problems are values of a closed list of codes, each of which is in use."""

import re
from pathlib import Path

import pytest

import gazepress
from gazepress.diagnostics import CODES, Severity, problem, sort_key

PACKAGE = Path(gazepress.__file__).parent
FILES = [file for file in sorted(PACKAGE.rglob("*.py")) if file.name != "diagnostics.py"]
SOURCE = "\n".join(file.read_text("utf-8") for file in FILES)


def test_a_problem_has_the_severity_of_its_code_unless_another_is_given():
    assert problem("unknown-key", "m").severity is Severity.WARNING
    assert problem("unknown-key", "m", severity=Severity.ERROR).severity is Severity.ERROR


def test_a_code_that_is_not_in_the_list_cannot_be_used():
    with pytest.raises(KeyError):
        problem("no-such-code", "m")


def test_a_problem_is_moved_to_a_file_and_keeps_all_else():
    found = problem("wrong-value", "m", line=3, column=4, hint="h")
    moved = found.at("content/a.md")
    assert (moved.path, moved.line, moved.column, moved.hint) == ("content/a.md", 3, 4, "h")
    assert found.path == ""


def test_problems_are_ordered_by_file_then_place():
    places = [("b.md", 1, 1), ("a.md", 2, 1), ("a.md", 10, 1), ("a.md", 2, 9), ("", 0, 0)]
    found = [problem("wrong-value", "m", path=path, line=line, column=column) for path, line, column in places]
    ordered = [(one.path, one.line, one.column) for one in sorted(found, key=sort_key)]
    assert ordered == sorted(places)


@pytest.mark.parametrize("code", CODES)
def test_every_code_says_in_sentences_what_it_means_and_how_it_is_mended(code):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    for sentence in (CODES[code].meaning, CODES[code].mend):
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_every_code_that_is_used_is_in_the_list():
    used = set(re.findall(r'\b(?:problem|report)\(\s*(?:\w+,\s*)?"([a-z-]+)"', SOURCE))
    assert used
    assert used <= set(CODES)


def test_every_code_of_the_list_is_used():
    strings = set(re.findall(r'"([a-z-]+)"', SOURCE))
    assert set(CODES) - strings == set()
