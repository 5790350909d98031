"""Where the built-in theme lies: templates, static files, words and the fonts of drawn pictures are data."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
WORDS = Path(__file__).parent / "words"
FONTS = Path(__file__).parent / "fonts"
