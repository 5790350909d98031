"""What stands for this program: everything in it that can change what a site looks like."""

# Runs in every build, and Path would double its cost.
# ruff: noqa: PTH120, PTH123

import os
import sys
from functools import lru_cache

from gazepress.digest import digest_bytes

SHAPING = frozenset(
    """babel brotli cbor2 dateutil feedgen jinja2 lxml markdown_it_py markupsafe mdit_py_plugins mdurl msgspec nh3
    pagefind_bin pillow python_dateutil python_slugify pyyaml rapidfuzz resvg_py text_unidecode translitua
    tzdata""".split()
)
"""The libraries of which a page's bytes may depend, as their installed folders are named."""


@lru_cache(maxsize=1)
def program_digest() -> str:
    """Return what stands for this program: its code, its theme, Python, and the libraries that shape pages.

    Whatever one program remembers of a build, another must not use. The code counts and not only its version number, so
    that who works on gazepress never sees an old page. Installed versions are read from the names of their folders,
    which takes a moment where asking each library would take many.
    """
    parts = [sys.version, *sorted(_versions())]
    package = os.path.dirname(os.path.dirname(__file__))
    files = (f"{folder}/{name}" for folder, _, names in os.walk(package) for name in names)
    for file in sorted(files):
        if "/__pycache__/" not in file:
            with open(file, "rb") as stream:
                parts += (file.removeprefix(package), digest_bytes(stream.read()))
    return digest_bytes("\n".join(parts).encode())


def library_versions() -> dict[str, str]:
    """Return the version of each installed library of which a page's bytes may depend, by its name."""
    return dict(sorted(name.rsplit("-", 1) for name in _versions()))


def _versions() -> set[str]:
    found = set()
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder)  # noqa: PTH208 - thousands of names, of which a few are wanted
        except OSError:
            continue
        installed = (name.removesuffix(".dist-info") for name in names if name.endswith(".dist-info"))
        found |= {name for name in installed if name.partition("-")[0].lower().replace("-", "_") in SHAPING}
    return found
