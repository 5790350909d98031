"""What is known of a picture, and the sizes and formats in which it is offered to readers."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

Focus = tuple[float, float]
"""The point that must stay in sight when a picture is cut: parts of its width and height, from left and top."""

MEDIA_TYPES = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tiff": "image/tiff",
    "webp": "image/webp",
}
"""Media types of pictures by the endings of their formats."""

CARD = (16, 9)
PORTRAIT = (1, 1)

_SHARED_AT_LEAST = 600  # pixels across, below which a picture beside a link is better drawn
_NEWS_SHAPES = ((1, 1), (4, 3), (16, 9))
"""What Google asks for of pictures of news articles (Search Central, Article structured data, ``image``)."""
_NEWS_WIDTHS = (696, 1200)  # at least and at most, in pixels

_CARD_WIDTHS = (320, 640, 960, 1280)
_PORTRAIT_WIDTHS = (96, 192)
_FALL_BACK_WIDTH = 1200  # what browsers get that know only JPEG and PNG


class PictureFacts(Struct, frozen=True, array_like=True):
    """A picture as readers see it: pixels after it has been turned upright, and the bytes of its cleaned file.

    ``kind`` is the ending of its format: ``jpg``, ``png``, ``webp``, ``gif``, ``avif``, ``tiff``, ``bmp`` or ``svg``.
    ``tone`` is its main colour, a digit of 0 to 3 each for red, green and blue.
    """

    kind: str
    width: int
    height: int
    tone: str = ""
    size: int = 0
    alpha: bool = False
    still: bool = True  # one frame, of pixels

    @property
    def can_be_resized(self) -> bool:
        """Tell whether other sizes can be made of it: not of drawings, which need none, nor of what moves."""
        return self.still and self.kind != "svg"


class Rendition(Struct, frozen=True, array_like=True):
    """A form in which a picture is offered: its format, its pixels, and, where it is cut to them, around which point.

    Without a format it is the picture itself at full size, cleaned of what is no business of readers.
    """

    format: str = ""  # jpg, png, webp, avif
    width: int = 0
    height: int = 0
    focus: Focus | None = None


class Offer(Struct, frozen=True):
    """The same view of a picture in several sizes: per format, the best first, and the one for every browser."""

    formats: tuple[tuple[Rendition, ...], ...]
    fall_back: Rendition


def whole(facts: PictureFacts, widths: Sequence[int], *, avif: bool) -> Offer:
    """Return the whole picture in the given widths, as far as it is that large; it is never blown up."""
    largest = min(facts.width, max(widths))
    fitting = sorted({width for width in widths if width < largest} | {largest})
    return _offer(facts, fitting, (facts.width, facts.height), None, avif=avif)


def cut(facts: PictureFacts, ratio: tuple[int, int], focus: Focus, *, avif: bool) -> Offer:
    """Return the picture cut to a ratio of width and height around ``focus``."""
    across, down = ratio
    largest = max(1, min(facts.width, facts.height * across // down))
    same_shape = facts.width * down == facts.height * across  # then it is the whole picture, which there is already
    usual = _PORTRAIT_WIDTHS if ratio == PORTRAIT else _CARD_WIDTHS
    fitting = [width for width in usual if width <= largest] or [largest]
    return _offer(facts, fitting, ratio, None if same_shape else focus, avif=avif)


def shared(facts: PictureFacts, focus: Focus, size: tuple[int, int]) -> Rendition | None:
    """Return the cut of a picture that stands beside links; None if it is too small for it, or a drawing."""
    across, down = size
    largest = min(across, facts.width, facts.height * across // down)
    enough = facts.can_be_resized and largest >= _SHARED_AT_LEAST
    return Rendition("jpg", largest, round(largest * down / across), focus) if enough else None


def for_news(facts: PictureFacts, focus: Focus) -> tuple[Rendition, ...]:
    """Return the cuts of a lead picture that search engines show beside news, as far as it is large enough."""
    least, most = _NEWS_WIDTHS
    found = []
    for across, down in _NEWS_SHAPES if facts.can_be_resized else ():
        largest = min(most, facts.width, facts.height * across // down)
        if largest >= least:
            found.append(Rendition("jpg", largest, round(largest * down / across), focus))
    return tuple(found)


def every(offer: Offer) -> Iterator[Rendition]:
    """Yield all renditions of an offer."""
    for renditions in offer.formats:
        yield from renditions
    yield offer.fall_back


def _offer(
    facts: PictureFacts, widths: Sequence[int], ratio: tuple[int, int], focus: Focus | None, *, avif: bool
) -> Offer:
    across, down = ratio

    def rendition(kind: str, width: int) -> Rendition:
        return Rendition(kind, width, max(1, round(width * down / across)), focus)

    kinds = ("avif", "webp") if avif else ("webp",)
    usual = max((width for width in widths if width <= _FALL_BACK_WIDTH), default=widths[0])
    fall_back = "png" if facts.alpha else "jpg"
    return Offer(
        tuple(tuple(rendition(kind, width) for width in widths) for kind in kinds), rendition(fall_back, usual)
    )
