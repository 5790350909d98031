"""Which files a site folder holds, and what each of them is for."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from gazepress.diagnostics import Checked, Diagnostic, problem, sort_key
from gazepress.digest import digest_bytes
from gazepress.sources import LAYOUT_FILE, LOCK_FILE, SourceFile, SourceKind, Stamp

_TREES = {"content": SourceKind.MEDIA, "static": SourceKind.STATIC, "templates": SourceKind.TEMPLATE}
_TEXTS = {"articles": SourceKind.ARTICLE, "pages": SourceKind.PAGE, "authors": SourceKind.AUTHOR}
_MARKDOWN = (".md", ".markdown")
_WHERE_TEXTS_ARE = "texts stand in content/articles/, content/pages/ and content/authors/"


GRAIN = 2_000_000_000
"""Nanoseconds within which a file may change twice with one stamp: FAT counts in steps of two seconds."""


def discover(
    site: Path, *, output: str, clock: int = 0, known: Mapping[str, SourceFile] | None = None
) -> Checked[tuple[SourceFile, ...]]:
    """Return the files of the folders ``content``, ``static``, ``templates`` of a site, and its lock, sorted by path.

    ``output`` is the folder that the site is written to, absolute or from ``site``: what is in it is no source.
    ``known`` are the files of an earlier look by path; one whose stamp is the same is not read again. ``clock`` is the
    hour of this look in nanoseconds since 1970: files as young as that get no stamp, for they could change unseen.
    Errors: ``outside-site`` for a symbolic link that leaves the site folder, ``unreadable`` for what cannot be read and
    for links that go round in a circle, ``encoding`` for a name that is not UTF-8. The other files are still returned.
    A warning: ``file-ignored`` for what stands in ``content`` where nothing is read.
    """
    known = known or {}
    walk = _Walk(os.path.realpath(site), os.path.realpath(site / output), known)
    files = {}
    for place in walk.files():
        try:
            files[place.path] = _source_file(place, known.get(place.path), clock)
        except OSError as error:
            walk.report("unreadable", place.path, f"the file cannot be read: {error.strerror}")
        if _is_nested_author(place.path):
            walk.report("file-ignored", place.path, "this text is not read", "authors stand in content/authors/ itself")
    files |= walk.unchanged
    # What was sorted already comes first, in its order: then sorting is one look at nearly all of it.
    paths = [path for path in known if path in files]
    paths += files.keys() - known.keys()
    return Checked(tuple(files[path] for path in sorted(paths)), tuple(sorted(walk.problems, key=sort_key)))


def _source_file(place: "_Place", known: SourceFile | None, clock: int) -> SourceFile:
    look = os.stat(place.real)  # noqa: PTH116 - runs for every file, and Path doubles its cost
    stamp = Stamp(look.st_size, look.st_mtime_ns, look.st_ctime_ns, look.st_ino)
    if known is not None and known.stamp == stamp:
        return known
    with open(place.real, "rb", buffering=0) as stream:  # noqa: PTH123
        data = stream.read()
    is_young = max(stamp.modified, stamp.changed) > clock - GRAIN
    return SourceFile(place.path, kind_of(place.path), digest_bytes(data), len(data), None if is_young else stamp)


def kind_of(path: str) -> SourceKind:
    """Return what a file is for that lies in one of the folders named above; its path counts from the site folder."""
    if path == LAYOUT_FILE:
        return SourceKind.LAYOUT
    if path == LOCK_FILE:
        return SourceKind.LOCK
    tree, *folders, name = path.split("/")
    is_text = tree == "content" and name.lower().endswith(_MARKDOWN)
    return _TEXTS[folders[0]] if is_text and not _is_nested_author(path) else _TREES[tree]


def _is_nested_author(path: str) -> bool:
    """Tell whether a text lies deeper than authors may."""
    is_text = path.startswith("content/authors/") and path.lower().endswith(_MARKDOWN)
    return is_text and path.count("/") > 2  # noqa: PLR2004 - content/authors/name.md


class _Place(Struct, frozen=True):
    """A file or folder: its path in the site, where it really is, and the real folders that links left to get here."""

    path: str
    real: str
    is_folder: bool
    trail: tuple[str, ...] = ()


class _Walk:
    """A walk through a site, and the problems met on the way. ``site`` and ``output`` are free of symbolic links.

    Files that are ``known`` and as they were are set aside by path as ``unchanged``, with one question to the system
    for each: they are nearly all.
    """

    def __init__(self, site: str, output: str, known: Mapping[str, SourceFile]) -> None:
        self.site = site
        self.output = output
        self.known = known
        self.unchanged: dict[str, SourceFile] = {}
        self.problems: list[Diagnostic] = []

    def report(self, code: str, path: str, message: str, hint: str = "") -> None:
        """Note a problem at a path of the site."""
        self.problems.append(problem(code, message, path=path, hint=hint))

    def files(self) -> Iterator[_Place]:
        """Yield each regular file of the site that is not known to be unchanged."""
        # A list and not recursion: folders may be nested deeper than Python's stack.
        pending = [_Place("", self.site, is_folder=True)]
        while pending:
            folder = pending.pop()
            for entry in self._entries(folder):
                found = self._look_at(folder, entry)
                if found is None:
                    continue
                if found.is_folder:
                    pending.append(found)
                else:
                    yield found

    def _entries(self, folder: _Place) -> list[os.DirEntry[str]]:
        entries = []
        try:
            with os.scandir(folder.real) as scan:
                for entry in self._without_unchanged(folder, scan):
                    if _is_left_out(folder.path, entry.name):
                        if folder.path == "content" and not entry.name.startswith((".", "_")):
                            path = _below(folder.path, _shown(entry.name))
                            self.report("file-ignored", path, "nothing is read from here", _WHERE_TEXTS_ARE)
                    elif _is_text(entry.name):
                        entries.append(entry)
                    else:
                        path, hint = _below(folder.path, _shown(entry.name)), "give the file or folder another name"
                        self.report("encoding", path, "the name is not UTF-8 text", hint)
        except OSError as error:
            self.report("unreadable", folder.path, f"the folder cannot be read: {error.strerror}")
        return entries

    def _without_unchanged(self, folder: _Place, entries: Iterator[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
        # None is passed over where more than its path and its stamp decides whether there is something to say of it.
        is_plain = folder.path not in ("", "content") and not folder.path.startswith("content/authors/")
        if not is_plain or os.path.dirname(self.output) == folder.real:  # noqa: PTH120
            yield from entries
            return
        known, unchanged, above = self.known, self.unchanged, f"{folder.path}/"
        for entry in entries:
            path = above + entry.name
            file = known.get(path)
            if file is not None and file.stamp is not None and _has_stamp(entry, file.stamp):
                unchanged[path] = file
            else:
                yield entry

    def _look_at(self, folder: _Place, entry: os.DirEntry[str]) -> _Place | None:
        path, real, trail = _below(folder.path, entry.name), _below(folder.real, entry.name), folder.trail
        try:
            if entry.is_symlink():
                real, trail = os.path.realpath(real, strict=True), (*trail, folder.real)
                if not self._may_follow(real, trail, path):
                    return None
            is_folder, is_file = entry.is_dir(), entry.is_file()
        except OSError as error:
            self.report("unreadable", path, f"this cannot be read: {error.strerror}")
            return None
        if real == self.output or not (is_folder or is_file):
            return None
        should_be_file = path in (LAYOUT_FILE, LOCK_FILE)
        should_be_folder = folder.path in ("", "content") and not should_be_file
        if (is_file and should_be_folder) or (is_folder and should_be_file):
            is_, should_be = ("file", "folder") if is_file else ("folder", "file")
            self.report("unreadable", path, f"this is a {is_}, and should be a {should_be}")
            return None
        return _Place(path, real, is_folder, trail)

    def _may_follow(self, target: str, trail: tuple[str, ...], path: str) -> bool:
        if not _is_in(target, self.site):
            self.report("outside-site", path, f"the symbolic link leads out of the site folder, to {target!r}")
        elif _is_in(target, self.output):
            self.report("outside-site", path, "the symbolic link leads into the output folder")
        elif any(_is_in(place, target) for place in trail):
            self.report("unreadable", path, "the symbolic link leads back to a folder that it lies in")
        else:
            return True
        return False


def _has_stamp(entry: os.DirEntry[str], stamp: Stamp) -> bool:
    """Tell whether this is a file and no link, and has that stamp."""
    try:
        if not entry.is_file(follow_symlinks=False):
            return False
        look = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    return (look.st_size, look.st_mtime_ns, look.st_ctime_ns, look.st_ino) == (
        stamp.size,
        stamp.modified,
        stamp.changed,
        stamp.inode,
    )


def _is_left_out(folder: str, name: str) -> bool:
    """Tell whether a name is hidden, set aside with ``_``, or stands where only certain folders have a meaning."""
    if folder in ("", "content") and f"{folder}/{name}" != LAYOUT_FILE:
        return name not in (_TEXTS if folder else (*_TREES, LOCK_FILE))
    if folder.partition("/")[0] == "static":
        return name.startswith(".") and name != ".well-known"
    return name.startswith((".", "_")) and f"{folder}/{name}" != LAYOUT_FILE


def _shown(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_in(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip("/") + "/")


def _below(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
