"""Which files of the output folder are ours, and what was in them: the manifest that lies among them."""

import re
from collections.abc import Mapping

from gazepress.published import Manifest
from gazepress.stages.publish.places import MANIFEST, is_safe, write

_FIRST_LINE = "gazepress manifest 1"
_LINES = re.compile("(?>(?:(?:[0-9a-f]{32}|-) [^\n]+\n)*)")  # not `(?:...)*+`, wrong before Python 3.11.5 (gh-106052)


def read_manifest(root: str) -> Manifest | None:
    """Return the manifest of an output folder, or None if there is none that can be trusted."""
    try:
        with open(f"{root}/{MANIFEST}", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123 - paths are texts here
            first, text = stream.readline(), stream.read()
    except (OSError, ValueError):
        return None
    if first != f"{_FIRST_LINE}\n" or not _LINES.fullmatch(text):
        return None
    files: dict[str, str] = {}
    for line in text.split("\n")[:-1]:
        digest, _, path = line.partition(" ")
        files[path.replace("\0", "\n")] = "" if digest == "-" else digest
    return Manifest(files) if len(files) == text.count("\n") and all(map(is_safe, files)) else None


def write_manifest(root: str, files: Mapping[str, str]) -> None:
    """Write the manifest: path below the output folder → digest, empty where it is not known."""
    # No path holds a NUL, so it can stand for the line break that a path may hold.
    lines = (f"{files[path] or '-'} {path}".replace("\n", "\0") for path in sorted(files))
    write(root, MANIFEST, "".join(f"{line}\n" for line in (_FIRST_LINE, *lines)).encode())
