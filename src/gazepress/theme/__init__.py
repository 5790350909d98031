"""Where the built-in theme lies: templates, static files, words and the fonts of drawn pictures are data."""

from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
WORDS = Path(__file__).parent / "words"
FONTS = Path(__file__).parent / "fonts"

THEME = "theme:"
"""How the path of a file of the theme starts, where files of a site are named by their paths from its folder."""


def source_place(site: Path, path: str) -> Path:
    """Return where a file of the site in the folder ``site``, or a static file of the theme, lies."""
    return STATIC / path.removeprefix(THEME) if path.startswith(THEME) else site / path
