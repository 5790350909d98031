"""Which names of a site can be completed on a command line, as far as its last look at the texts knows.

A file of its own, read without the rest of the program: a shell waits for it at each press of a key.
"""

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

_PLACE = ".gazepress/names.json"  # in the folder of what is remembered, which may vanish at any time


class Names(Struct, frozen=True):
    """Slugs, each with what readers see instead of it, on one line. A text that is held back may have no title."""

    articles: dict[str, str] = {}
    sections: dict[str, str] = {}
    tags: dict[str, str] = {}
    authors: dict[str, str] = {}


def load_names(site: Path) -> Names:
    """Return the names of the site in a folder; none where nothing is remembered of it, or nothing that can be read."""
    try:
        return msgspec.json.decode((site / _PLACE).read_bytes(), type=Names)
    except (OSError, msgspec.MsgspecError):
        return Names()


def save_names(site: Path, names: Names) -> None:
    """Remember the names of a site, where the disk takes them; the last ones are replaced as a whole."""
    file = site / _PLACE
    fresh = file.with_suffix(".tmp")
    with suppress(OSError):
        fresh.write_bytes(msgspec.json.encode(names))
        os.replace(fresh, file)  # noqa: PTH105 - as everywhere where bytes are put in their place
