"""Whose folder is this? The site is written only into one that is ours, and never over its own sources."""

# Thousands of files pass here, and their paths stay texts: methods of Path would cost as much as the work itself.
# ruff: noqa: PTH100, PTH112, PTH120

import os
from pathlib import Path

from gazepress.diagnostics import Diagnostic, problem
from gazepress.stages.publish.manifest import read_manifest
from gazepress.stages.publish.places import MANIFEST, TEMPORARY, is_in

_SOURCE_FOLDERS = ("content", "static", "templates", "src")


def check_output(output: Path, site: Path, *, force: bool) -> tuple[Diagnostic, ...]:
    """Return why the output folder cannot be used (``output-refused``), or nothing; it changes nothing.

    ``force`` allows a folder that holds files of somebody else, but not one that is or holds a folder of the site.
    """
    place, home = os.path.realpath(output), os.path.realpath(site)
    if is_in(home, place):
        return (_refusal(output, "the output folder must not be the site folder, nor one that the site lies in"),)
    for name in _SOURCE_FOLDERS:
        source = os.path.realpath(f"{home}/{name}")
        if is_in(place, source) or is_in(source, place):
            return (_refusal(output, f"the output folder must have nothing to do with the folder {name}/ of the site"),)
    standing = os.path.abspath(output)
    while not os.path.lexists(standing):
        standing = os.path.dirname(standing)
    if not os.path.isdir(standing):
        return (_refusal(output, f"{standing!r} is in the way: it is not a folder"),)
    try:
        return () if force else check_owner(output)
    except OSError as error:
        return (_refusal(output, f"the output folder cannot be read: {error.strerror}"),)


def _refusal(output: Path, message: str, hint: str = "choose another folder with --output") -> Diagnostic:
    return problem("output-refused", message, path=str(output), hint=hint)


def check_owner(output: Path) -> tuple[Diagnostic, ...]:
    """Return nothing if the folder is ours: it has our manifest, is empty, or is not there."""
    try:
        with os.scandir(output) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(TEMPORARY)]
    except FileNotFoundError:
        return ()
    if not names or read_manifest(str(output)) is not None:
        return ()
    if MANIFEST in names:
        message = f"the list of what gazepress wrote here, {MANIFEST}, is damaged"
    else:
        message = "the output folder holds files that gazepress did not write"
    hint = "empty it, choose another with --output, or write into it beside those files with --force"
    return (_refusal(output, message, hint),)
