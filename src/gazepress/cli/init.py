"""The command ``gazepress init``."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.options import BUILT, clock

if TYPE_CHECKING:
    from gazepress.desk.init import Answers

_QUESTIONS = {
    "title": "Name of the publication",
    "url": "Its address",
    "language": "Its language (en, uk, fr, de, pl, or another tag)",
    "timezone": "Its timezone",
    "author": "Your name, for the bylines",
}
_SAID = {
    "site.yaml": "the settings",
    "Makefile": "short commands",
    "content/articles/industry/first-report.md": "a sample, to replace",
    "content/articles/industry/keel.svg": "its drawing",
    "content/articles/newsroom/how-a-report-is-written.md": "how to write one",
    ".gitignore": "what git leaves out",
    ".github/workflows/site.yml": "for GitHub Pages",
    ".gitlab-ci.yml": "for GitLab Pages",
    "deploy/crontab": "every five minutes",
    "deploy/gazepress.service": "builds once",
    "deploy/gazepress.timer": "every quarter hour",
}
_WIDEST = 54  # with what is said of it, a line has room on a terminal of 80 columns


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--title", metavar="NAME", help="The publication's name. Default: made of the folder's.")
@click.option("--url", metavar="ADDRESS", help="Where it will stand. Default: https://www.example.com/")
@click.option("--language", metavar="TAG", help="Such as en or uk. Default: that of this machine.")
@click.option("--timezone", metavar="ZONE", help="Such as Europe/Kyiv. Default: that of this machine.")
@click.option("--author", metavar="NAME", help="Who writes. Default: who git says you are.")
@click.option(
    "--ci",
    "recipes",
    multiple=True,
    type=click.Choice(["github", "gitlab", "cron", "systemd"]),
    help="Add a recipe that builds the site by itself. Can be given several times.",
)
@click.option("--yes", is_flag=True, help="Ask nothing, also on a terminal.")
def command(folder: Path, *, recipes: tuple[str, ...], yes: bool, **given: str | None) -> int:
    """Make a new site in DIR: five files that build as they are.

    On a terminal it asks for what the options do not say. Nothing that is there is written over.
    """
    from gazepress.build import WrongUseError
    from gazepress.desk.init import Machine, Recipe, is_in_git, plan_site, write_files

    if (folder / "site.yaml").exists():
        raise click.UsageError(f"there is a site.yaml in {folder.absolute()} already; nothing was written")
    answers = _answers(folder, given, ask=not yes and sys.stdin.isatty() and sys.stdout.isatty())
    machine = Machine(str(folder.absolute()), sys.executable)
    in_git = is_in_git(folder) or bool({"github", "gitlab"}.intersection(recipes))
    files = plan_site(answers, map(Recipe, recipes), machine, clock(), in_git=in_git)
    try:
        write_files(folder, files)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.FileError(error.filename or str(folder), error.strerror) from error
    _tell(folder, files)
    return BUILT


def _answers(folder: Path, given: dict[str, str | None], *, ask: bool) -> "Answers":
    """Return an answer to each question: as given, as asked for, or what is likeliest; all such as a site can have."""
    from gazepress.desk.init import Answers, first_wrong

    answers = Answers(**{key: given[key] or likeliest for key, likeliest in _likeliest(folder).items()})
    for key, question in _QUESTIONS.items():
        while ask and not given[key]:
            answered = _replaced(answers, key, click.prompt(question, default=getattr(answers, key)))
            wrong = first_wrong(answered)
            if wrong is None:
                answers = answered
                break
            click.echo(f"{wrong.message}; {wrong.hint}", err=True)
    if wrong := first_wrong(answers):
        raise click.UsageError(f"{wrong.message}; {wrong.hint}")
    return answers


def _replaced(answers: "Answers", key: str, answer: str) -> "Answers":
    from msgspec.structs import replace

    return replace(answers, **{key: " ".join(answer.split())})


def _likeliest(folder: Path) -> dict[str, str]:
    from gazepress.desk.init import title_of
    from gazepress.desk.person import person_here
    from gazepress.words import BUILT_IN

    language = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return {
        "title": title_of(folder),
        "url": "https://www.example.com/",
        "language": language[:2] if language[:2] in BUILT_IN else "en",
        "timezone": _timezone(),
        "author": person_here(Path()).name or "The Editors",
    }


def _timezone() -> str:
    """Return the timezone of this machine by its name, UTC where it has none."""
    from zoneinfo import available_timezones

    linked = os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    names = (os.environ.get("TZ", "").lstrip(":"), linked)
    return next((name for name in names if name in available_timezones()), "UTC")


def _tell(folder: Path, files: dict[str, str]) -> None:
    click.echo(f"a new site in {folder.absolute()}:\n")
    for path in files:
        click.echo(f"  {path:{_WIDEST}}{_SAID.get(path, '')}".rstrip())
    click.echo("\nNow:\n")
    if folder != Path():
        click.echo(f"  cd {folder}")
    click.echo("  make site    builds it into public/")
    click.echo("  make serve   shows it while you write")
    click.echo('  gazepress new "A Headline" --section industry')
