"""What must go from a picture before strangers get it: above all, where it was taken.

The picture itself is not touched, so that nothing is lost by it.
"""

import re
import zlib
from collections.abc import Iterator

_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_APPLICATION = range(_APP0, 0xF0)
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
_ICC = b"ICC_PROFILE\0"

_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT".split()
)
_WEBP_HAS_EXIF, _WEBP_HAS_XMP = 0x08, 0x04

_GIF_EXTENSION, _GIF_IMAGE = 0x21, 0x2C
_GIF_COMMENT, _GIF_APPLICATION = 0xFE, 0xFF


def clean_jpeg(data: bytes, exif: bytes) -> bytes:
    """Return a JPEG file with ``exif`` (a TIFF block, may be empty) as its only metadata besides its colour profile.

    What lies behind the picture's end goes too: cameras put previews there. Raises ValueError when it has no end.
    """
    parts = [data[:2]]
    if exif:
        block = b"Exif\0\0" + exif
        parts.append(b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block)
    at = 2
    while True:
        found = _NEXT_MARKER.search(data, at)
        if found is None:
            raise ValueError("the picture has no end")
        parts.append(data[at : found.start()])  # between two scans this is the picture, elsewhere nothing
        marker, at = found[1][0], found.end()
        if marker == _EOI:
            return b"".join((*parts, b"\xff\xd9"))
        end = at + int.from_bytes(data[at : at + 2], "big")
        if _stays(marker, data[at + 2 : at + 14]):
            parts.append(b"\xff" + found[1] + data[at:end])
        at = end


def clean_png(data: bytes, exif: bytes) -> bytes:
    """Return a PNG file with ``exif`` (a TIFF block, may be empty) as its only metadata besides its colours."""
    parts = [data[:8]]
    at = 8
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind in _PNG_KEPT:
            parts.append(data[at:end])
        if kind == b"IHDR" and exif:
            parts.append(len(exif).to_bytes(4, "big") + b"eXIf" + exif + zlib.crc32(b"eXIf" + exif).to_bytes(4, "big"))
        if kind == b"IEND":
            break
        at = end
    return b"".join(parts)


def clean_webp(data: bytes, exif: bytes) -> bytes:
    """Return a WebP file with ``exif`` (a TIFF block, may be empty) as its only metadata besides its colour profile."""
    chunks = list(_webp_chunks(data))
    if chunks[0][0] != b"VP8X":  # the simple form has no room for metadata
        return data
    parts = []
    for kind, body in chunks:
        if kind == b"VP8X":
            flags = body[0] & ~(_WEBP_HAS_EXIF | _WEBP_HAS_XMP) | (_WEBP_HAS_EXIF if exif else 0)
            parts.append(_webp_chunk(kind, bytes([flags]) + body[1:]))
        elif kind not in (b"EXIF", b"XMP "):
            parts.append(_webp_chunk(kind, body))
    if exif:
        parts.append(_webp_chunk(b"EXIF", exif))
    inside = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(inside).to_bytes(4, "little") + inside


def clean_gif(data: bytes) -> bytes:
    """Return a GIF file without comments and without what editing programs have written into it."""
    at = _after_color_table(data, 10, 13)
    parts = [data[:at]]
    while data[at : at + 1] in (b"!", b","):
        start = at
        if data[at] == _GIF_IMAGE:
            at = _after_color_table(data, at + 9, at + 10) + 1
            stays = True
        else:
            label, name = data[at + 1], data[at + 3 : at + 14]
            stays = label != _GIF_COMMENT and (label != _GIF_APPLICATION or name in (b"NETSCAPE2.0", b"ICCRGBG1012"))
            at += 2
        while at < len(data) and data[at]:
            at += data[at] + 1
        at += 1
        if stays:
            parts.append(data[start:at])
    return b"".join((*parts, b";"))


def _stays(marker: int, beginning: bytes) -> bool:
    if marker == _APP2:
        return beginning.startswith(_ICC)
    return marker in (_APP0, _APP14) or marker not in (*_APPLICATION, _COM)


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _webp_chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _after_color_table(data: bytes, flags_at: int, after: int) -> int:
    """Return where a color table ends that the flags at ``flags_at`` tell of (GIF89a, sections 18 and 20)."""
    flags = data[flags_at]
    return after + (3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0)
