"""Which files does the site folder hold, and what is each of them for?"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.digest import digest_bytes
from gazepress.model import SourceFile, SourceKind

_TREES = {"content": SourceKind.MEDIA, "static": SourceKind.STATIC, "templates": SourceKind.TEMPLATE}
_TEXTS = {"articles": SourceKind.ARTICLE, "pages": SourceKind.PAGE, "authors": SourceKind.AUTHOR}
_MARKDOWN = (".md", ".markdown")


def discover(site: Path, *, output: str) -> Checked[tuple[SourceFile, ...]]:
    """Return the files of the folders ``content``, ``static`` and ``templates`` of a site, sorted by path.

    ``output`` is the folder that the site is written to, absolute or from ``site``: what is in it is no source.
    Errors: ``outside-site`` for a symbolic link that leaves the site folder, ``unreadable`` for what cannot be read and
    for links that go round in a circle, ``encoding`` for a name that is not UTF-8. The other files are still returned.
    """
    walk = _Walk(os.path.realpath(site), os.path.realpath(site / output))
    files = []
    for tree in _TREES:
        for place, path in walk.files_below(tree):
            try:
                files.append(_source_file(place, path))
            except OSError as error:
                walk.report("unreadable", path, f"the file cannot be read: {error.strerror}")
    files.sort(key=lambda file: file.path)
    return Checked(tuple(files), tuple(walk.problems))


def _source_file(place: str, path: str) -> SourceFile:
    with open(place, "rb", buffering=0) as stream:  # noqa: PTH123 - this runs for every file; Path costs as much again
        data = stream.read()
    return SourceFile(path, _kind(path), digest_bytes(data), len(data))


def _kind(path: str) -> SourceKind:
    tree, *folders, name = path.split("/")
    if tree == "content" and name.lower().endswith(_MARKDOWN):
        kind = _TEXTS[folders[0]]
        return kind if kind is not SourceKind.AUTHOR or len(folders) == 1 else SourceKind.MEDIA
    return _TREES[tree]


def _is_left_out(folder: str, name: str) -> bool:
    """Tell whether a name is none of the site's: hidden, set aside with ``_``, or in no folder that has a meaning."""
    if folder == "content":
        return name not in _TEXTS
    if folder.partition("/")[0] == "static":
        return name.startswith(".") and name != ".well-known"
    return name.startswith((".", "_"))


class _Folder(Struct, frozen=True):
    """A folder to be read: its path in the site, where it really is, and from where links have led to it."""

    path: str
    place: str
    trail: tuple[str, ...] = ()


class _Walk:
    """A walk through a site, with the problems met on the way. ``site`` and ``output`` are free of links."""

    def __init__(self, site: str, output: str) -> None:
        self.site = site
        self.output = output
        self.problems: list[Diagnostic] = []
        self._pending: list[_Folder] = []

    def report(self, code: str, path: str, message: str, hint: str = "") -> None:
        """Note a problem at a path of the site."""
        self.problems.append(problem(code, message, path=path, hint=hint))

    def files_below(self, tree: str) -> Iterator[tuple[str, str]]:
        """Yield each regular file of a tree: where it is on disk, and its path in the site."""
        top = f"{self.site}/{tree}"
        if not os.path.lexists(top):
            return
        # A list and not recursion: folders may be nested deeper than Python's stack.
        self._pending.append(_Folder("", self.site))
        yield from self._visit(self._pending.pop(), tree, is_link=os.path.islink(top))
        while self._pending:
            folder = self._pending.pop()
            for name, is_link in self._names(folder):
                yield from self._visit(folder, name, is_link=is_link)
