"""A headline becomes the picture that stands beside a link to it in messengers and social networks."""

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from gazepress import theme
from gazepress.outlines import SHARE_SIZE, ShareOutline

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

PAPER, INK, ACCENT = (253, 252, 250), (20, 23, 28), "#9c1f18"

_EDGE = 72
_BAR = 16
_SIZES = (84, 76, 68, 60, 54, 48)
_MOST_LINES = 5
_LEADING = 1.16
_LABEL = 30
_SHADES = 224  # of the 256 colours, those between paper and ink; the others lead to the accent
_VISIBLE = 8
_LETTERS = ((0x20, 0x530), (0x1E00, 0x20D0), (0x2100, 0x2190))  # what the fonts have: Latin, Cyrillic, signs


def draw_share(outline: ShareOutline) -> bytes:
    """Return a PNG picture with a headline, what it stands under, and the publication's name."""
    from PIL import Image, ImageDraw

    ink, accent = Image.new("L", SHARE_SIZE), Image.new("L", SHARE_SIZE)
    across, down = SHARE_SIZE
    label = _font("label", _LABEL)
    draw = ImageDraw.Draw(ink)
    draw.text((_EDGE, down - _EDGE), _fitting(outline.publication, label), 255, label, anchor="ls")
    draw = ImageDraw.Draw(accent)
    draw.rectangle((0, 0, across, _BAR), 255)
    draw.text((_EDGE, _EDGE + _BAR), _fitting(outline.kicker.upper(), label), 255, label, anchor="lt")
    top, bottom = _EDGE + _BAR + 2 * _LABEL, down - _EDGE - 2 * _LABEL
    size, lines = _set(_known(outline.title), across - 2 * _EDGE, bottom - top)
    draw = ImageDraw.Draw(ink)
    for number, line in enumerate(lines):
        draw.text((_EDGE, top + number * size * _LEADING), line, 255, _font("headline", size), anchor="la")
    return _png(ink, accent, outline.accent or ACCENT)


def _set(title: str, width: int, height: int) -> tuple[int, list[str]]:
    """Return the largest size of type in which a title fits, and its lines; what never fits ends with an ellipsis."""
    for size in _SIZES:
        lines = _lines(title, _font("headline", size), width)
        if len(lines) <= min(_MOST_LINES, int(height / (size * _LEADING))):
            return size, lines
    most = int(height / (size * _LEADING))
    return size, [*lines[: most - 1], lines[most - 1][:-1].rstrip() + "…"]


def _lines(title: str, font: "FreeTypeFont", width: float) -> list[str]:
    """Return a title in as few lines as there must be, of as equal length as can be."""
    words = list(_measured(title, font, width))
    space = font.getlength(" ")
    few = len(_filled(words, space, width))
    low, high = width / 2, width
    for _ in range(6):  # halves of half the width: to a hundredth of it
        middle = (low + high) / 2
        if len(_filled(words, space, middle)) > few:
            low = middle
        else:
            high = middle
    return _filled(words, space, high)


def _measured(title: str, font: "FreeTypeFont", width: float) -> Iterator[tuple[str, float]]:
    """Yield the words of a title with their lengths; one that is longer than a line comes in parts."""
    for word in title.split():
        length = font.getlength(word)
        many = ceil(length / width)
        size = ceil(len(word) / many)
        for at in range(0, len(word), size):
            part = word[at : at + size]
            yield part, length if many == 1 else min(font.getlength(part), width)


def _filled(words: Iterable[tuple[str, float]], space: float, width: float) -> list[str]:
    lines: list[list[str]] = []
    room = 0.0
    for word, length in words:
        if not lines or space + length > room:
            lines.append([])
            room = width + space
        lines[-1].append(word)
        room -= space + length
    return [" ".join(line) for line in lines]


def _fitting(words: str, font: "FreeTypeFont") -> str:
    """Return words as far as they fit in one line."""
    words, width = _known(words), SHARE_SIZE[0] - 2 * _EDGE
    if font.getlength(words) <= width:
        return words
    while words and font.getlength(words + "…") > width:
        words = words[:-1]
    return words.rstrip() + "…"


def _known(text: str) -> str:
    """Return a text without what the fonts cannot draw; boxes in place of letters would say less than nothing."""
    return "".join(one if any(low <= ord(one) < high for low, high in _LETTERS) else " " for one in text).strip()


def _png(ink: "Image", accent: "Image", color: str) -> bytes:
    """Return both layers on paper as a PNG file whose colours are a palette: a third of the bytes, and of the time."""
    rest = 256 - _SHADES
    picture = ink.point([value * (_SHADES - 1) // 255 for value in range(256)])
    over = accent.point([_SHADES + value * (rest - 1) // 255 for value in range(256)])
    picture.paste(over, mask=accent.point([255 * (value > _VISIBLE) for value in range(256)]))
    colors = [_mix(INK, at / (_SHADES - 1)) for at in range(_SHADES)]
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    colors += [_mix((red, green, blue), at / (rest - 1)) for at in range(rest)]
    picture.putpalette([part for color in colors for part in color])
    out = BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _mix(color: tuple[int, int, int], share: float) -> tuple[int, ...]:
    return tuple(round(paper + (one - paper) * share) for paper, one in zip(PAPER, color, strict=True))


@cache
def _font(name: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    # The plain layout engine is part of every Pillow; the other one may be missing, and the bytes would differ.
    return ImageFont.truetype(str(theme.FONTS / f"{name}.ttf"), size, layout_engine=ImageFont.Layout.BASIC)
