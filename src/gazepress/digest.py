"""The one way to name bytes and records by what they hold."""

from collections.abc import Iterable, Iterator

import msgspec

try:
    from _blake2 import blake2b  # what hashlib has, which loads OpenSSL besides: a tenth of all that starts
except ImportError:  # a Python that was built without it
    from hashlib import blake2b

_SIZE = 16
# JSON and not MessagePack: it writes a time with its offset, and 12:00+02:00 is not drawn as 10:00 UTC is.
_encode = msgspec.json.Encoder(order="deterministic").encode


def digest_bytes(data: bytes) -> str:
    """Return 32 hexadecimal digits that stand for ``data`` (BLAKE2b, 128 bits, RFC 7693)."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


def digests_so_far(parts: Iterable[bytes]) -> Iterator[str]:
    """Yield with each part what stands for all bytes up to its end, as ``digest_bytes`` would name them."""
    so_far = blake2b(digest_size=_SIZE)
    for part in parts:
        so_far.update(part)
        yield so_far.hexdigest()


def digest_record(record: object) -> str:
    """Return the digest of a record by its type's name and canonical encoding: the same record has the same anywhere.

    The order of keys in a dictionary does not count. Raises TypeError for what has no encoding.
    """
    return digest_bytes(type(record).__qualname__.encode() + b"\0" + _encode(record))
