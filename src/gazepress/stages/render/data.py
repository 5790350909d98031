"""A document for other programs as the bytes of a JSON file."""

import msgspec
from msgspec import Struct

_encode = msgspec.json.Encoder().encode


def write_json(document: Struct) -> bytes:
    """Return a record as JSON in UTF-8, on one line. Times must have an offset."""
    return _encode(document) + b"\n"
