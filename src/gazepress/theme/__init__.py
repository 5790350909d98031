"""Where the built-in theme lies: its templates, static files and words are data of this package."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
WORDS = Path(__file__).parent / "words"
