"""What a build finds before it does anything: sources, and what is there of the files that the last one wrote."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from gazepress.build.remembered import Edition, Printed
from gazepress.published import Seen
from gazepress.sources import SourceFile, Stamp
from gazepress.stages.publish import digest_of, folders_of, manifest_stamp, published_digests, survey


class Look(Struct, frozen=True):
    """What is there of the last build's files: the stamps of those that are whole, and the paths of the others."""

    before: Mapping[str, Printed]
    whole: dict[str, Stamp]
    altered: tuple[str, ...]  # changed or removed since
    by_us: bool  # whether the output folder's manifest is that of the last build
    every_byte: bool  # whether all bytes were compared

    @property
    def is_as_left(self) -> bool:
        """Tell whether nothing was changed since by anybody."""
        return self.by_us and not self.altered

    @property
    def seen(self) -> Seen:
        """Return what publish wants to know of it."""
        stamps = None if self.every_byte or not self.before else self.whole
        return Seen(frozenset(self.altered), stamps, frozenset(folders_of(self.whole)))


class Found(Struct, frozen=True):
    """What a build finds before it does anything, with the keys of it all."""

    files: tuple[SourceFile, ...]
    sources: str
    inputs: str
    edition: Edition | None
    look: Look


def look_at(output: Path, before: Mapping[str, Printed], manifest: Stamp | None, *, every_byte: bool) -> Look:
    """Return which files of the last build are as it left them: by their stamps, and by their bytes where these differ.

    ``manifest`` is the stamp that the last build gave to its manifest. ``every_byte`` asks the bytes of all files.
    """
    stamps = survey(output, before)
    altered = []
    for path, printed in before.items():
        stamp = stamps.get(path)
        in_doubt = every_byte or stamp != printed.stamp
        if stamp is None or (in_doubt and digest_of(output, path) != printed.digest):
            altered.append(path)
    for path in altered:
        stamps.pop(path, None)
    by_us = manifest is not None and (
        manifest == manifest_stamp(output)
        or published_digests(output) == {path: printed.digest for path, printed in before.items()}
    )
    return Look(before, stamps, tuple(altered), by_us, every_byte)
