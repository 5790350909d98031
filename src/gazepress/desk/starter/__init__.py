"""The files of a new site, with ``$names`` for what its newsroom answers (string.Template)."""

from pathlib import Path

SITE = Path(__file__).parent / "site"
CI = Path(__file__).parent / "ci"
