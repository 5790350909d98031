"""What the editors' tools know of a site: all that its texts say, without a page of it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from gazepress.build.reading import Library
from gazepress.documents import SourceFile
from gazepress.model import Graph
from gazepress.settings import Settings


class Newsroom(Struct, frozen=True):
    """A site as its texts are now. Texts that could not be read are missing in ``graph`` and ``paths``."""

    site: Path
    settings: Settings
    as_of: datetime
    files: tuple[SourceFile, ...]
    graph: Graph
    paths: Mapping[str, str]  # file of an article, page or author → its site path without the base: /2025/10/x/
    library: Library  # fetches the parsed body of a text
