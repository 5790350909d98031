"""Which files are worth compressing, and what a text is when it is compressed: the same bytes at any hour."""

import zlib
from enum import StrEnum
from importlib.util import find_spec

_TEXTS = (".html", ".css", ".js", ".json", ".xml", ".txt", ".svg", ".opml", ".webmanifest", ".md", ".csv", ".ics")
_GZIP_LEVEL, _BROTLI_QUALITY = 9, 9  # Brotli at 11 makes pages a tenth smaller still, in 25 times the time
_BROTLI_WINDOWS = range(16, 23)  # bits; to make the largest ready takes longer than to compress a page
_SYSTEM = 9  # the byte that names the system that compressed (RFC 1952, 2.3.1); 255 is any


class Encoding(StrEnum):
    """A form in which browsers take a file (RFC 9110, 8.4.1)."""

    GZIP = "gzip"
    BROTLI = "brotli"


ENDINGS = {Encoding.GZIP: ".gz", Encoding.BROTLI: ".br"}
"""What web servers look for beside a file."""


def is_text(path: str) -> bool:
    """Tell whether a file is worth compressing: pictures and typefaces are compressed already."""
    return path.lower().endswith(_TEXTS)


def uncompressed(path: str) -> str:
    """Return the file beside which one of this name would lie; empty where the name is that of no compressed file."""
    return next((path.removesuffix(ending) for ending in ENDINGS.values() if path.endswith(ending)), "")


def is_known(encoding: Encoding) -> bool:
    """Tell whether the library for a form is installed."""
    return encoding is not Encoding.BROTLI or find_spec("brotli") is not None


def version(encoding: Encoding) -> str:
    """Return what the compressed bytes depend on besides the file's own."""
    if encoding is Encoding.GZIP:
        return f"zlib {zlib.ZLIB_RUNTIME_VERSION} {_GZIP_LEVEL}"
    import brotli

    return f"brotli {brotli.version} {_BROTLI_QUALITY}"


def compress(encoding: Encoding, data: bytes) -> bytes:
    """Return ``data`` in a form: equal bytes give equal bytes, whatever the hour and the system."""
    if encoding is Encoding.GZIP:
        import gzip

        made = bytearray(gzip.compress(data, _GZIP_LEVEL, mtime=0))
        made[_SYSTEM] = 255
        return bytes(made)
    import brotli

    window = min(max(len(data).bit_length(), _BROTLI_WINDOWS[0]), _BROTLI_WINDOWS[-1])
    return bytes(brotli.compress(data, quality=_BROTLI_QUALITY, lgwin=window))
