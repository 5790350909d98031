"""When two pieces of text are the same to a reader: case, width, quotes, dashes and spaces do not count."""

import re
import unicodedata
from functools import lru_cache

_QUOTES = dict.fromkeys(map(ord, "'\"`´‘’‚‛“”„‟«»‹›ʼʹ′″＇＂"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⸺⸻﹘﹣－"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TABLE = {**_QUOTES, **_DASHES, **_INVISIBLE}
_SPACES = re.compile(r"\s+")
_AROUND_DASH = re.compile(r"\s*-+\s*")
_EDGES = " '."


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the form in which titles, labels and phrases are compared.

    Quotes around the whole and a full stop at its end fall away too, so that a title may be quoted where it is named.
    """
    text = unicodedata.normalize("NFKC", text).translate(_TABLE).casefold()
    text = unicodedata.normalize("NFKC", text)
    text = _AROUND_DASH.sub("-", _SPACES.sub(" ", text)).replace("''", "'")
    return text.strip(_EDGES)
