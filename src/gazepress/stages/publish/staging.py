"""The stage: where files of a build wait, complete, until all are there and can be put in their places.

It lies in the output folder, so that putting a file in its place is one renaming. What goes into new folders waits in
a tree like that of the site, one for each rank of the writing order, so that a whole new folder is one renaming too.
"""

# ruff: noqa: PTH102, PTH103, PTH123 - thousands of files pass here; methods of Path would double the cost

import os
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from gazepress.digest import digest_bytes
from gazepress.published import Staged
from gazepress.stages.publish.places import TEMPORARY, is_safe


def stage_of(output: str) -> str:
    """Return the folder of an output folder's stage."""
    return f"{output}/{TEMPORARY}stage"


def writing_rank(path: str) -> int:
    """Pages come after the pictures and styles that they need, feeds and sitemaps after the pages that they name."""
    path = path.removesuffix(".gz").removesuffix(".br")  # a compressed file goes with its file
    if path.endswith((".xml", ".txt")):
        return 2
    return int(path.endswith((".html", ".json")))


class Stage:
    """The stage of one build. ``folders`` are those that the output folder is known to have."""

    def __init__(self, output: Path, folders: AbstractSet[str]) -> None:
        self.output = str(output)
        self._root = stage_of(self.output)
        self._output_folders = folders
        self._made: set[str] = set()
        self._count = 0
        self._new = [folder for folder in (output, *output.parents) if not folder.exists()]
        self._clear()  # of a build that was killed

    def put(self, path: str, data: bytes) -> Staged:
        """Write a file onto the stage; forked workers may do so at once. Raises OSError."""
        assert is_safe(path)
        folder = path.rpartition("/")[0]
        if folder in self._output_folders:
            self._count += 1
            place = f"known-{os.getpid()}/{self._count}"
        else:
            place = f"{writing_rank(path)}/{path}"
        above = place[: place.rindex("/")]
        if above not in self._made:
            _make_folder(f"{self._root}/{above}")
            self._made.add(above)
        _write(f"{self._root}/{place}", data)
        return Staged(path, digest_bytes(data), len(data), place)

    def read(self, staged: Staged) -> bytes:
        """Return the bytes of a file on the stage. Raises OSError."""
        with open(f"{self._root}/{staged.place}", "rb") as stream:
            return stream.read()

    def abandon(self) -> None:
        """Leave the output folder as if nothing had ever been put here."""
        self._clear()
        for folder in self._new:
            with suppress(OSError):
                folder.rmdir()

    def _clear(self) -> None:
        if os.path.lexists(self._root):
            import shutil

            shutil.rmtree(self._root, ignore_errors=True)


def _make_folder(place: str) -> None:
    try:
        os.mkdir(place)
    except FileExistsError:  # another worker's
        pass
    except FileNotFoundError:
        os.makedirs(place, exist_ok=True)


def _write(place: str, data: bytes) -> None:
    """Write a new file; open() would ask the system three questions that matter to other kinds of files."""
    file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:  # the system may take a part without a word
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)
