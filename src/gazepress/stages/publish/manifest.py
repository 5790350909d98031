"""Which files of the output folder are ours, and what was in them: the manifest that lies among them."""

import re
from collections.abc import Mapping

from gazepress.model import Manifest
from gazepress.stages.publish.places import MANIFEST, is_safe, write

_FIRST_LINE = "gazepress manifest 1"
_MANIFEST_LINE = re.compile("([0-9a-f]{32}|-) (.+)", re.DOTALL)


def read_manifest(root: str) -> Manifest | None:
    """Return the manifest of an output folder, or None if there is none that can be trusted."""
    try:
        with open(f"{root}/{MANIFEST}", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123 - paths are texts here
            first, *lines, end = stream.read().split("\n")
    except (OSError, ValueError):
        return None
    matches = [_MANIFEST_LINE.fullmatch(line) for line in lines]
    files = {match[2].replace("\0", "\n"): match[1].strip("-") for match in matches if match}
    if first != _FIRST_LINE or end or len(files) != len(lines) or not all(map(is_safe, files)):
        return None
    return Manifest(files)


def write_manifest(root: str, files: Mapping[str, str]) -> None:
    """Write the manifest: path below the output folder → digest, empty where it is not known."""
    # No path holds a NUL, so it can stand for the line break that a path may hold.
    lines = (f"{files[path] or '-'} {path}".replace("\n", "\0") for path in sorted(files))
    write(root, MANIFEST, "".join(f"{line}\n" for line in (_FIRST_LINE, *lines)).encode())
