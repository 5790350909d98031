"""Colors that can be read, and the accent that a publication chooses."""

import re

import pytest

from gazepress.colors import DARK, LIGHT, contrast, is_readable, mixed, readable
from gazepress.config import read_settings
from gazepress.theme import STATIC
from support import Command, article, write_site

SITE = "title: X\nurl: https://x.example/\n"


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#777777", "#ffffff", 4.48)]
)
def test_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_the_grounds_are_those_of_the_style_sheet():
    css = (STATIC / "style.css").read_text("utf-8")
    grounds = [tuple(re.findall(rf"--{name}: (#[0-9a-f]+);", css)) for name in ("paper", "raised")]
    assert list(zip(*grounds, strict=True))[:2] == [LIGHT, DARK]  # a third is for print


def test_a_color_that_can_be_read_stays_as_it_is_and_another_moves_no_further_than_it_must():
    assert readable("#9c1f18", LIGHT, "#000000") == "#9c1f18"
    near = readable("#ff8800", LIGHT, "#000000")
    assert is_readable(near, LIGHT)
    assert not is_readable(mixed(near, "#ff8800", 0.05), LIGHT)


def test_an_accent_that_cannot_be_read_is_told_with_one_that_can():
    (found,) = read_settings(f"{SITE}theme:\n  accent: '#ff8800'\n".encode()).diagnostics
    assert (found.code, found.line, found.column) == ("wrong-value", 4, 11)
    assert is_readable(re.search("#[0-9a-f]{6}", found.hint)[0], LIGHT)


@pytest.mark.parametrize("written", ["red", "'#12345'", "'#9c1f18; }'", "'#9c1f1g'"])
def test_an_accent_is_six_hexadecimal_digits(written):
    (found,) = read_settings(f"{SITE}theme: {{accent: {written}}}\n".encode()).diagnostics
    assert (found.code, found.line) == ("wrong-value", 3)


def test_the_accent_is_in_a_style_sheet_between_the_theme_s_and_the_publication_s(tmp_path):
    files = {
        "site.yaml": f"{SITE}theme: {{accent: '#0b5394', css: /custom.css}}\n",
        "content/articles/a.md": article("A"),
        "static/custom.css": "a {}",
    }
    built = Command(write_site(tmp_path, files))("build")
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "public/index.html").read_text("utf-8")
    styles = re.findall(r'rel="stylesheet" href="/([^"]*)"', page)
    assert [re.sub(r"[.][0-9a-f]{10}", "", style) for style in styles] == [
        "theme/style.css",
        "theme/choices.css",
        "custom.css",
    ]
    light, dark = re.findall(r"--accent:(#[0-9a-f]{6})", (tmp_path / "public" / styles[1]).read_text("utf-8"))
    assert light == "#0b5394"
    assert is_readable(dark, DARK)
