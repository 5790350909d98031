"""The command ``gazepress man``: the manual page, written from the commands themselves."""

from collections.abc import Iterator

import click

from gazepress import __version__
from gazepress.cli.options import BUILT

_ESCAPES = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "~": r"\(ti", "^": r"\(ha"}
_EXIT_STATUS = (
    ("0", "All is well."),
    ("1", "The site has errors, or a file could not be written."),
    ("2", "The command was used wrongly."),
    ("130", "Interrupted with Ctrl-C."),
)
_ENVIRONMENT = (
    ("SOURCE_DATE_EPOCH", "The time of a build, in seconds since 1970, where --now does not tell it."),
    ("NO_COLOR", "Where it is set, nothing is colored."),
    ("VISUAL, EDITOR", "The editor in which gazepress new opens an article."),
    ("GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL", "Who writes, where git config does not tell it."),
)
_FILES = (
    ("site.yaml", "The settings of the site. A folder that holds it is a site."),
    ("content/, static/, templates/", "Texts and what lies beside them; files taken over as they are; own templates."),
    ("public/", "The built site."),
    (".gazepress/", "What earlier builds have found out. It may be deleted at any time."),
)


@click.command("man")
def command() -> int:
    """Print the manual page of all commands: gazepress man | man -l -."""
    ctx = click.get_current_context().find_root()
    assert isinstance(ctx.command, click.Group)
    click.echo("\n".join(_page(ctx, ctx.command)))
    return BUILT


def _page(root: click.Context, group: click.Group) -> Iterator[str]:
    """Yield the lines of the page in the macros of man(7)."""
    commands = [(name, group.get_command(root, name)) for name in group.list_commands(root)]
    yield f'.TH GAZEPRESS 1 "" "gazepress {__version__}" "User Commands"'
    yield from (".SH NAME", r"gazepress \- a static site generator for newsrooms")
    yield from (".SH SYNOPSIS", r".B gazepress", r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fIARGUMENTS\fR]")
    yield from (".SH DESCRIPTION", *_paragraphs(group.help))
    yield ".SH COMMANDS"
    for name, one in commands:
        if one is not None and not one.hidden:
            yield from _command(click.Context(one, parent=root, info_name=name), one)
    for head, entries in (("EXIT STATUS", _EXIT_STATUS), ("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES)):
        yield f".SH {head}"
        for term, text in entries:
            yield from (".TP", rf"\fB{_escaped(term)}\fR", _escaped(text))


def _command(ctx: click.Context, command: click.Command) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(ctx))
    yield rf".SS gazepress {_escaped(ctx.info_name or '')} {_escaped(usage)}"
    yield from _paragraphs(command.help)
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None and record[1] and "--help" not in parameter.opts:
            yield from (".TP", rf"\fB{_escaped(record[0])}\fR", _escaped(" ".join(record[1].split())))


def _paragraphs(text: str | None) -> Iterator[str]:
    """Yield a help text; one that click is told by a mark not to fill is left as it is."""
    for at, paragraph in enumerate((text or "").strip().split("\n\n")):
        if at:
            yield ".PP"
        first, *lines = paragraph.strip("\n").split("\n")
        if first.strip() == "\b":
            yield from (".nf", *(_escaped(line.strip()) for line in lines), ".fi")
        else:
            yield _escaped(" ".join(paragraph.split()))


def _escaped(text: str) -> str:
    """Return a text of which nothing is a request or an escape (groff_man(7), groff_char(7))."""
    text = "".join(_ESCAPES.get(character, character) for character in text)
    return rf"\&{text}" if text.startswith(".") else text
