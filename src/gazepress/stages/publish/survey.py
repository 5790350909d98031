"""What lies in the output folder of what the last build wrote."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from gazepress.digest import digest_bytes
from gazepress.sources import Stamp
from gazepress.stages.publish.manifest import read_manifest
from gazepress.stages.publish.places import MANIFEST


def survey(output: Path, paths: Iterable[str]) -> dict[str, Stamp]:
    """Return the stamps of those of ``paths`` below the output folder that are plain files."""
    # Runs for every file of the site, even when nothing has changed: texts, and no function call but the one.
    root, look, found = f"{output}/", os.lstat, {}
    for path in paths:
        try:
            one = look(root + path)
        except (OSError, ValueError):
            continue
        if stat.S_ISREG(one.st_mode):
            found[path] = Stamp(one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)
    return found


def unlike(output: Path, known: Iterable[tuple[str, Stamp | None]]) -> Iterator[tuple[str, Stamp | None]]:
    """Yield the files below the output folder whose stamps are not those that are ``known``, with what they are now.

    Of what is no plain file there is no stamp.
    """
    # Runs for every file of the site, even when nothing has changed: no record and no list is made of what is the same.
    root, look = f"{output}/", os.lstat
    for path, stamp in known:
        try:
            one = look(root + path)
        except (OSError, ValueError):
            yield path, None
            continue
        now = (one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)
        if stamp is None or now != (stamp.size, stamp.modified, stamp.changed, stamp.inode):
            yield path, Stamp(*now) if stat.S_ISREG(one.st_mode) else None


def manifest_stamp(output: Path) -> Stamp | None:
    """Return the stamp of the output folder's manifest, if there is one."""
    return survey(output, (MANIFEST,)).get(MANIFEST)


def published_digests(output: Path) -> Mapping[str, str]:
    """Return what the output folder's manifest says: path → digest; nothing if there is none that can be trusted."""
    manifest = read_manifest(str(output))
    return manifest.files if manifest else {}


def digest_of(output: Path, path: str) -> str:
    """Return the digest of a file below the output folder; empty if it cannot be read."""
    try:
        return digest_bytes((output / path).read_bytes())
    except OSError:
        return ""


def read_part(output: Path, path: str, start: int, length: int, stamp: Stamp) -> bytes | None:
    """Return ``length`` bytes of a file from ``start`` on; None unless it still is what the stamp says."""
    # Of every page of the site, at times: a text is its path, and nothing is put between the file and its bytes.
    try:
        with open(f"{output}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123
            stream.seek(start)
            part, one = stream.read(length), os.fstat(stream.fileno())
    except OSError:
        return None
    if len(part) != length:  # the system may give less, without a word
        return None
    return part if Stamp(one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino) == stamp else None
