"""What a build publishes and what it holds back, told without a word of what pages show."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from gazepress.sources import Stamp


class HeldReason(StrEnum):
    """Why something is not published."""

    DRAFT = "draft"
    EMBARGO = "embargo"
    FUTURE = "future date"


class Held(Struct, frozen=True):
    """Something that is held back, and until when (None for a draft)."""

    path: str
    reason: HeldReason
    until: datetime | None = None


class CopiedFile(Struct, frozen=True):
    """An output file taken over byte by byte from the file ``source``, which is read only if it must be written."""

    path: str
    source: str
    digest: str


class Staged(Struct, frozen=True, array_like=True):
    """An output file that waits to be put in its place: it is complete, and lies at ``place`` on the stage."""

    path: str
    digest: str
    size: int
    place: str


class Kept(Struct, frozen=True, array_like=True):
    """An output file that is in its place already, with these bytes."""

    path: str
    digest: str


class Manifest(Struct, frozen=True):
    """What a build has published: path below the output folder → digest of its bytes.

    The digest is empty while a build is about to write the file: it may hold the bytes of this build or the last.
    """

    files: Mapping[str, str]


class Seen(Struct, frozen=True):
    """What was just seen of the last build's files: which were altered, and the stamps of those that are whole.

    The stamps are None where the folder is to be looked through for files of others. ``manifest`` is the stamp of the
    manifest that says what is ``published``, None where that must be read.
    """

    altered: AbstractSet[str]
    stamps: Mapping[str, Stamp] | None
    folders: AbstractSet[str] = frozenset()  # those of the files that are whole
    manifest: Stamp | None = None
    published: Mapping[str, str] = {}


class Published(Struct, frozen=True):
    """What a build did to the output folder. ``doubtful`` are copies of files that changed while they were copied."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    doubtful: tuple[str, ...] = ()
