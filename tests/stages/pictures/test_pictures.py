"""Pictures as cameras, agencies and attackers make them."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from gazepress.renditions import PictureFacts, Rendition
from gazepress.stages.pictures import make_rendition, probe

ORIENTATION, MAKE, ARTIST, COPYRIGHT, GPS = 0x0112, 0x010F, 0x013B, 0x8298, 0x8825
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(kind="JPEG", size=(60, 40), color=(200, 10, 10), mode="RGB", orientation=1, **more):
    """Return a file as a camera writes it, with the place where it was taken."""
    exif = Image.Exif()
    exif[MAKE], exif[ARTIST], exif[COPYRIGHT] = "Cam 7", "A. Photographer", "The Agency"
    if orientation != 1:
        exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (50.0, 27.0, 0.0), 3: "E", 4: (30.0, 31.0, 0.0)})
    out = BytesIO()
    Image.new(mode, size, color).save(out, kind, exif=exif.tobytes(), icc_profile=PROFILE, **more)
    return out.getvalue()


def opened(data):
    return Image.open(BytesIO(data))


def facts(data):
    checked = probe(data)
    assert checked.diagnostics == ()
    return checked.value


def problems(data):
    return [(found.code, found.message) for found in probe(data).diagnostics]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("form", [Rendition(), Rendition("webp", 30, 20), Rendition("jpg", 20, 20, (0.5, 0.5))])
def test_no_form_says_where_and_with_what_it_was_taken_but_whose_it_is_and_its_colors(kind, form):
    data = picture(kind)
    assert opened(data).getexif().get_ifd(GPS)
    made = opened(make_rendition(data, form))
    made.load()
    exif = made.getexif()
    assert not exif.get_ifd(GPS)
    assert MAKE not in exif
    assert (exif[ARTIST], exif[COPYRIGHT]) == ("A. Photographer", "The Agency")
    assert made.info["icc_profile"] == PROFILE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_cleaning_leaves_every_pixel_as_it_was(kind):
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    out = BytesIO()
    noise.save(out, kind, exif=picture().split(b"Exif")[0] and opened(picture()).getexif().tobytes(), progressive=True)
    cleaned = make_rendition(out.getvalue(), Rendition())
    assert opened(cleaned).convert("RGB").tobytes() == opened(out.getvalue()).convert("RGB").tobytes()
    assert len(cleaned) < len(out.getvalue())


def test_what_a_camera_hides_behind_the_end_of_a_picture_goes():
    cleaned = make_rendition(picture() + b"a preview with N 50 27", Rendition())
    assert cleaned.endswith(b"\xff\xd9")
    assert b"preview" not in cleaned


def test_comments_go_from_pictures_of_all_kinds():
    jpeg = picture(comment=b"secret place")
    out = BytesIO()
    Image.new("P", (8, 8)).save(out, "GIF", comment=b"secret place")
    chunk = b"tEXt" + b"Comment\0secret place"
    png = picture("PNG")
    text = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    png = png[:33] + text + png[33:]
    for data in (jpeg, out.getvalue(), png):
        assert b"secret place" in data
        cleaned = make_rendition(data, Rendition())
        assert b"secret place" not in cleaned
        opened(cleaned).load()


def test_a_credit_of_an_agency_in_iptc_is_kept():
    record = b"".join(
        b"\x1c\x02" + bytes([tag]) + struct.pack(">H", len(words)) + words
        for tag, words in ((80, b"B. Liner"), (110, b"Agency"), (116, b"All rights"))
    )
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    block = b"Photoshop 3.0\0" + resource
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    data = out.getvalue()
    data = data[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + data[2:]
    exif = opened(make_rendition(data, Rendition())).getexif()
    assert (exif[ARTIST], exif[COPYRIGHT]) == ("B. Liner, Agency", "All rights")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_was_taken_sideways_stands_upright(orientation):
    upright = Image.new("RGB", (40, 20), (0, 0, 255))
    upright.paste((255, 0, 0), (0, 0, 20, 10))  # red at the left, above
    turn = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what undoes each (EXIF 3.0, 4.6.4, tag Orientation)
    stored = upright.transpose(Image.Transpose(turn[orientation])) if orientation > 1 else upright
    exif, out = Image.Exif(), BytesIO()
    exif[ORIENTATION] = orientation
    stored.save(out, "PNG", exif=exif.tobytes())
    known = facts(out.getvalue())
    assert (known.width, known.height) == (40, 20)
    made = opened(make_rendition(out.getvalue(), Rendition("png", 40, 20)))
    assert made.getpixel((5, 4))[:3] == (255, 0, 0)
    assert made.getpixel((35, 15))[:3] == (0, 0, 255)
    cleaned = opened(make_rendition(out.getvalue(), Rendition()))
    assert cleaned.getexif().get(ORIENTATION, 1) == orientation


def test_a_cut_keeps_the_point_that_must_stay_in_sight():
    data = Image.new("RGB", (300, 100), (0, 0, 0))
    data.paste((255, 255, 255), (270, 0, 300, 100))
    out = BytesIO()
    data.save(out, "PNG")

    def brightness(focus):
        made = opened(make_rendition(out.getvalue(), Rendition("png", 50, 50, focus))).convert("L")
        return sum(made.tobytes()) / len(made.tobytes())

    assert brightness((0.0, 0.5)) == 0
    assert brightness((0.5, 0.5)) == 0
    assert brightness((1.0, 0.5)) > 60


def test_forms_are_the_same_bytes_each_time():
    noise = BytesIO()
    Image.effect_noise((200, 150), 60).save(noise, "PNG")
    for kind in ("webp", "jpg", "png", "avif"):
        form = Rendition(kind, 100, 75)
        assert make_rendition(noise.getvalue(), form) == make_rendition(noise.getvalue(), form)


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("I;16", "PNG")]
)
def test_pictures_of_unusual_colors_become_usual_ones(mode, kind):
    out = BytesIO()
    Image.new(mode, (40, 40)).save(out, kind)
    assert facts(out.getvalue()).width == 40
    for form in ("webp", "jpg", "png"):
        assert opened(make_rendition(out.getvalue(), Rendition(form, 20, 20))).mode in ("RGB", "RGBA", "L")


def test_what_is_known_of_a_picture():
    known = facts(picture(size=(60, 40)))
    assert known == PictureFacts("jpg", 60, 40, "200", len(make_rendition(picture(), Rendition())))
    out = BytesIO()
    Image.new("RGBA", (9, 9), (0, 255, 0, 90)).save(out, "PNG")
    assert facts(out.getvalue()).alpha
    frames = [Image.new("L", (9, 9), value) for value in (0, 200)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert not facts(out.getvalue()).can_be_resized


@pytest.mark.parametrize(
    ("drawing", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30px" viewBox="0 0 8 6"/>', (40, 30)),
        ('<?xml version="1.0"?>\n<!-- <a> --><svg viewBox="0 0 80.4 60" stroke-width="3"/>', (80, 60)),
        ('<svg width="100%" viewBox="0,0,8,6"/>', (8, 6)),
        ("<svg/>", (0, 0)),
        ('<svg width="1.2.3" height="4"/>', (0, 4)),
        ('<svg width="." height="9999999999"/>', (0, 0)),
        ('<svg viewBox="0 0 . e"/>', (0, 0)),
        ('<svg viewBox="0 0 1e999 1.2.3"/>', (0, 0)),
        ('<svg viewBox="-1e2 -.5 80 60"/>', (80, 60)),
    ],
)
def test_the_size_of_a_drawing_is_the_one_that_it_names(drawing, size):
    known = facts(drawing.encode())
    assert (known.kind, known.width, known.height) == ("svg", *size)
    assert not known.can_be_resized


def test_a_drawing_in_another_encoding_that_browsers_read_is_a_drawing():
    assert facts('<svg width="40" height="30"/>'.encode("utf-16")).kind == "svg"


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_unpacked():
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    body = zlib.compress(b"\0" * 10_000)
    bomb += struct.pack(">I", len(body)) + b"IDAT" + body + struct.pack(">I", zlib.crc32(b"IDAT" + body))
    assert problems(bomb) == [("picture-too-large", "it has 60000 × 60000 pixels")]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_that_was_cut_short_is_found_out(kind):
    noise, out = Image.effect_noise((80, 80), 90), BytesIO()
    (noise if kind != "AVIF" else noise.convert("RGB")).save(out, kind)
    ((code, message),) = problems(out.getvalue()[: len(out.getvalue()) // 2])
    assert code == "picture-broken"
    assert "BytesIO" not in message


def test_a_text_that_calls_itself_a_picture_is_none():
    assert problems(b"no picture") == [("picture-broken", "it is no picture of a known kind")]
    assert problems(b"") == [("picture-broken", "it is no picture of a known kind")]


SAMPLES = [picture(kind, size=(8, 8)) for kind in ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP")]


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=6))
def test_damaged_pictures_are_problems_or_pictures_and_never_a_traceback(data, changes):
    damaged = bytearray(data)
    for at, value in changes:
        damaged[at % len(damaged)] = value
    checked = probe(bytes(damaged))
    assert (checked.value is None) == bool(checked.diagnostics)
