"""How the files of a build get into the output folder: only what differs, and each one whole at any moment."""

# Thousands of files pass here, and their paths stay texts: methods of Path would cost as much as the work itself.
# ruff: noqa: PTH100, PTH103, PTH105, PTH106, PTH108, PTH112, PTH116, PTH120, PTH123

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.digest import digest_bytes
from gazepress.model import CopiedFile, Manifest, Published, Rendered
from gazepress.urls import collision_key

_MANIFEST = ".gazepress-manifest"
_FIRST_LINE = "gazepress manifest 1"
_MANIFEST_LINE = re.compile("([0-9a-f]{32}|-) (.+)", re.DOTALL)
_TEMPORARY = ".gazepress-tmp-"
_UNSAFE = re.compile(rf"(?:^|/)(?:\.?\.?(?:/|\Z)|{re.escape(_TEMPORARY)})|\0")
_SOURCE_FOLDERS = ("content", "static", "templates", "src")
_NAMED_AT_MOST = 10


def check_output(output: Path, site: Path, *, force: bool) -> tuple[Diagnostic, ...]:
    """Return why the output folder cannot be used (``output-refused``), or nothing; it changes nothing.

    ``force`` allows a folder that holds files of somebody else, but not one that is or holds a folder of the site.
    """
    place, home = os.path.realpath(output), os.path.realpath(site)
    if _is_in(home, place):
        return (_refusal(output, "the output folder must not be the site folder, nor one that the site lies in"),)
    for name in _SOURCE_FOLDERS:
        source = os.path.realpath(f"{home}/{name}")
        if _is_in(place, source) or _is_in(source, place):
            return (_refusal(output, f"the output folder must have nothing to do with the folder {name}/ of the site"),)
    standing = os.path.abspath(output)
    while not os.path.lexists(standing):
        standing = os.path.dirname(standing)
    if not os.path.isdir(standing):
        return (_refusal(output, f"{standing!r} is in the way: it is not a folder"),)
    try:
        return () if force else _check_owner(output)
    except OSError as error:
        return (_refusal(output, f"the output folder cannot be read: {error.strerror}"),)


def publish(output: Path, rendered: Sequence[Rendered | CopiedFile], *, force: bool) -> Checked[Published | None]:
    """Make the output folder hold exactly the files ``rendered``, besides what others have put there.

    Changed files are written in the order assets, pages, feeds; then what the last build wrote and this one does not
    is removed. A build that is killed leaves every file whole, and the next build finishes the work. Errors:
    ``output-refused`` for a folder of somebody else, ``output-failed`` naming the file; then the result is None. What
    others have put there stays and is a warning, ``output-foreign``.
    """
    root = str(output)
    try:
        manifest = _read_manifest(root)
        refused = () if force or manifest else _check_owner(output)
        if refused:
            return Checked(None, refused)
        task = _compare(root, manifest, rendered)
        obstacles = tuple(_obstacles(root, task))
        if obstacles:
            return Checked(None, obstacles)
        _carry_out(root, task)
    except OSError as error:
        place = os.fspath(error.filename or root)
        return Checked(None, (problem("output-failed", f"publishing stopped here: {error.strerror}", path=place),))
    written = tuple(one.path for one in task.changed)
    removed = tuple(path for path in task.gone if path in task.found.sizes)
    return Checked(Published(written, removed, len(task.wanted) - len(written)), _foreign_warning(root, task.foreign))


# ------------------------------------------------------------------------------------------------ whose folder


def _refusal(output: Path, message: str, hint: str = "choose another folder with --output") -> Diagnostic:
    return problem("output-refused", message, path=str(output), hint=hint)


def _check_owner(output: Path) -> tuple[Diagnostic, ...]:
    """Return nothing if the folder is ours: it has our manifest, is empty, or is not there."""
    try:
        with os.scandir(output) as entries:
            names = [entry.name for entry in entries if not entry.name.startswith(_TEMPORARY)]
    except FileNotFoundError:
        return ()
    if not names or _read_manifest(str(output)) is not None:
        return ()
    if _MANIFEST in names:
        message = f"the list of what gazepress wrote here, {_MANIFEST}, is damaged"
    else:
        message = "the output folder holds files that gazepress did not write"
    hint = "empty it, choose another with --output, or write into it beside those files with --force"
    return (_refusal(output, message, hint),)


def _is_in(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip("/") + "/")


# ----------------------------------------------------------------------------------------------- the manifest


def _read_manifest(root: str) -> Manifest | None:
    """Return the manifest of an output folder, or None if there is none that can be trusted."""
    try:
        with open(f"{root}/{_MANIFEST}", encoding="utf-8", newline="\n") as stream:
            first, *lines, end = stream.read().split("\n")
    except (OSError, ValueError):
        return None
    matches = [_MANIFEST_LINE.fullmatch(line) for line in lines]
    files = {match[2].replace("\0", "\n"): match[1].strip("-") for match in matches if match}
    if first != _FIRST_LINE or end or len(files) != len(lines) or not all(map(_is_safe, files)):
        return None
    return Manifest(files)


def _write_manifest(root: str, files: Mapping[str, str]) -> None:
    # No path holds a NUL, so it can stand for the line break that a path may hold.
    lines = (f"{files[path] or '-'} {path}".replace("\n", "\0") for path in sorted(files))
    _write(root, _MANIFEST, "".join(f"{line}\n" for line in (_FIRST_LINE, *lines)).encode())


def _is_safe(path: str) -> bool:
    """Tell whether a path stays below the output folder and takes no name that we need for ourselves."""
    return path != _MANIFEST and not _UNSAFE.search(path)


# ------------------------------------------------------------------------------------------ what is to be done


class _Found(Struct, frozen=True):
    """What lies in the output folder: files with their sizes (-1 for what is no plain file), and folders.

    Folders in which nothing of ours can be are not looked into.
    """

    sizes: dict[str, int]
    folders: set[str]
    leftovers: list[str]  # temporary files of a build that was killed


class _Task(Struct, frozen=True):
    """All that publishing has to do, known before the first change."""

    found: _Found
    before: Mapping[str, str]  # what the last build wrote: path → digest
    wanted: Mapping[str, str]  # what this one writes
    changed: tuple[Rendered | CopiedFile, ...]  # in the order of writing
    gone: tuple[str, ...]
    foreign: tuple[str, ...]  # a folder ends with a slash
    is_new: bool  # there is no manifest yet


def _compare(root: str, manifest: Manifest | None, rendered: Sequence[Rendered | CopiedFile]) -> _Task:
    before = manifest.files if manifest else {}
    wanted = {one.path: _digest(one) for one in rendered}
    assert len(wanted) == len(rendered)
    assert all(map(_is_safe, wanted))
    known = set(_folders_of((*before, *wanted)))
    found = _look_into(root, known)

    def is_there(one: Rendered | CopiedFile) -> bool:
        return found.sizes.get(one.path) == _size(one) and before.get(one.path) == wanted[one.path]

    changed = [one for one in rendered if not is_there(one)]
    files = (path for path in found.sizes if path not in before and path not in wanted and path != _MANIFEST)
    folders = (f"{path}/" for path in found.folders - known)
    return _Task(
        found=found,
        before=before,
        wanted=wanted,
        changed=tuple(sorted(changed, key=_writing_order)),
        gone=tuple(sorted(path for path in before if path not in wanted)),
        foreign=tuple(sorted([*files, *folders])),
        is_new=manifest is None,
    )


def _digest(one: Rendered | CopiedFile) -> str:
    return digest_bytes(one.data) if isinstance(one, Rendered) else one.digest


def _size(one: Rendered | CopiedFile) -> int:
    return len(one.data) if isinstance(one, Rendered) else os.stat(one.source).st_size


def _folders_of(paths: Iterable[str]) -> Iterator[str]:
    """Yield the folders that paths lie in, some several times."""
    seen = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            yield folder
            folder = folder.rpartition("/")[0]


def _look_into(root: str, known: set[str]) -> _Found:
    """Return what the output folder holds; symbolic links are not followed, so nothing outside can be met."""
    found = _Found({}, set(), [])
    pending = [""]
    while pending:
        above = pending.pop()
        try:
            scan = os.scandir(f"{root}/{above}")
        except FileNotFoundError:
            continue
        with scan:
            for entry in scan:
                path = f"{above}/{entry.name}" if above else entry.name
                if entry.is_dir(follow_symlinks=False):
                    found.folders.add(path)
                    if path in known:
                        pending.append(path)
                elif entry.name.startswith(_TEMPORARY):
                    found.leftovers.append(path)
                else:
                    is_plain = entry.is_file(follow_symlinks=False)
                    found.sizes[path] = entry.stat(follow_symlinks=False).st_size if is_plain else -1
    return found


def _writing_order(one: Rendered | CopiedFile) -> tuple[int, str]:
    """Pages come after the pictures and styles that they need, feeds and sitemaps after the pages that they name."""
    if one.path.endswith((".xml", ".txt")):
        return 2, one.path
    return int(one.path.endswith((".html", ".json"))), one.path


def _obstacles(root: str, task: _Task) -> Iterator[Diagnostic]:
    """Yield why this cannot be written: each place that a file and a folder, not both of ours, would have to share."""
    needed = set(_folders_of(task.wanted))
    for path in sorted(needed & task.wanted.keys()):
        yield problem("output-failed", "the site has both a file and a folder of this name", path=f"{root}/{path}")
    for path in sorted(needed & task.found.sizes.keys() - task.before.keys()):
        message = "gazepress needs a folder here, and did not write the file that is in its way"
        yield problem("output-failed", message, path=f"{root}/{path}", hint="move the file elsewhere")
    for path in sorted(task.found.folders & task.wanted.keys()):
        if any(_is_in(one, path) for one in task.foreign):
            message = "gazepress needs a file here, and did not write what is in the folder of this name"
            yield problem("output-failed", message, path=f"{root}/{path}", hint="move the folder elsewhere")


# ---------------------------------------------------------------------------------------------------- doing it


def _carry_out(root: str, task: _Task) -> None:
    for path in task.found.leftovers:
        os.unlink(f"{root}/{path}")
    if not (task.changed or task.gone or task.is_new):
        return
    os.makedirs(root, exist_ok=True)
    uncertain = dict.fromkeys((one.path for one in task.changed), "")
    _write_manifest(root, {**task.before, **task.wanted, **uncertain})  # whoever kills us now, all of it is ours
    removable = [path for path in task.gone if path in task.found.sizes]
    first = _to_remove_first(task, removable)
    for path in first:
        os.unlink(f"{root}/{path}")
    _remove_folders_in_the_way(root, task)
    files = _write_files(root, task)
    for path in removable:
        if path not in first:
            os.unlink(f"{root}/{path}")
    for folder in sorted(task.found.folders.intersection(_folders_of(task.gone)), reverse=True):
        with suppress(OSError):  # it is not empty
            os.rmdir(f"{root}/{folder}")
    _write_manifest(root, files)


def _to_remove_first(task: _Task, removable: list[str]) -> set[str]:
    """Return what must go before anything is written: files where folders will be, and files in folders that go.

    Also names that differ from a new one by case or Unicode form only: some file systems take the two for one.
    """
    needed = set(_folders_of(task.wanted))
    keys = {collision_key(path) for path in task.wanted} if removable else ()

    def must_go(path: str) -> bool:
        return path in needed or collision_key(path) in keys or any(one in task.wanted for one in _folders_of([path]))

    return {path for path in removable if must_go(path)}


def _remove_folders_in_the_way(root: str, task: _Task) -> None:
    tops = task.found.folders & task.wanted.keys()
    folders = [path for path in task.found.folders if any(_is_in(path, top) for top in tops)]
    for folder in sorted(folders, reverse=True):
        os.rmdir(f"{root}/{folder}")


def _write_files(root: str, task: _Task) -> dict[str, str]:
    """Write what has changed; return the manifest of it all."""
    folders = set(task.found.folders)
    files = dict(task.wanted)
    for one in task.changed:
        folder = one.path.rpartition("/")[0]
        if folder and folder not in folders:
            os.makedirs(f"{root}/{folder}", exist_ok=True)
            folders.update(_folders_of([one.path]))
        if isinstance(one, Rendered):
            _write(root, one.path, one.data)
        else:
            data = Path(one.source).read_bytes()
            _write(root, one.path, data)
            files[one.path] = digest_bytes(data)  # the file may have changed since the build looked at it
    return files


def _write(root: str, path: str, data: bytes) -> None:
    """Put a file in its place at once: whoever reads meanwhile gets the old bytes or the new ones, never a part."""
    place = f"{root}/{path}"
    temporary = f"{place[: place.rindex('/')]}/{_TEMPORARY}{os.getpid()}"
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


def _foreign_warning(root: str, foreign: Sequence[str]) -> tuple[Diagnostic, ...]:
    if not foreign:
        return ()
    names = ", ".join(repr(path) for path in foreign[:_NAMED_AT_MOST])
    more = f" and {len(foreign) - _NAMED_AT_MOST} more" if len(foreign) > _NAMED_AT_MOST else ""
    message = f"gazepress did not write these and leaves them alone: {names}{more}"
    return (problem("output-foreign", message, path=root),)
