"""What is remembered of a site between builds, as records."""

from datetime import datetime

from msgspec import Struct

from gazepress.build.log import Counts
from gazepress.build.store import Place
from gazepress.diagnostics import Diagnostic
from gazepress.published import Held
from gazepress.settings import Settings
from gazepress.sources import SourceFile, Stamp


class Wording(Struct, frozen=True, array_like=True):
    """The words of a text, and all by which it says that they have changed; both as digests."""

    said: str
    told: str


class KnownText(Struct, array_like=True):
    """A text that was parsed: the key of its document, where the parsed text lies, and what was wrong with it."""

    document: str
    place: Place | bytes  # the bytes themselves where no disk took them
    wording: Wording
    diagnostics: tuple[Diagnostic, ...] = ()
    idle: int = 0  # how many builds have not needed it


class KnownTexts(Struct):
    """All parsed texts by their keys, and files beside them that may be published: digest, and ending of the name."""

    texts: dict[str, KnownText] = {}
    sound: set[str] = set()


class KnownWordings(Struct):
    """How published articles were worded when readers were last told, by path; ``reading`` is that of the library."""

    reading: str
    wordings: dict[str, Wording]


class KnownFiles(Struct):
    """The files of the site as they were found."""

    files: tuple[SourceFile, ...]


class KnownSettings(Struct, frozen=True):
    """The settings that bytes of that digest hold, and what is to be said of them."""

    digest: str
    settings: Settings
    diagnostics: tuple[Diagnostic, ...]


class Printed(Struct, frozen=True, array_like=True):
    """An output file as the last build left it: of what it was made, its bytes, and the hour of the build that did."""

    fingerprint: str
    digest: str
    stamp: Stamp
    since: datetime


class KnownMain(Struct, frozen=True, array_like=True):
    """The block ``main`` of a page that was published: of what it was made, and where it stands in the page."""

    made_of: str
    page: str  # the digest of its bytes
    place: tuple[int, int]  # its first byte, and how many they are


class Made(Struct, frozen=True):
    """Of what the last build that changed anything made its outputs, for who asks why; and which ones it made."""

    as_of: datetime
    program: str
    plan: str  # its key, and since when it holds
    since: datetime
    texts: dict[str, str]  # path → key
    templates: dict[str, str]  # path → digest
    closures: dict[str, tuple[str, ...]]  # name of a page's template → paths of all that it depends on
    outputs: tuple[str, ...]  # paths of the files that it made or copied
    mended: tuple[str, ...]


class Edition(Struct, frozen=True):
    """What the last build into a folder published, and of what."""

    inputs: str  # their key; empty where not all that the manifest names is among the files
    plan: str  # its key, and the texts that this one knows to the letter
    told: tuple[str, ...]
    since: datetime
    next_change: datetime | None
    files: dict[str, Printed]
    manifest: Stamp
    diagnostics: tuple[Diagnostic, ...]
    held: tuple[Held, ...]
    counts: Counts
    unrecorded: bool = False  # whether it published addresses that it did not record

    def holds(self, as_of: datetime) -> bool:
        """Tell whether the hour alone changes nothing."""
        return self.since <= as_of and (self.next_change is None or as_of < self.next_change)
