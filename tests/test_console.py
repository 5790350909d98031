"""What is said, and how: to a terminal, a pipe, or a program."""

import io
import re
import sys

import pytest

from gazepress.console import Console
from gazepress.diagnostics import Severity, problem


def show(problems, folder, **options):
    settings = {"quiet": False, "verbose": False, "color": False, **options}
    Console(**settings).show_problems(problems, folder)


def test_a_problem_is_one_line_and_its_hint_another(capsys, tmp_path):
    show([problem("wrong-value", "no good", path="a.md", line=3, column=7, hint="do this")], tmp_path)
    assert capsys.readouterr().err == "a.md:3:7: wrong-value: no good\n  hint: do this\n"


def test_a_problem_of_a_whole_file_has_no_numbers(capsys, tmp_path):
    show([problem("unreadable", "it is locked", path="a.md")], tmp_path)
    assert capsys.readouterr().err == "a.md: unreadable: it is locked\n"


def test_warnings_and_notes_say_what_they_are(capsys, tmp_path):
    show([problem("unknown-key", "a"), problem("tags-similar", "b")], tmp_path)
    assert capsys.readouterr().err == "unknown-key: warning: a\ntags-similar: note: b\n"


def test_only_the_first_notes_are_shown(capsys, tmp_path):
    notes = [problem("tags-similar", f"note {number}") for number in range(12)]
    show(notes, tmp_path)
    assert capsys.readouterr().err.endswith("note: note 9\n… and 2 more notes; --verbose shows all\n")


def test_verbose_shows_all_notes_and_quiet_only_errors(capsys, tmp_path):
    found = [problem("tags-similar", f"note {number}") for number in range(12)]
    found.append(problem("encoding", "bad"))
    show(found, tmp_path, verbose=True)
    assert capsys.readouterr().err.count("\n") == 13
    show(found, tmp_path, quiet=True)
    assert capsys.readouterr().err == "encoding: bad\n"


@pytest.mark.parametrize(
    ("line", "column", "before"),
    [("plain text", 3, 2), ("日本語 text", 4, 6), ("a\u0301b", 3, 1), ("\tindented", 2, 1)],
    ids=["latin", "wide", "combining", "tab"],
)
def test_the_caret_stands_below_the_column(capsys, tmp_path, line, column, before):
    (tmp_path / "a.md").write_text(f"first\r\n{line}\r\n", "utf-8", newline="")
    show([problem("wrong-value", "x", path="a.md", line=2, column=column)], tmp_path, color=True, width=80)
    shown, below = capsys.readouterr().err.splitlines()[1:3]
    assert shown.endswith(line.replace("\t", " "))
    assert below.partition("│ \033[0m")[2] == " " * before + "^"


def test_a_terminal_without_colour_shows_the_line_as_well(capsys, tmp_path):
    (tmp_path / "a.md").write_text("one word", "utf-8")
    show([problem("wrong-value", "x", path="a.md", line=1, column=5)], tmp_path, width=80)
    assert capsys.readouterr().err == "a.md:1:5: wrong-value: x\n    1 │ one word\n      │     ^\n"


@pytest.mark.parametrize("line", ["---", ""])
def test_a_line_that_says_nothing_of_the_problem_is_not_shown(capsys, tmp_path, line):
    (tmp_path / "a.md").write_text(f"{line}\n", "utf-8")
    show([problem("missing-key", "x", path="a.md", line=1, column=1)], tmp_path, width=80)
    assert capsys.readouterr().err == "a.md:1:1: missing-key: x\n"


def test_a_terminal_breaks_no_word_and_a_pipe_no_line(capsys, tmp_path):
    found = problem("wrong-value", "a word that is too long", path="a.md", hint="write it as content/articles/a.md")
    show([found], tmp_path, width=26)
    assert capsys.readouterr().err.splitlines() == [
        "a.md: wrong-value: a word",
        "  that is too long",
        "  hint: write it as",
        "        content/articles/a.md",
    ]
    show([found], tmp_path)
    assert capsys.readouterr().err.count("\n") == 2


def test_a_code_that_a_terminal_would_break_begins_a_line(capsys, tmp_path):
    path = "content/articles/a-long-name.md"
    show([problem("wrong-value", "too long by far", path=path)], tmp_path, width=40, color=True)
    plain = re.sub(r"\033\[[0-9;]*m", "", capsys.readouterr().err)
    assert plain == f"{path}:\n  wrong-value: too long by far\n"


def test_spaces_of_typography_are_shown_as_they_are(capsys, tmp_path):
    show(
        [problem("wrong-value", "«\u00a0Rafale\u202f», 12\u2009000\u2028", hint="26 листопада 2026\u00a0р.")], tmp_path
    )
    told = "wrong-value: «\u00a0Rafale\u202f», 12\u2009000?\n  hint: 26 листопада 2026\u00a0р.\n"
    assert capsys.readouterr().err == told


def test_what_an_article_says_cannot_steer_the_terminal(capsys, tmp_path):
    (tmp_path / "a.md").write_text("\033[31mred\033]0;title\007\n", "utf-8")
    show([problem("wrong-value", "x\033[2J", path="a.md", line=1, column=1)], tmp_path, color=True, width=80)
    said = capsys.readouterr().err
    assert "\033[2J" not in said
    assert "\033]0" not in said
    assert "\033[31mred" not in said


def test_a_stream_that_cannot_show_a_character_is_no_accident(monkeypatch, tmp_path):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding="ascii"))
    show([problem("wrong-value", "“Ґанок”")], tmp_path)
    assert raw.getvalue().startswith(b"wrong-value: \\u201c")


def test_every_severity_has_a_colour(capsys, tmp_path):
    for severity in Severity:
        show([problem("wrong-value", "x", path="a.md", severity=severity)], tmp_path, color=True)
    assert capsys.readouterr().err.count("\033[1;3") == len(Severity)
