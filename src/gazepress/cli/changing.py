"""What the commands that change sources have in common: the change is shown, agreed to, and made as a whole."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gazepress.cli.options import BUILT, FAILED, clock, console_for

if TYPE_CHECKING:
    from datetime import datetime

    from gazepress.console import Console
    from gazepress.desk.draft import Draft
    from gazepress.desk.edits import Change

yes_option = click.option("--yes", "-y", is_flag=True, help="Change the files without asking.")


def change_sources(
    site: Path, now: str | None, plan: Callable[["Draft"], None], *, yes: bool, whole: bool = True
) -> int:
    """Let ``plan`` write a change, show it, and make it if that is wanted; return the exit status.

    ``whole``: the change asks for all texts of the site, so that none may be unreadable.
    """
    from gazepress.build import BuildOptions, WrongUseError, read_site
    from gazepress.desk.draft import Draft
    from gazepress.desk.edits import ChangeError
    from gazepress.pool import available_cores

    console = console_for(sys.stdout, sys.stderr)
    options = BuildOptions(site=site, now=clock() if now is None else now, jobs=available_cores(), drafts=True)
    try:
        checked = read_site(options)
    except WrongUseError as error:
        raise click.UsageError(str(error)) from error
    room = checked.value
    unread = set(room.library.unread) if room else set()
    if room is None or (whole and unread):
        console.show_problems([one for one in checked.diagnostics if room is None or one.path in unread], site)
        console.warn("nothing was changed: mend these first")
        return FAILED
    try:
        draft = Draft(room, checked.diagnostics)
        plan(draft)
        change = draft.change()
    except ChangeError as error:
        console.show_problems(error.args, site)
        console.warn("nothing was changed")
        return FAILED
    return offer_change(site, change, console, yes=yes)


def offer_change(site: Path, change: "Change", console: "Console", *, yes: bool) -> int:
    """Show a change, make it if that is wanted, and return the exit status."""
    from gazepress.desk.edits import ChangeError, carry_out, preview

    try:
        diff = preview(site, change)
    except ChangeError as error:
        console.show_problems(error.args, site)
        console.warn("nothing was changed")
        return FAILED
    if not diff:
        console.say("there is nothing to change")
        return BUILT
    console.show_diff(diff)
    files = {edit.path for edit in change.edits} | {move.old for move in change.moves} | {*change.removes}
    count = f"{len(files)} file{'' if len(files) == 1 else 's'}"
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("nothing was changed, for there is nobody to ask; --yes makes the change")
        if not click.confirm(f"Make this change in {count}?"):
            console.warn("nothing was changed")
            return BUILT
    problems = carry_out(site, change)
    console.show_problems(problems, site)
    if not problems:
        console.say(f"changed {count}")
    return FAILED if problems else BUILT


def the_text(draft: "Draft", written: str) -> str:
    """Return the file of the text that an argument means. Raises click.UsageError if there is none."""
    from gazepress.desk.edits import ChangeError
    from gazepress.desk.rename import find_text

    try:
        return find_text(draft, written)
    except ChangeError as error:
        raise click.UsageError("\n".join(f"{one.message}\n{one.hint}".strip() for one in error.args)) from error


def the_article(draft: "Draft", written: str) -> str:
    """Return the file of the article that an argument means. Raises click.UsageError if it is none."""
    file = the_text(draft, written)
    if file not in draft.before.graph.articles:
        raise click.UsageError(f"{file} is no article")
    return file


def the_time(draft: "Draft", written: str) -> "datetime":
    """Return the time that an option gives, by the publication's clocks. Raises click.UsageError."""
    from gazepress.moments import parse_time

    try:
        return parse_time(written, draft.before.settings.zone)
    except ValueError as error:
        raise click.UsageError(f"{written!r} cannot be a time: {error}; write it as 2026-03-09 14:30") from error
