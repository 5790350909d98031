"""What is remembered between builds: a folder of records and of bytes, which may be deleted or damaged at any time.

Plain files, for an embedded database writes the same four times slower and must be opened anew by each worker: a record
is one file, replaced as a whole; bytes are appended to packs, one for each process, and found by their places. All of
it is checked when it is read. What cannot be used is as if it were not there.
"""

import os
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from typing import TypeVar, cast
from zlib import crc32

import msgspec
from msgspec import Struct

T = TypeVar("T")

_FileStamp = tuple[int, int, int]
"""Inode, time of the last change in nanoseconds, size."""

PREVIEW = "preview"
"""The folder among the remembered things that a preview builds into."""

_MAGIC = b"gazepress cache 1 "
_RECORD, _PACK, _TEMPORARY = ".record", ".pack", ".tmp"
_SMALL = 250_000  # bytes; larger packs are moved only when half of them is unused
_MANY = 64  # small packs
_README = {
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# gazepress can make all of this anew.\n",
    ".gitignore": "*\n",
}


class DamagedError(Exception):
    """The bytes at a place are not those that were put there."""


class Place(Struct, frozen=True, array_like=True):
    """Where bytes are: the name of a pack, the first byte, how many they are, and their CRC-32."""

    pack: str
    start: int
    size: int
    check: int


class Memory:
    """The records of one folder as a program that builds again and again keeps them at hand, by name.

    Each is known to be that of its file by the file's stamp. When somebody else has written one, none is kept.
    """

    def __init__(self) -> None:
        self._records: dict[str, tuple[object, _FileStamp]] = {}

    def check(self, stamp: Callable[[str], _FileStamp | None]) -> None:
        """Forget everything unless each record's file has the stamp that it had."""
        if any(stamp(name) != known for name, (_, known) in self._records.items()):
            self._records.clear()

    def get(self, name: str) -> object | None:
        """Return the record of that name, if it is at hand."""
        return self._records.get(name, (None,))[0]

    def keep(self, name: str, record: object, stamp: _FileStamp | None) -> None:
        """Keep a record whose file has that stamp; without a file, it is forgotten."""
        if stamp is None:
            self.drop(name)
        else:
            self._records[name] = record, stamp

    def drop(self, name: str) -> None:
        """Forget a record."""
        self._records.pop(name, None)


class Store:
    """A folder of remembered things, or a temporary one if that cannot be used or is not wanted.

    ``program`` stands for what may read it: records of another program are not there. ``found_damage`` tells whether
    something was there and could not be used. Only one process may have a folder open for writing, with its workers.
    With a ``memory``, records that it has are not read, and what is saved is written when the store is closed.
    """

    def __init__(self, folder: Path | None, program: str, memory: Memory | None = None) -> None:
        self.found_damage = False
        self._head = _MAGIC + program.encode() + b"\n"
        self._readers: dict[str, int] = {}
        self._writer: tuple[int, str, int, int] | None = None  # process, pack, file descriptor, its end
        self._is_temporary = folder is None or not self._prepare(folder)
        self._folder = _temporary_folder() if self._is_temporary else str(folder)
        self._memory = None if self._is_temporary else memory
        self._unsaved: dict[str, object] = {}
        self._packs_kept: AbstractSet[str] | None = None  # all others are to be dropped when the store is closed
        if self._memory is not None:
            self._memory.check(self._stamp)

    def _prepare(self, folder: Path) -> bool:
        try:
            if folder.exists() and not folder.is_dir():
                folder.unlink()
                self.found_damage = True
            folder.mkdir(exist_ok=True)
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False) and entry.name != PREVIEW:  # nothing else here is a folder
                        _remove_folder(entry.path)
                        self.found_damage = True
                    elif entry.name.endswith(_TEMPORARY):
                        os.unlink(entry.path)  # noqa: PTH108
            for name, text in _README.items():
                if not (folder / name).is_file():
                    (folder / name).write_text(text, "ascii")
        except OSError:
            self.found_damage = True
            return False
        return True

    def load(self, name: str, kind: type[T]) -> T | None:
        """Return the record of that name, or None if there is none. One that cannot be used is taken away."""
        if self._memory is None:
            return self._read(name, kind)
        record = self._unsaved[name] if name in self._unsaved else self._memory.get(name)
        if record is None:
            record = self._read(name, kind)
            if record is not None:
                self._memory.keep(name, record, self._stamp(name))
        return cast("T | None", record)

    def _read(self, name: str, kind: type[T]) -> T | None:
        try:
            with open(self._path(name, _RECORD), "rb") as stream:  # noqa: PTH123 - a few of these are all of a build
                head, check, data = stream.readline(), stream.readline(), stream.read()
        except FileNotFoundError:
            return None
        except OSError:
            self.found_damage = True
            return None
        try:
            if head == self._head and int(check) == crc32(data):
                return msgspec.msgpack.decode(data, type=kind)
        except (ValueError, msgspec.MsgspecError):
            pass
        self.found_damage = True
        with suppress(OSError):
            os.unlink(self._path(name, _RECORD))  # noqa: PTH108 - nobody may ever put another in its place
        return None

    def save(self, name: str, record: object) -> bool:
        """Put a record in the place of the last one of that name. Return False where the disk does not take it."""
        if self._memory is None:
            return self._write(name, record)
        self._unsaved[name] = record
        return True

    def _write(self, name: str, record: object) -> bool:
        data = msgspec.msgpack.encode(record)
        path = self._path(name, _RECORD)
        try:
            with open(path + _TEMPORARY, "wb") as stream:  # noqa: PTH123
                stream.writelines((self._head, b"%d\n" % crc32(data), data))
            os.replace(path + _TEMPORARY, path)  # noqa: PTH105
        except OSError:
            with suppress(OSError):
                os.unlink(path + _TEMPORARY)  # noqa: PTH108
            return False
        return True

    def rename(self, name: str, other: str) -> None:
        """Give a record that an earlier build has saved another name, if it is there."""
        if self._memory is not None:
            self._memory.drop(name)
        with suppress(OSError):
            os.replace(self._path(name, _RECORD), self._path(other, _RECORD))  # noqa: PTH105

    def keep_newest(self, prefix: str, count: int) -> None:
        """Remove the records whose names start with ``prefix``, but for the ``count`` saved last."""
        with suppress(OSError):
            files = sorted(Path(self._folder).glob(f"{prefix}*{_RECORD}"), key=lambda file: -file.stat().st_mtime_ns)
            for file in files[count:]:
                file.unlink()

    def append(self, data: bytes) -> Place | None:
        """Put bytes away and return their place, None if the disk does not take them. Each process has its own pack."""
        try:
            if self._writer is None or self._writer[0] != os.getpid():
                pack = os.urandom(8).hex()
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
                self._writer = os.getpid(), pack, os.open(self._path(pack, _PACK), flags, 0o666), 0
            process, pack, writer, start = self._writer
            written = os.write(writer, data)
        except OSError:
            return None
        self._writer = process, pack, writer, start + written
        return Place(pack, start, len(data), crc32(data)) if written == len(data) else None

    def read(self, place: Place) -> bytes:
        """Return the bytes at a place. Raises DamagedError."""
        try:
            reader = self._readers.get(place.pack)
            if reader is None:
                reader = self._readers[place.pack] = os.open(self._path(place.pack, _PACK), os.O_RDONLY)
            data = os.pread(reader, place.size, place.start)  # forks share the file, but not where it is read
        except (OSError, OverflowError) as error:
            raise DamagedError from error
        if len(data) != place.size or crc32(data) != place.check:
            raise DamagedError
        return data

    def tidy(self, places: Iterable[Place]) -> dict[Place, Place]:
        """Return new places for bytes whose packs are mostly unused, or too many and small; only ``places`` are used.

        When the caller has saved the new places, ``drop_packs`` removes the packs that nobody needs any longer.
        """
        used: dict[str, list[Place]] = {}
        for place in places:
            used.setdefault(place.pack, []).append(place)
        small = []
        moving: list[Place] = []
        for pack, inside in used.items():
            try:
                size = os.stat(self._path(pack, _PACK)).st_size  # noqa: PTH116
            except OSError:
                continue
            if 2 * sum(place.size for place in inside) < size:
                moving += inside
            elif size < _SMALL:
                small.append(pack)
        if len(small) > _MANY:
            moving += (place for pack in small for place in used[pack])
        moves: dict[Place, Place] = {}
        for place in moving:
            with suppress(DamagedError):
                to = self.append(self.read(place))
                if to is None:
                    return {}
                moves[place] = to
        return moves

    def drop_packs(self, keep: AbstractSet[str]) -> None:
        """Remove all packs but those named in ``keep``."""
        if self._unsaved:
            self._packs_kept = keep
            return
        with suppress(OSError):
            for file in Path(self._folder).glob(f"*{_PACK}"):
                if file.stem not in keep:
                    file.unlink()

    def close(self) -> None:
        """Write what has not been written, and let go of all files, and of the folder if it was a temporary one."""
        self._settle()
        for descriptor in self._readers.values():
            os.close(descriptor)
        self._readers.clear()
        if self._writer is not None and self._writer[0] == os.getpid():
            os.close(self._writer[2])
        self._writer = None
        if self._is_temporary:
            _remove_folder(self._folder)

    def _settle(self) -> None:
        """Write what is only in memory so far; a record that the disk does not take is not kept there either."""
        unsaved, self._unsaved = self._unsaved, {}
        written = True
        for name, record in unsaved.items():
            written = self._write(name, record) and written
            if self._memory is not None:
                self._memory.keep(name, record, self._stamp(name) if written else None)
        if self._packs_kept is not None and written:
            self.drop_packs(self._packs_kept)
        self._packs_kept = None

    def _stamp(self, name: str) -> "_FileStamp | None":
        try:
            look = os.stat(self._path(name, _RECORD))  # noqa: PTH116
        except OSError:
            return None
        return look.st_ino, look.st_mtime_ns, look.st_size

    def _path(self, name: str, ending: str) -> str:
        return f"{self._folder}/{name}{ending}"


def _temporary_folder() -> str:
    import tempfile

    return tempfile.mkdtemp(prefix="gazepress-")


def _remove_folder(path: str) -> None:
    import shutil

    shutil.rmtree(path, ignore_errors=True)
