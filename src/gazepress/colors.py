"""Which colors can be read on the theme's paper? Contrast as WCAG 2.2 reckons it."""

import re
from collections.abc import Sequence

READABLE = 4.5
"""Contrast of text at level AA (WCAG 2.2, 1.4.3)."""
LIGHT = ("#fdfcfa", "#f4f2ed")
DARK = ("#131519", "#1c1f24")
"""The grounds of both schemes, as ``--paper`` and ``--raised`` in the theme's style sheet; a test compares them."""

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_STEPS = 100
_DARKEST_CURVED = 0.04045  # where the curve of sRGB begins (WCAG 2.2, relative luminance)


def is_color(text: str) -> bool:
    """Tell whether a text is a color in hexadecimal digits: ``#9c1f18``."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_readable(ink: str, grounds: Sequence[str]) -> bool:
    """Tell whether words in ``ink`` can be read on each of the grounds."""
    return all(contrast(ink, ground) >= READABLE for ground in grounds)


def readable(ink: str, grounds: Sequence[str], toward: str) -> str:
    """Return the color nearest to ``ink`` that can be read on the grounds, on the way to ``toward``."""
    mixes = (mixed(ink, toward, step / _STEPS) for step in range(_STEPS + 1))
    return next((mix for mix in mixes if is_readable(mix, grounds)), toward)


def mixed(one: str, other: str, share: float) -> str:
    """Return the color between two, ``share`` of the way from the first to the second."""
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}" for a, b in zip(_channels(one), _channels(other), strict=True)
    )


def _channels(color: str) -> list[int]:
    return [int(color[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(color: str) -> float:
    """Return the relative luminance of an sRGB color, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= _DARKEST_CURVED else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
