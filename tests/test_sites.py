"""Whole sites, each in one text: given these files, when built, then this output.

``tests/sites/*.txt`` hold them. A line ``#### NAME`` starts a site. Then, in any order and as often as wanted:

    -- PATH                   the lines after it are this file (\\x, \\u escapes are decoded after `-- PATH escaped`)
    -- PATH removed           the file is taken away
    == ARGUMENTS              run gazepress with these arguments
    exit N                    its exit status
    says: TEXT                a line of what it says is exactly this
    mentions: TEXT            what it says holds this
    silent on: TEXT           what it says does not hold this
    == PATH exists            below the site folder
    == PATH absent
    has: TEXT                 the file named last holds this
    lacks: TEXT
"""

from pathlib import Path

import pytest

from support import NOW

SITES = Path(__file__).parent / "sites"


def _read_sites():
    for file in sorted(SITES.glob("*.txt")):
        for part in file.read_text("utf-8").split("\n#### ")[1:]:
            name, _, steps = part.partition("\n")
            yield pytest.param(steps, id=f"{file.stem}: {name}")


@pytest.mark.parametrize("steps", list(_read_sites()))
def test_site(steps, tmp_path, gazepress):
    _Story(tmp_path, gazepress).play(steps)


class _Story:
    def __init__(self, folder, gazepress):
        self.folder = folder
        self.gazepress = gazepress
        self.run = None
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
        path, _, mode = name.partition(" ")
        file = self.folder / path
        if mode == "removed":
            file.unlink()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(lines).rstrip("\n") + "\n"
        if mode == "escaped":
            file.write_bytes(text.encode("utf-8").decode("unicode_escape").encode("latin-1"))
        else:
            file.write_text(text, "utf-8", newline="")

    def act(self, what):
        path, _, verb = what.rpartition(" ")
        if verb in ("exists", "absent"):
            self.file = self.folder / path
            assert self.file.exists() == (verb == "exists"), what
            self.checks += 1
            return
        arguments = what.split()
        if arguments[0] in ("build", "graph") and "--now" not in arguments:
            arguments += ["--now", NOW]
        self.run = self.gazepress(*arguments)
        said = self.run.stdout + self.run.stderr
        assert "Traceback" not in said, said

    def check(self, line):
        self.checks += 1
        verb, _, text = line.partition(": ")
        said = self.run.stdout + self.run.stderr
        match verb:
            case "says":
                assert text in said.splitlines(), f"{text!r} was not said, but:\n{said}"
            case "mentions":
                assert text in said, f"{text!r} was not said, but:\n{said}"
            case "silent on":
                assert text not in said, f"{text!r} was said:\n{said}"
            case "has":
                assert text in self.file.read_text("utf-8")
            case "lacks":
                assert text not in self.file.read_text("utf-8")
            case _:
                assert line.startswith("exit "), f"unknown step {line!r}"
                assert self.run.returncode == int(line.removeprefix("exit ")), said
