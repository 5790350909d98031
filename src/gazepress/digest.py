"""The one way to name bytes and records by what they hold."""

from hashlib import blake2b

import msgspec

_SIZE = 16
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def digest_bytes(data: bytes) -> str:
    """Return 32 hexadecimal digits that stand for ``data`` (BLAKE2b, 128 bits, RFC 7693)."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


def digest_record(record: object) -> str:
    """Return the digest of a record by its canonical encoding: the same fields give the same digest anywhere."""
    return digest_bytes(_encode(record))
