"""What a build finds before it does anything: sources, and what is there of the files that the last one wrote."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from gazepress.build.remembered import Edition, Printed
from gazepress.build.run import Run
from gazepress.pool import alongside
from gazepress.published import Seen
from gazepress.sources import SourceFile, Stamp
from gazepress.stages.publish import digest_of, folders_of, manifest_stamp, published_digests, unlike

_WORTH_A_PROCESS = 4096
"""Fewer files are sooner looked at than a process is begun and ended."""


class Difference(Struct, frozen=True):
    """In what the last build's files are not as it left them."""

    restamped: dict[str, Stamp]  # whole, but copied or touched
    altered: tuple[str, ...]  # changed or removed
    by_us: bool  # whether the output folder's manifest is that of the last build


class Look(Struct, frozen=True):
    """What is there of the last build's files: the stamps of those that are whole, and the paths of the others."""

    before: Mapping[str, Printed]
    whole: Mapping[str, Stamp]
    restamped: Mapping[str, Stamp]  # those of them that are whole, but have been copied or touched
    altered: tuple[str, ...]  # changed or removed since
    by_us: bool  # whether the output folder's manifest is that of the last build
    every_byte: bool  # whether all bytes were compared
    manifest: Stamp | None = None  # that of the manifest that names the files of ``before`` and no others

    @property
    def is_as_left(self) -> bool:
        """Tell whether nothing was changed since by anybody."""
        return self.by_us and not self.altered

    @property
    def seen(self) -> Seen:
        """Return what publish wants to know of it."""
        altered, folders = frozenset(self.altered), frozenset(folders_of(self.whole))
        if self.every_byte or not self.before:
            return Seen(altered, None, folders)
        digests = {path: printed.digest for path, printed in self.before.items()}
        return Seen(altered, self.whole, folders, self.manifest, digests)


class Found(Struct, frozen=True):
    """What a build finds before it does anything, with the keys of it all."""

    files: tuple[SourceFile, ...]
    sources: str
    inputs: str
    edition: Edition | None
    look: Look


@contextmanager
def looking_at(run: Run, edition: Edition | None) -> Iterator[Callable[[], Look]]:
    """Begin to look at what is in the output folder, and give the function that waits for what there is.

    Without a memory of it there is a look only where all bytes are to be compared.
    """
    every_byte, unknown = run.options.verify, Stamp(0, 0, 0, 0)
    before: Mapping[str, Printed] = edition.files if edition else {}
    if edition is None and every_byte:
        digests = published_digests(run.output)
        before = {path: Printed("", digest, unknown, run.as_of) for path, digest in digests.items()}
    if edition is None and not before:
        yield lambda: Look({}, {}, {}, (), by_us=False, every_byte=every_byte)
        return
    manifest = edition.manifest if edition else unknown

    def differences() -> bytes:
        return msgspec.msgpack.encode(_differences(run.output, before, manifest, every_byte=every_byte))

    # A look asks the system of every file, as does whoever looks for sources meanwhile.
    jobs = run.options.jobs if len(before) > _WORTH_A_PROCESS else 1
    with alongside(differences, jobs=jobs) as answer:

        def look() -> Look:
            found = msgspec.msgpack.decode(answer(), type=Difference)
            stamps = {path: printed.stamp for path, printed in before.items()} | found.restamped
            for path in found.altered:
                del stamps[path]
            known = edition.manifest if edition and edition.inputs else None
            return Look(before, stamps, found.restamped, found.altered, found.by_us, every_byte, known)

        yield look


def _differences(output: Path, before: Mapping[str, Printed], manifest: Stamp, *, every_byte: bool) -> Difference:
    """Return which files of the last build are not as it left them: by their stamps, and by their bytes where in doubt.

    ``manifest`` is the stamp that the last build gave to its manifest. ``every_byte`` asks the bytes of all files.
    """
    known = ((path, None if every_byte else printed.stamp) for path, printed in before.items())
    restamped: dict[str, Stamp] = {}
    altered = []
    for path, stamp in unlike(output, known):
        if stamp is None or digest_of(output, path) != before[path].digest:
            altered.append(path)
        elif stamp != before[path].stamp:
            restamped[path] = stamp
    by_us = manifest == manifest_stamp(output) or published_digests(output) == {
        path: printed.digest for path, printed in before.items()
    }
    return Difference(restamped, tuple(altered), by_us)
