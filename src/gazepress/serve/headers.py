"""What a host says with a file of the site, as the site's own file ``_headers`` asks it to.

The rules are those of Netlify and Cloudflare Pages. So what the policy of the site forbids is forbidden in the preview
too, and not only once it is published. What is said of caching is left out: nothing of a preview is kept.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_FILE = "_headers"
_SIGNS = re.compile(r"\*|:[A-Za-z]\w*")
_LEFT_OUT = frozenset({"cache-control", "content-length", "content-type", "strict-transport-security"})
_LARGEST = 1_000_000  # bytes


def headers_for(folder: Path, path: str) -> Mapping[str, str]:
    """Return the headers for an address of the site in ``folder``; the values that several rules give are joined."""
    try:
        look = (folder / _FILE).stat()
        rules = _rules(folder, look.st_mtime_ns, look.st_size) if look.st_size < _LARGEST else ()
    except OSError:
        return {}
    found: dict[str, str] = {}
    for pattern, name, value in rules:
        if pattern.fullmatch(path):
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found


@lru_cache(maxsize=1)
def _rules(folder: Path, _changed: int, _size: int) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    found = []
    pattern = re.compile("(?!)")
    for line in (folder / _FILE).read_text("utf-8", errors="replace").splitlines():
        name, colon, value = (part.strip() for part in line.partition(":"))
        if line[:1].isspace():
            if colon and name.isascii() and name.lower() not in _LEFT_OUT:
                found.append((pattern, name, value.encode("latin-1", "replace").decode("latin-1")))
        elif line and not line.startswith("#"):
            pattern = _pattern(line.strip())
    return tuple(found)


def _pattern(written: str) -> re.Pattern[str]:
    """Return what matches the addresses of a rule: ``*`` is any text, ``:name`` one step of a path."""
    parts, end = [], 0
    for sign in _SIGNS.finditer(written):
        parts += [re.escape(written[end : sign.start()]), ".*" if sign[0] == "*" else "[^/]+"]
        end = sign.end()
    return re.compile("".join([*parts, re.escape(written[end:])]), re.DOTALL)
