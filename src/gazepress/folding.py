"""When two pieces of text are the same to a reader: case, width, quotes, dashes and spaces do not count."""

import re
import unicodedata
from functools import lru_cache

_QUOTES = dict.fromkeys(map(ord, "'\"`´‘’‚‛“”„‟«»‹›ʼʹ′″＇＂"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⸺⸻﹘﹣－"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"))
_TABLE = {**_QUOTES, **_DASHES, **_INVISIBLE}
_SPACES = re.compile(r"\s+")
_AROUND_DASH = re.compile(r"\s*-+\s*")
_QUOTES_IN_A_ROW = re.compile("''+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the form in which titles, labels and phrases are compared; folding it again changes nothing.

    Quotes at both ends and full stops at the end fall away too, so that a title may be quoted where it is named.
    """
    # The table comes first because NFKC takes ´ apart, and again because NFKC makes some of its characters.
    text = unicodedata.normalize("NFKC", text.translate(_TABLE)).casefold()
    text = unicodedata.normalize("NFKC", text).translate(_TABLE)
    text = _AROUND_DASH.sub("-", _SPACES.sub(" ", text))
    return _QUOTES_IN_A_ROW.sub("'", text).rstrip(" '.").lstrip(" '")
