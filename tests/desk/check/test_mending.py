"""Mending what a check finds: shown first, asked for, all or nothing, and no other byte changes."""

import os
import pty
import subprocess
import sys

import pytest

from gazepress.desk.check import Finding
from gazepress.desk.check.mending import choose
from gazepress.desk.edits import Edit
from support import NOW, SETTINGS, article, read_tree, write_site

ONE, TWO = "content/articles/one.md", "content/articles/two.md"
TITLE = "The Jammer’s Dilemma"
SITE = {
    "site.yaml": SETTINGS,
    ONE: article(TITLE, tags="[Air Defense]", date="2025-10-01 12:30"),
    "content/articles/three.md": article("Three", tags="[Air Defense]"),
    TWO: article(
        "Two",
        "Words.  \nMore.\n\nRead more: The jammer's dilemma",
        tags="[ air-defense ] # as the brief says",
        corrections="[{date: 2025-10-28 09:00, text: Five hulls., kind: update}]",
    ).replace("\n", "\r\n"),
}
MENDED = (
    SITE[TWO]
    .replace("The jammer's dilemma", TITLE)
    .replace("[ air-defense ]", "[ Air Defense ]")
    .replace("2025-10-27 12:30\r\n", "2025-10-27 12:30\r\nupdated: 2025-10-28 09:00\r\n")
)


def sources(folder):
    return {path: data for path, data in read_tree(folder).items() if not path.startswith(".gazepress/")}


def encoded(files):
    return {path: text.encode() for path, text in files.items()}


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path, SITE)


def test_with_yes_all_that_is_safe_is_mended_and_shown_and_the_rest_is_told(site, gazepress):
    run = gazepress("check", "--now", NOW, "--fix", "--yes")
    assert run.returncode == 0, run.stderr
    assert sources(site) == encoded(SITE | {TWO: MENDED})
    assert "\n-Read more: The jammer's dilemma" in run.stdout
    assert f"\n+Read more: {TITLE}" in run.stdout
    assert "source-missing" in run.stdout
    assert not {"tag-spelling", "updated-missing", "reference-spelling"} & set(run.stdout.split(": "))
    again = gazepress("check", "--now", NOW, "--fix", "--yes")
    assert again.stdout.startswith("there is nothing that can be mended without a person\n")


def test_without_a_terminal_the_changes_are_shown_and_not_made(site, gazepress):
    run = gazepress("check", "--now", NOW, "--fix")
    assert (run.returncode, sources(site)) == (2, encoded(SITE))
    assert "+updated: 2025-10-28 09:00" in run.stdout
    assert "--yes" in run.stderr


@pytest.mark.parametrize(("answer", "files"), [(b"n\n", SITE), (b"y\n", SITE | {TWO: MENDED})])
def test_on_a_terminal_the_editor_is_asked(site, answer, files):
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    command = [sys.executable, "-m", "gazepress", "check", "--now", NOW, "--fix"]
    run = subprocess.run(command, cwd=site, stdin=theirs, capture_output=True, text=True, check=False, timeout=60)
    os.close(ours)
    os.close(theirs)
    assert run.returncode == 0, run.stderr
    assert "Make this change in 1 file?" in run.stdout
    assert sources(site) == encoded(files)


def test_only_the_files_that_are_named_are_mended(site, gazepress):
    assert gazepress("check", "--now", NOW, "--fix", "--yes", ONE).returncode == 0
    assert sources(site) == encoded(SITE)


def test_a_code_that_is_silenced_is_not_mended(site, gazepress):
    write_site(site, {"site.yaml": SETTINGS + "checks: {severity: {tag-spelling: off, updated-missing: off}}\n"})
    gazepress("check", "--now", NOW, "--fix", "--yes")
    assert (site / TWO).read_bytes().decode() == SITE[TWO].replace("The jammer's dilemma", TITLE)


def finding(*edits):
    return Finding("tag-spelling", "x", "note", mend=tuple(Edit("a.md", *edit) for edit in edits))


def test_of_two_mends_that_touch_the_same_words_the_first_is_made_as_a_whole():
    first, second, third = finding((0, 4, "a"), (9, 9, "b")), finding((3, 5, "c"), (20, 21, "d")), finding((5, 6, "e"))
    assert choose([first, second, third, finding()]) == (first, third)


def test_two_mends_that_are_one_edit_are_made_once():
    assert choose([finding((0, 4, "a")), finding((0, 4, "a"), (5, 6, "b"))]) == (
        finding((0, 4, "a")),
        finding((0, 4, "a"), (5, 6, "b")),
    )
