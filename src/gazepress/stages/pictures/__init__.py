"""A picture becomes what pages must know of it, and the same picture in another size.

Both are pure functions of the picture's bytes. All that a file says of where, when and with what it was taken stays
behind; its colours, and whose it is, come along.
"""

import codecs
import re
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING

from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.outlines import FormOutline, ImageOutline, ShareOutline
from gazepress.renditions import Focus, PictureFacts, Rendition
from gazepress.stages.pictures.clean import clean_gif, clean_jpeg, clean_png, clean_webp
from gazepress.stages.pictures.share import draw_share

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MOST_PIXELS = 100_000_000
"""More than any camera makes, and 400 MB in memory; a few bytes can claim to be a thousand times as much."""

_KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif", "TIFF": "tiff", "BMP": "bmp"}
_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298  # EXIF 3.0, 4.6
_BYLINE, _CREDIT, _NOTICE = (2, 80), (2, 110), (2, 116)  # IPTC-IIM 4.2
_SAVED_AS: dict[str, tuple[str, dict[str, object]]] = {
    "jpg": ("JPEG", {"quality": 80, "optimize": True, "progressive": True}),
    "png": ("PNG", {"optimize": True}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "avif": ("AVIF", {"quality": 60, "speed": 8, "max_threads": 1}),
    "tiff": ("TIFF", {}),
    "bmp": ("BMP", {}),
    "ico": ("ICO", {}),
}
_SAMPLES = 24  # pixels across and down, of which the main colour is taken
_SVG_ROOT = re.compile(r"<(?:\w+:)?svg\b([^>]*)>", re.DOTALL)
_NUMBER = r"([0-9]{1,6}(?:\.[0-9]{0,6})?)"
_SVG_SIZE = re.compile(rf"""(?<![\w-])(width|height)\s*=\s*["']\s*{_NUMBER}(?:px)?\s*["']""")
_SVG_BOX = re.compile(rf"""viewBox\s*=\s*["']\s*\S{{1,20}}[\s,]+\S{{1,20}}[\s,]+{_NUMBER}[\s,]+{_NUMBER}\s*["']""")


@lru_cache(maxsize=2)
def encoder(*, drawing: bool = False) -> str:
    """Return what the bytes of renditions depend on besides the picture: the libraries that make them, and how."""
    painter = f", resvg_py {version('resvg_py')}" if drawing else ""
    return f"pillow {version('pillow')}, form 1, {sorted(_SAVED_AS.items())}{painter}"


def encoder_of(outline: FormOutline) -> str:
    """Return what the bytes of a form depend on besides what it is made of."""
    return encoder(drawing=isinstance(outline, ImageOutline) and outline.source.lower().endswith(".svg"))


def probe(data: bytes) -> Checked[PictureFacts | None]:
    """Return what pages must know of a picture. Errors: ``picture-broken``, ``picture-too-large``."""
    if _is_drawing(data):
        return Checked(_probe_drawing(data))
    try:
        image = _open(data)
        if image.width * image.height > MOST_PIXELS:
            return Checked(None, (_too_large(image.width, image.height),))
        kind, still = _KINDS[str(image.format)], getattr(image, "n_frames", 1) == 1 or image.format == "TIFF"
        exif = _exif_to_keep(image, orientation=True)
        turned = image.getexif().get(_ORIENTATION, 1) in range(5, 9)
        width, height = (image.height, image.width) if turned else image.size
        alpha = "A" in image.getbands() or "transparency" in image.info
        image.draft("RGB", (_SAMPLES, _SAMPLES))
        image.load()  # a file that was cut short is found out only here
        cleaned = _clean(data, kind, exif)
    except Exception as error:  # noqa: BLE001 - what a decoder raises for hostile bytes is anybody's guess
        return Checked(None, (_broken(error),))
    return Checked(PictureFacts(kind, width, height, _tone(image), len(cleaned), alpha, still))


def make_form(outline: FormOutline, data: bytes) -> bytes:
    """Return the picture that an outline asks for; ``data`` is the one that it is made of, if any."""
    return draw_share(outline) if isinstance(outline, ShareOutline) else make_rendition(data, outline.rendition)


def make_rendition(data: bytes, rendition: Rendition) -> bytes:
    """Return a picture in another form. ``probe`` must have found the picture whole, unless it is a drawing."""
    if _is_drawing(data):
        return _painted(data, rendition)
    image = _open(data)
    kind = _KINDS[str(image.format)]
    if not rendition.format:
        return _clean(data, kind, _exif_to_keep(image, orientation=True))
    exif = _exif_to_keep(image, orientation=False)
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA", "L", "P") else None
    return _save(_resized(image, rendition), rendition.format, exif, profile)


def _is_drawing(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _painted(data: bytes, rendition: Rendition) -> bytes:
    """Return a drawing in pixels. Its letters are left out, since which fonts there are depends on the machine."""
    from resvg_py import svg_to_bytes

    width, height = rendition.width, rendition.height
    painted = svg_to_bytes(svg_string=data.decode("utf-8-sig"), width=width, height=height, skip_system_fonts=True)
    return painted if rendition.format == "png" else _save(_open(painted), rendition.format, b"", None)


def _open(data: bytes) -> "ImageFile":
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the limit is our own
    return Image.open(BytesIO(data), formats=tuple(_KINDS))


def _resized(image: "Image", rendition: Rendition) -> "Image":
    """Return a picture turned upright, and cut and scaled to what is asked for."""
    from PIL import Image, ImageOps

    turned = image.getexif().get(_ORIENTATION, 1) in range(5, 9)
    size = rendition.width, rendition.height
    if rendition.focus is None:  # JPEG can be decoded at an eighth, a quarter or half of its size
        image.draft("RGB", size[::-1] if turned else size)
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in ("RGB", "RGBA", "L"):
        see_through = "A" in upright.getbands() or "transparency" in upright.info
        upright = upright.convert("RGBA" if see_through else "RGB")
    if rendition.format == "jpg" and upright.mode == "RGBA":
        upright = upright.convert("RGB")
    box = _box_around(rendition.focus, upright.size, size) if rendition.focus else None
    return upright.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _box_around(focus: Focus, have: tuple[int, int], want: tuple[int, int]) -> tuple[float, float, float, float]:
    """Return the largest part of a picture that has the wanted shape and as much around ``focus`` as there is."""
    scale = min(have[0] / want[0], have[1] / want[1])
    across, down = want[0] * scale, want[1] * scale
    left = max(0, min(focus[0] * have[0] - across / 2, have[0] - across))
    top = max(0, min(focus[1] * have[1] - down / 2, have[1] - down))
    return left, top, min(left + across, have[0]), min(top + down, have[1])


def _save(image: "Image", kind: str, exif: bytes, profile: bytes | None) -> bytes:
    name, options = _SAVED_AS[kind]
    out = BytesIO()
    extra = {"exif": b"Exif\0\0" + exif} if exif else {}
    image.save(out, name, icc_profile=profile, **options, **extra)
    return out.getvalue()


def _clean(data: bytes, kind: str, exif: bytes) -> bytes:
    match kind:
        case "jpg":
            return clean_jpeg(data, exif)
        case "png":
            return clean_png(data, exif)
        case "webp":
            return clean_webp(data, exif)
        case "gif":
            return clean_gif(data)
        case _:
            image = _open(data)
            return _save(image, kind, exif, image.info.get("icc_profile"))


def _exif_to_keep(image: "ImageFile", *, orientation: bool) -> bytes:
    """Return, as a TIFF block, the little that may stay of what a file says: how it is turned, and whose it is."""
    from PIL import Image

    there, kept = image.getexif(), Image.Exif()
    if orientation and there.get(_ORIENTATION, 1) != 1:
        kept[_ORIENTATION] = there[_ORIENTATION]
    credits_ = _credits(image)
    for tag in (_ARTIST, _COPYRIGHT):
        if words := str(there.get(tag) or credits_.get(tag, "")).strip("\0 "):
            kept[tag] = words
    return kept.tobytes().removeprefix(b"Exif\0\0") if kept else b""


def _credits(image: "ImageFile") -> dict[int, str]:
    """Return who made a picture and whose it is, as picture agencies write it (IPTC)."""
    from PIL.IptcImagePlugin import getiptcinfo

    found = getiptcinfo(image) or {}

    def words(*tags: tuple[int, int]) -> str:
        given = [found[tag] for tag in tags if tag in found]
        texts = [one for entry in given for one in (entry if isinstance(entry, list) else [entry])]
        return ", ".join(dict.fromkeys(text.decode("utf-8", "replace") for text in texts))

    return {_ARTIST: words(_BYLINE, _CREDIT), _COPYRIGHT: words(_NOTICE)}


def _tone(image: "Image") -> str:
    """Return the main colour of a picture in two bits for each of red, green and blue."""
    small = image.convert("RGBA").resize((_SAMPLES, _SAMPLES)).convert("RGB")
    counts: dict[tuple[int, ...], int] = {}
    pixels = small.tobytes()
    for at in range(0, len(pixels), 3):
        tone = tuple((value + 42) // 85 for value in pixels[at : at + 3])
        counts[tone] = counts.get(tone, 0) + 1
    main = max(sorted(counts), key=counts.__getitem__)
    return "".join(map(str, main))


def _probe_drawing(data: bytes) -> PictureFacts:
    """Return the size of a drawing; one that names none gets none, and takes what room its page gives it."""
    found = _SVG_ROOT.search(data[:65536].decode("utf-8", "replace"))
    root = found[1] if found else ""
    sizes = dict(_SVG_SIZE.findall(root))
    box = _SVG_BOX.search(root)
    if sizes.keys() < {"width", "height"} and box:
        sizes = {"width": box[1], "height": box[2]}
    width, height = (round(float(sizes.get(side, 0))) for side in ("width", "height"))
    return PictureFacts("svg", width, height, size=len(data))


def _too_large(width: int, height: int) -> Diagnostic:
    message = f"it has {width} × {height} pixels"
    return problem("picture-too-large", message, hint=f"at most {MOST_PIXELS // 1_000_000} million; save it smaller")


def _broken(error: Exception) -> Diagnostic:
    said = str(error).partition("\n")[0]
    known = said and "BytesIO" not in said  # what Pillow says of bytes that it does not know
    message = f"it cannot be read: {said}" if known else "it is no picture of a known kind"
    return problem("picture-broken", message, hint="save it once more as JPEG or PNG")
