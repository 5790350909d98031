"""The command ``gazepress``: options are read, one function is called, its result becomes an exit status.

Each command is a module of this package, loaded only when it is asked for: a build without changes starts fast.
"""

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from io import StringIO, TextIOWrapper
from typing import NoReturn

import click

from gazepress import __version__
from gazepress.cli.options import BUILT, INTERRUPTED, console_for

_COMMANDS = {
    "build": "Build the site, or say every reason why not.",
    "correct": "Add a correction to a published article.",
    "check": "Say all that a build would find, and what a copy chief would on top.",
    "completion": "Print the script that lets a shell complete commands and names.",
    "export": "Write the archive as lines of JSON, or as a table.",
    "graph": "Write the article graph.",
    "lsp": "Help an editor with the texts of a site: a language server.",
    "mv": "Rename an article, page, author, tag or section, and all references to it.",
    "publish": "Publish an article that is held back, now or at a time.",
    "retitle": "Give an article another headline, and all references that name it.",
    "rm": "Remove an article, for a retraction or for another that takes its place.",
    "init": "Make a new site: five files that build as they are.",
    "list": "List the articles that fit, newest first.",
    "man": "Print the manual page.",
    "new": "Begin an article: a file in the right place, its front matter filled.",
    "related": "Say how an article hangs together with the others.",
    "schedule": "Say what is held back, and what the hour will change.",
    "stats": "Chart how much was published per month, section and author.",
    "serve": "Show the site in a browser while you write.",
    "schema": "Write the JSON Schema of front matter or settings.",
    "verify": "Say whether a folder or a list of checksums is what this source builds.",
    "why": "Say why the last build made an output anew, or did not.",
}
"""The commands, each with what it does in one line: the module of the same name holds its ``command``."""


def run() -> NoReturn:
    """Be the program: run the command and end at once.

    Python would take down what was built record by record, which for a large archive takes longer than a small build.
    """
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else BUILT
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):
            stream.flush()
    os._exit(status)


def main() -> NoReturn:
    """Run the command.

    Exit status: 0 done, 1 the site has errors, 2 wrong use, 130 interrupted, 128 and its number after another signal.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # who says `nohup` means it
            signal.signal(number, _end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # headlines hold what some terminals cannot show
            stream.reconfigure(errors="backslashreplace")
    try:
        status = command.main(prog_name="gazepress", standalone_mode=False)
    except click.ClickException as error:
        _show(error)
        status = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; the output is as it was", err=True)
        status = INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has gone (`gazepress graph | head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = BUILT
    sys.exit(status if isinstance(status, int) else BUILT)


def _end(number: int, _frame: object) -> NoReturn:
    """Let a signal to end take down what has been begun, as Ctrl-C does: other programs, folders for a while."""
    raise SystemExit(128 + number)


def _show(error: click.ClickException) -> None:
    """Print what was wrong with the use of a command, as click does, and on a terminal broken between words."""
    said = StringIO()
    error.show(said)
    console = console_for(sys.stderr)
    for line in said.getvalue().splitlines():
        console.warn(console.fold(line, indent=2))


class _Commands(click.Group):
    """A group whose commands are imported when they are called, and not for the list of them all."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Return the names of all commands."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return a command. Raises UsageError, naming the nearest, if there is none of this name."""
        if cmd_name not in _COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(cmd_name, _COMMANDS, n=1)
            ctx.fail(f"No such command {cmd_name!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        found = import_module(f"gazepress.cli.{cmd_name}").command
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gazepress", message="%(prog)s %(version)s")
def command() -> None:
    """Turn a folder of Markdown reports into a news site and its feeds.

    Reports lie in content/articles/, the settings in site.yaml. Start with: gazepress build
    """
