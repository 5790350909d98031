"""What discover makes of a site folder: its files, each with what it is for and by what it is known to be unchanged."""

from enum import StrEnum

from msgspec import Struct

LAYOUT_FILE = "content/_front.yaml"
LOCK_FILE = "urls.lock"


class SourceKind(StrEnum):
    """What a file of the site folder is for; it follows from its place alone."""

    ARTICLE = "article"
    PAGE = "page"
    AUTHOR = "author"
    LAYOUT = "layout"  # content/_front.yaml
    MEDIA = "media"  # a file of content/ that is no text: pictures, documents
    STATIC = "static"
    TEMPLATE = "template"
    LOCK = "lock"  # urls.lock


class Stamp(Struct, frozen=True, array_like=True):
    """By what a file is known to be unchanged without being read; times in nanoseconds since 1970."""

    size: int
    modified: int
    changed: int  # of its bytes, name or attributes: unlike ``modified``, no program can set it back
    inode: int


class SourceFile(Struct, frozen=True, array_like=True):
    """A file of the site: its path from the site folder with ``/`` between names, and the digest of its bytes.

    The stamp is None while the file is so young that it could change again without changing its stamp.
    """

    path: str
    kind: SourceKind
    digest: str
    size: int
    stamp: Stamp | None = None
