"""How the files of a build get into the output folder: only what differs, and each one whole at any moment."""

# Thousands of files pass here, and their paths stay texts: methods of Path would cost as much as the work itself.
# ruff: noqa: PTH103, PTH104, PTH105, PTH106, PTH108, PTH112, PTH114, PTH116

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.digest import digest_bytes
from gazepress.published import CopiedFile, Kept, Manifest, Published, Seen, Staged
from gazepress.sources import Stamp
from gazepress.stages.publish.manifest import read_manifest, write_manifest
from gazepress.stages.publish.owner import check_output, check_owner
from gazepress.stages.publish.places import MANIFEST, TEMPORARY, folders_of, is_in, is_ours, is_safe, write
from gazepress.stages.publish.staging import Stage, stage_of, writing_rank
from gazepress.stages.publish.survey import digest_of, manifest_stamp, published_digests, read_part, survey, unlike

__all__ = [
    "Stage",
    "Wanted",
    "check_output",
    "digest_of",
    "folders_of",
    "is_ours",
    "manifest_stamp",
    "publish",
    "published_digests",
    "read_part",
    "survey",
    "unlike",
]

Wanted = Staged | CopiedFile | Kept
"""A file that the output folder is to hold."""

_NAMED_AT_MOST = 10


def publish(
    output: Path, wanted: Sequence[Wanted], *, force: bool, seen: Seen | None = None
) -> Checked[Published | None]:
    """Make the output folder hold exactly the files ``wanted``, besides what others have put there.

    Changed files are written in the order assets, pages, feeds; then what the last build wrote and this one does not
    is removed. A build that is killed leaves every file whole, and the next build finishes the work. Errors:
    ``output-refused`` for a folder of somebody else, ``output-failed`` naming the file; then the result is None. What
    others have put there stays and is a warning, ``output-foreign``. ``seen`` is what was just found there of the
    last build; then nobody looks for files of others, for that takes a look into every folder.
    """
    root = str(output)
    try:
        manifest = _manifest(output, seen)
        refused = () if force or manifest else check_owner(output)
        if refused:
            return Checked(None, refused)
        task = _compare(root, manifest, wanted, seen)
        obstacles = tuple(_obstacles(root, task))
        if obstacles:
            return Checked(None, obstacles)
        files = _carry_out(root, task)
    except OSError as error:
        place = os.fspath(error.filename or root)
        return Checked(None, (problem("output-failed", f"publishing stopped here: {error.strerror}", path=place),))
    written = tuple(one.path for one in task.changed)
    removed = tuple(path for path in task.gone if path in task.found.sizes)
    doubtful = tuple(path for path, digest in files.items() if digest != task.wanted[path])
    published = Published(written, removed, len(task.wanted) - len(written), doubtful)
    return Checked(published, _foreign_warning(root, task.foreign))


# ------------------------------------------------------------------------------------------ what is to be done


def _manifest(output: Path, seen: Seen | None) -> Manifest | None:
    """Return what the manifest says; while it has the stamp that the last build gave it, nobody needs to read it."""
    if seen is not None and seen.manifest is not None and seen.manifest == manifest_stamp(output):
        return Manifest(seen.published)
    return read_manifest(str(output))


class _Found(Struct, frozen=True):
    """What lies in the output folder: files with their sizes (-1 for what is no plain file), and folders.

    Folders in which nothing of ours can be are not looked into.
    """

    sizes: dict[str, int]
    folders: set[str]
    leftovers: list[str]  # of a build that was killed, or that could not be finished; and the stage of this one


class _Task(Struct, frozen=True):
    """All that publishing has to do, known before the first change."""

    found: _Found
    before: Mapping[str, str]  # what the last build wrote: path → digest
    wanted: Mapping[str, str]  # what this one writes
    changed: tuple[Wanted, ...]  # in the order of writing
    gone: tuple[str, ...]
    folders: AbstractSet[str]  # those of the wanted files
    foreign: tuple[str, ...]  # a folder ends with a slash
    is_new: bool  # there is no manifest yet


def _compare(root: str, manifest: Manifest | None, files: Sequence[Wanted], seen: Seen | None) -> _Task:
    before = manifest.files if manifest else {}
    wanted = {one.path: one.digest for one in files}
    assert len(wanted) == len(files)
    assert all(is_safe(path) for path in wanted if path not in before)  # of those, the manifest has been asked
    needed = frozenset(folders_of(wanted))
    gone = tuple(sorted(path for path in before if path not in wanted))
    known = needed.union(folders_of(gone))
    found = None
    if seen is not None and seen.stamps is not None:
        touched = [*(one.path for one in files if type(one) is not Kept), *gone]
        found = _glance(root, known, touched, seen.stamps, seen.folders)
    found = found or _look_into(root, known)
    altered = seen.altered if seen else frozenset()

    def is_there(one: Wanted) -> bool:
        if type(one) is Kept:
            return True
        assert not isinstance(one, Kept)
        if one.path in altered:
            return False
        return found.sizes.get(one.path) == _size(one) and before.get(one.path) == wanted[one.path]

    changed = [one for one in files if not is_there(one)]
    strangers = found.sizes.keys() - before.keys() - wanted.keys() - {MANIFEST}
    folders = (f"{path}/" for path in found.folders - known)
    return _Task(
        found=found,
        before=before,
        wanted=wanted,
        changed=tuple(sorted(changed, key=_writing_order)),
        gone=gone,
        folders=needed,
        foreign=tuple(sorted([*strangers, *folders])),
        is_new=manifest is None,
    )


def _size(one: Staged | CopiedFile) -> int:
    return one.size if isinstance(one, Staged) else os.stat(one.source).st_size


def _glance(
    root: str, known: AbstractSet[str], touched: Sequence[str], seen: Mapping[str, Stamp], there: AbstractSet[str]
) -> _Found | None:
    """Return what the output folder holds as far as it was just seen; None where only a look into it can tell.

    The folders of all that will be written or removed (``touched``) must be folders, and not links to some elsewhere.
    Those of the files that were seen are ``there``.
    """
    sizes = {path: stamp.size for path, stamp in seen.items()}
    folders = set(there)
    for folder in (known - folders) | set(folders_of(touched)):
        try:
            if not stat.S_ISDIR(os.lstat(f"{root}/{folder}").st_mode):
                return None
        except FileNotFoundError:
            continue
        except NotADirectoryError:
            return None
        folders.add(folder)
    if any(os.path.lexists(f"{root}/{path}") for path in touched if path not in sizes):
        return None
    with os.scandir(root) as scan:
        return _Found(sizes, folders, [entry.name for entry in scan if entry.name.startswith(TEMPORARY)])


def _look_into(root: str, known: AbstractSet[str]) -> _Found:
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
                if not above and entry.name.startswith(TEMPORARY):
                    found.leftovers.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    found.folders.add(path)
                    if path in known:
                        pending.append(path)
                else:
                    is_plain = entry.is_file(follow_symlinks=False)
                    found.sizes[path] = entry.stat(follow_symlinks=False).st_size if is_plain else -1
    return found


def _writing_order(one: Wanted) -> tuple[int, str]:
    return writing_rank(one.path), one.path


def _obstacles(root: str, task: _Task) -> Iterator[Diagnostic]:
    """Yield why this cannot be written: each place that a file and a folder, not both of ours, would have to share."""
    for path in sorted(task.folders & task.wanted.keys()):
        yield problem("output-failed", "the site has both a file and a folder of this name", path=f"{root}/{path}")
    for path in sorted(task.folders & task.found.sizes.keys() - task.before.keys()):
        message = "gazepress needs a folder here, and did not write the file that is in its way"
        yield problem("output-failed", message, path=f"{root}/{path}", hint="move the file elsewhere")
    for path in sorted(task.found.folders & task.wanted.keys()):
        if any(is_in(one, path) for one in task.foreign):
            message = "gazepress needs a file here, and did not write what is in the folder of this name"
            yield problem("output-failed", message, path=f"{root}/{path}", hint="move the folder elsewhere")


# ---------------------------------------------------------------------------------------------------- doing it


def _carry_out(root: str, task: _Task) -> Mapping[str, str]:
    """Do it; return the digests of the files that are now in their places."""
    files = task.wanted
    stage = stage_of(root)
    for path in task.found.leftovers:
        if f"{root}/{path}" != stage:
            _remove(f"{root}/{path}")
    if task.changed or task.gone or task.is_new:
        os.makedirs(root, exist_ok=True)
        uncertain = dict.fromkeys((one.path for one in task.changed), "")
        write_manifest(root, {**task.before, **task.wanted, **uncertain})  # whoever kills us now, all of it is ours
        removable = [path for path in task.gone if path in task.found.sizes]
        first = _to_remove_first(task, removable)
        for path in first:
            os.unlink(f"{root}/{path}")
        _remove_folders_in_the_way(root, task)
        files = _write_files(root, task)
        for path in removable:
            if path not in first:
                os.unlink(f"{root}/{path}")
        for folder in sorted(task.found.folders.intersection(folders_of(task.gone)), reverse=True):
            with suppress(OSError):  # it is not empty
                os.rmdir(f"{root}/{folder}")
        write_manifest(root, files)
    _remove(stage)
    return files


def _remove(place: str) -> None:
    if os.path.isdir(place) and not os.path.islink(place):
        import shutil

        shutil.rmtree(place)
    elif os.path.lexists(place):
        os.unlink(place)


def _to_remove_first(task: _Task, removable: list[str]) -> set[str]:
    """Return what must go before anything is written: files where folders will be, and files in folders that go.

    Also names that differ from a new one by case or Unicode form only: some file systems take the two for one.
    """
    if not removable:
        return set()
    from gazepress.urls import collision_key

    keys = {collision_key(path) for path in task.wanted}

    def must_go(path: str) -> bool:
        in_the_way = path in task.folders or collision_key(path) in keys
        return in_the_way or any(one in task.wanted for one in folders_of([path]))

    return {path for path in removable if must_go(path)}


def _remove_folders_in_the_way(root: str, task: _Task) -> None:
    tops = task.found.folders & task.wanted.keys()
    if not tops:
        return
    folders = [path for path in task.found.folders if any(is_in(path, top) for top in tops)]
    for folder in sorted(folders, reverse=True):
        os.rmdir(f"{root}/{folder}")


def _write_files(root: str, task: _Task) -> dict[str, str]:
    """Write what has changed; return the manifest of it all."""
    folders = set(task.found.folders)
    files = dict(task.wanted)
    stage = stage_of(root)
    moved = "\0"  # the folder of the stage that was last put in its place as a whole, with a slash
    for one in task.changed:
        folder = one.path.rpartition("/")[0]
        if isinstance(one, Staged) and one.place.startswith(moved):
            folders.update(folders_of([one.path]))
            continue
        if isinstance(one, Staged) and one.place.endswith(one.path) and (top := _missing_top(root, folder, folders)):
            moved = f"{one.place.removesuffix(one.path)}{top}/"
            os.rename(f"{stage}/{moved}", f"{root}/{top}")
            folders.update(folders_of([one.path]))
            continue
        if folder and folder not in folders:
            os.makedirs(f"{root}/{folder}", exist_ok=True)
            folders.update(folders_of([one.path]))
        match one:
            case Staged(path=path, place=place):
                os.replace(f"{stage}/{place}", f"{root}/{path}")
            case CopiedFile(path=path, source=source):
                data = Path(source).read_bytes()
                write(root, path, data)
                files[path] = digest_bytes(data)  # the file may have changed since the build looked at it
    return files


def _missing_top(root: str, folder: str, folders: AbstractSet[str]) -> str:
    """Return the uppermost folder on the way to a staged file that is not there, empty if all are.

    All that is staged below it is new as well, so that one renaming puts it all in its place.
    """
    top = ""
    while folder and folder not in folders:
        top, folder = folder, folder.rpartition("/")[0]
    return "" if top and os.path.lexists(f"{root}/{top}") else top


def _foreign_warning(root: str, foreign: Sequence[str]) -> tuple[Diagnostic, ...]:
    if not foreign:
        return ()
    names = ", ".join(repr(path) for path in foreign[:_NAMED_AT_MOST])
    more = f" and {len(foreign) - _NAMED_AT_MOST} more" if len(foreign) > _NAMED_AT_MOST else ""
    message = f"gazepress did not write these and leaves them alone: {names}{more}"
    return (problem("output-foreign", message, path=root),)
