"""Whole sites, each in one text: given these files, when built, then this output.

``tests/sites/*.txt`` hold them. A line ``#### NAME`` starts a site; files above the first one belong to every site of
the text. Then, in any order and as often as wanted:

    -- PATH                   the lines after it are this file
    -- PATH escaped           so they are, but ``\\x00``, ``\\t`` and so on stand for bytes
    -- PATH removed           the file is taken away
    -- PATH/                  this is a folder
    == ARGUMENTS              run gazepress with these arguments (a shell would split them so)
    exit N                    its exit status
    says: TEXT                a line of what it says is exactly this
    mentions: TEXT            a part of a line is this
    silent on: TEXT           no part of what it says is this
    == PATH exists            below the site folder
    == PATH absent
    has: TEXT                 the file named last holds this
    lacks: TEXT
"""

import io
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from gazepress.cli import main
from support import NOW

SITES = Path(__file__).parent / "sites"


def _read_sites():
    for file in sorted(SITES.glob("*.txt")):
        preface, *sites = file.read_text("utf-8").split("\n#### ")
        _, mark, common = preface.partition("\n-- ")
        for site in sites:
            name, _, steps = site.partition("\n")
            yield pytest.param(f"{mark.strip()} {common}\n{steps}" if mark else steps, id=f"{file.stem}: {name}")


@pytest.mark.parametrize("steps", list(_read_sites()))
def test_site(steps, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    _Story(tmp_path).play(steps)


class _Story:
    def __init__(self, folder):
        self.folder = folder
        self.status = None
        self.said = ""
        self.file = None
        self.checks = 0

    def play(self, steps):
        lines = steps.split("\n")
        at = 0
        while at < len(lines):
            line = lines[at]
            at += 1
            if line.startswith("-- "):
                end = next((n for n in range(at, len(lines)) if lines[n].startswith(("-- ", "== "))), len(lines))
                self.write(line[3:], lines[at:end])
                at = end
            elif line.startswith("== "):
                self.act(line[3:])
            elif line.strip():
                self.check(line)
        assert self.checks, "this site expects nothing"

    def write(self, name, lines):
        path, _, mode = name.rpartition(" ")
        if mode not in ("removed", "escaped"):
            path, mode = name, ""
        file = self.folder / path
        if mode == "removed":
            file.unlink()
            return
        if path.endswith("/"):
            file.mkdir(parents=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(lines).rstrip("\n")
        data = f"{text}\n".encode() if text else b""
        if mode == "escaped":
            data = data.decode("unicode_escape").encode("latin-1")
        file.write_bytes(data)

    def act(self, what):
        path, _, verb = what.rpartition(" ")
        if verb in ("exists", "absent"):
            self.file = self.folder / path
            assert self.file.exists() == (verb == "exists"), what
            self.checks += 1
            return
        arguments = shlex.split(what)
        if arguments[0] in ("build", "graph", "related") and "--now" not in arguments:
            arguments += ["--now", NOW]
        self.status, self.said = _gazepress(arguments)

    def check(self, line):
        self.checks += 1
        verb, _, text = line.partition(": ")
        match verb:
            case "says":
                assert text in self.said.splitlines(), f"{text!r} was not said, but:\n{self.said}"
            case "mentions":
                assert text in self.said, f"{text!r} was not said, but:\n{self.said}"
            case "silent on":
                assert text not in self.said, f"{text!r} was said:\n{self.said}"
            case "has":
                assert text in self.file.read_text("utf-8")
            case "lacks":
                assert text not in self.file.read_text("utf-8")
            case _:
                assert line.startswith("exit "), f"unknown step {line!r}"
                assert self.status == int(line.removeprefix("exit ")), self.said


def _gazepress(arguments):
    """Return the exit status of the command and all that it says. An exception here is a traceback to the user."""
    said = io.StringIO()
    before = sys.argv
    sys.argv = ["gazepress", *arguments]
    try:
        with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = before
    return ended.value.code, said.getvalue()
