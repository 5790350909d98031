"""Where the built-in theme lies: its templates and static files are data of this package."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
