"""The files of a search index: the same bytes in whatever order Pagefind came to write them.

Pagefind keeps the values of a filter in a table without order, so that equal articles give it unequal files. Each of
its files is CBOR (RFC 8949) behind a mark, compressed, and named by a digest that other files hold. Here the values
come in order, and what names a file is written anew.
"""

import gzip
import json
import zlib
from collections.abc import Mapping
from typing import Any

from gazepress.compression import Encoding, compress
from gazepress.digest import digest_bytes

ENTRY = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
_DIGITS = 10  # of a digest in a name; Pagefind has between 7 and 10


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index by their paths from its entry's folder, the same for equal articles.

    Raises ValueError, LookupError or TypeError where they are no index that Pagefind 1.5 makes.
    """
    made = {path: data for path, data in files.items() if path.split("/")[0] != "filter"}
    entry = json.loads(made[ENTRY])
    for language in entry["languages"].values():
        meta = made.pop(_meta_file(language["hash"]))
        version, pages, words, filters, *rest = _read(meta)
        named = []
        for name, file in filters:
            own, values = _read(files[_filter_file(file)])
            data = _written([own, sorted(values)])
            now = f"{file.rpartition('_')[0]}_{digest_bytes(data)[:_DIGITS]}"
            made[_filter_file(now)] = data
            named.append([name, now])
        data = _written([version, pages, words, sorted(named), *rest])
        language["hash"] = f"{language['hash'].rpartition('_')[0]}_{digest_bytes(data)[:_DIGITS]}"
        made[_meta_file(language["hash"])] = data
    made[ENTRY] = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    return made


def _meta_file(name: str) -> str:
    return f"pagefind.{name}.pf_meta"


def _filter_file(name: str) -> str:
    return f"filter/{name}.pf_filter"


def _read(data: bytes) -> Any:  # noqa: ANN401 - lists of lists, as Pagefind writes them
    import cbor2

    try:
        return cbor2.loads(gzip.decompress(data).removeprefix(_MARK))
    except (OSError, EOFError, zlib.error, cbor2.CBORError) as error:
        raise ValueError(f"it is not in the form of Pagefind 1.5: {error}") from error


def _written(value: list[Any]) -> bytes:
    import cbor2

    return compress(Encoding.GZIP, _MARK + cbor2.dumps(value))
