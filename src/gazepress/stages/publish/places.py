"""Small things that all of publishing needs: names of folders and files, and how one file is put in its place."""

# Thousands of files pass here, and their paths stay texts: methods of Path would cost as much as the work itself.
# ruff: noqa: PTH105, PTH108, PTH123

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

MANIFEST = ".gazepress-manifest"
TEMPORARY = ".gazepress-tmp-"
"""What the names of our own files start with while they are not yet in their places."""

_USUAL = re.compile(r"[^./\0][^/\0]*(?:/[^./\0][^/\0]*)*")  # a path that is safe, as nearly all are
_UNSAFE = re.compile(rf"(?:^|/)(?:\.?\.?(?:/|\Z)|{re.escape(TEMPORARY)})|\0")


def is_in(place: str, folder: str) -> bool:
    """Tell whether a path is that of a folder or lies below it."""
    return place == folder or place.startswith(folder.rstrip("/") + "/")


def is_safe(path: str) -> bool:
    """Tell whether a path stays below the output folder and takes no name that we need for ourselves."""
    return _USUAL.fullmatch(path) is not None or (path != MANIFEST and not _UNSAFE.search(path))


def is_ours(path: str) -> bool:
    """Tell whether a path below the output folder is that of our note on it, and no file of the site.

    What a killed build has left there is none: servers would answer with it.
    """
    return path == MANIFEST


def folders_of(paths: Iterable[str]) -> Iterator[str]:
    """Yield the folders that paths lie in, some several times."""
    seen = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            yield folder
            folder = folder.rpartition("/")[0]


def write(root: str, path: str, data: bytes) -> None:
    """Put a file in its place at once: whoever reads meanwhile gets the old bytes or the new ones, never a part."""
    place, temporary = f"{root}/{path}", f"{root}/{TEMPORARY}{os.getpid()}"
    try:
        with open(temporary, "xb") as stream:
            stream.write(data)
        os.replace(temporary, place)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError):
            error.filename = place  # a full disk does not say for which file
        raise
