"""What the editors' tools know of a site: all that its texts say, without a page of it."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from gazepress.build.reading import Library
from gazepress.build.store import Store
from gazepress.diagnostics import Checked
from gazepress.model import Graph
from gazepress.settings import Settings
from gazepress.sources import SourceFile


class Newsroom(Struct, frozen=True):
    """A site as its texts are now. Texts that could not be read are missing in ``graph`` and ``paths``."""

    site: Path
    settings: Settings
    as_of: datetime
    files: tuple[SourceFile, ...]
    graph: Graph
    paths: Mapping[str, str]  # file of an article, page or author → its site path without the base: /2025/10/x/
    library: Library  # fetches the parsed body of a text
    changed_silently: AbstractSet[str] = frozenset()  # files of articles, as build/wordings.py tells them


class Visit(Struct, frozen=True):
    """A site that somebody looks at: what it is now, by a key of all but the hour, and the way to know it better.

    ``files`` are its files as they are now, ``store`` is where builds remember things. ``read`` returns all texts, also
    those that are held back, together with what a build would find before it draws a page.
    """

    inputs: str
    as_of: datetime
    settings: Settings
    files: tuple[SourceFile, ...]
    store: Store
    read: Callable[[], Checked[Newsroom]]
