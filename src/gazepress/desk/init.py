"""Which files make a new site, and are the answers that they are made of such as a site can have."""

import json
import os
import re
import shlex
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from string import Template
from zoneinfo import ZoneInfo

from msgspec import Struct

from gazepress import __version__
from gazepress.build import WrongUseError
from gazepress.config import read_settings
from gazepress.desk.starter import CI, SITE
from gazepress.diagnostics import Diagnostic
from gazepress.moments import parse_time
from gazepress.settings import SETTINGS_FILE

_SETTINGS = "$starter/site.yaml"
_PLACES = {
    _SETTINGS: SETTINGS_FILE,
    "Makefile": "Makefile",
    "$starter/first-report.md": "content/articles/industry/first-report.md",
    "keel.svg": "content/articles/industry/keel.svg",
    "$starter/how-a-report-is-written.md": "content/articles/newsroom/how-a-report-is-written.md",
}
"""Where the files of the starter go; ``$starter`` is the folder of its texts in one language."""

_ENGLISH = "en"

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")  # what CommonMark lets a backslash take the meaning of


class Recipe(StrEnum):
    """Who is to build the site when nobody is at the keyboard."""

    GITHUB = "github"
    GITLAB = "gitlab"
    CRON = "cron"
    SYSTEMD = "systemd"


_RECIPES: dict[Recipe, dict[str, str]] = {
    Recipe.GITHUB: {"github.yml": ".github/workflows/site.yml"},
    Recipe.GITLAB: {"gitlab.yml": ".gitlab-ci.yml"},
    Recipe.CRON: {"crontab": "deploy/crontab"},
    Recipe.SYSTEMD: {
        "gazepress.service": "deploy/gazepress.service",
        "gazepress.timer": "deploy/gazepress.timer",
    },
}


class Answers(Struct, frozen=True):
    """What a newsroom says of a new site."""

    title: str
    url: str
    language: str
    timezone: str
    author: str


class Machine(Struct, frozen=True):
    """Where cron and systemd find the site and the program: absolute paths."""

    site: str
    python: str


def first_wrong(answers: Answers) -> Diagnostic | None:
    """Return the first thing that is wrong with the settings of a site that these answers make."""
    words = _words(answers)
    checked = read_settings(_filled(SITE / _named(_SETTINGS, words), words).encode())
    return checked.diagnostics[0] if checked.diagnostics else None


def plan_site(
    answers: Answers, recipes: Iterable[Recipe], machine: Machine, now: str, *, in_git: bool
) -> dict[str, str]:
    """Return the files of a new site: path → text. Its articles are of the hour ``now`` and the one before.

    ``in_git``: whether git is to be told what it shall leave out. The answers must be sound; raises WrongUseError where
    ``now`` is no time.
    """
    zone = ZoneInfo(answers.timezone)
    try:
        hour = parse_time(now, zone).astimezone(zone)
    except ValueError as error:
        raise WrongUseError(f"{now!r} cannot be the time of a site: {error}") from error
    words = {**_words(answers), **_dates(hour), **_machine_words(answers, machine)}
    files = {place: _filled(SITE / _named(name, words), words) for name, place in _PLACES.items()}
    if in_git:
        files[".gitignore"] = _filled(SITE / "gitignore", words)
    for recipe in dict.fromkeys(recipes):
        files |= {place: _filled(CI / name, words) for name, place in _RECIPES[recipe].items()}
    return files


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write all files into a folder, or none.

    Raises WrongUseError where one of them is there already, and OSError where the disk does not take one.
    """
    there = [path for path in (SETTINGS_FILE, *files) if os.path.lexists(folder / path)]
    if there:
        raise WrongUseError(f"there is a {there[0]} in {folder.absolute()} already; nothing was written")
    made: list[Path] = []
    try:
        for path, text in files.items():
            file = folder / path
            for parent in (*reversed(file.parents), file):
                if parent != file and not parent.exists():
                    parent.mkdir()
                    made.append(parent)
            made.append(file)
            with file.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError:
        for one in reversed(made):
            one.rmdir() if one.is_dir() else one.unlink(missing_ok=True)
        raise


def is_in_git(folder: Path) -> bool:
    """Tell whether a folder, which need not be there yet, lies in a repository."""
    return any((place / ".git").exists() for place in (folder.absolute(), *folder.absolute().parents))


def title_of(folder: Path) -> str:
    """Return the name that a site in this folder may have: ``the-courier`` is The Courier."""
    words = re.split(r"[\s_.-]+", folder.absolute().name)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "The Courier"


def _words(answers: Answers) -> dict[str, str]:
    language = answers.language.partition("-")[0].lower()
    starter = language if (SITE / language / "site.yaml").is_file() else _ENGLISH
    return {
        "starter": starter,
        "title": _quoted(answers.title),
        "url": _quoted(answers.url),
        "language": _quoted(answers.language),
        "timezone": answers.timezone,
        "credited": _quoted(answers.title)[1:-1],
        "author": _quoted(answers.author),
        "publication": _PUNCTUATION.sub(r"\\\1", answers.title),
        "requirement": f"gazepress=={__version__}",
        "lang": "" if starter == language else f"\nlang: {starter}",
    }


def _dates(hour: datetime) -> dict[str, str]:
    before = (hour.astimezone(UTC) - timedelta(hours=1)).astimezone(hour.tzinfo)
    return {"first": f"{before:%Y-%m-%d %H:%M}", "second": f"{hour:%Y-%m-%d %H:%M}"}


def _machine_words(answers: Answers, machine: Machine) -> dict[str, str]:
    """Return the words of the recipes for this machine; ``%`` is a line end to cron, and a name to systemd."""
    name = "".join(one for one in answers.title if one.isprintable())
    command = f"cd {shlex.quote(machine.site)} && {shlex.quote(machine.python)} -m gazepress build --quiet"
    return {
        "name": name,
        "cron_command": command.replace("%", r"\%"),
        "unit_name": name.replace("%", "%%"),
        "unit_folder": machine.site.replace("%", "%%"),
        "unit_python": machine.python.replace("%", "%%"),
    }


def _named(name: str, words: Mapping[str, str]) -> str:
    return Template(name).substitute(words)


def _filled(file: Path, words: Mapping[str, str]) -> str:
    return Template(file.read_text("utf-8")).substitute(words)


def _quoted(text: str) -> str:
    """Return a YAML text in double quotes: of printable characters, JSON is YAML (YAML 1.2.2, 1.3)."""
    return json.dumps(text, ensure_ascii=False)
