"""The theme's style sheet: readable in both schemes, and nothing in it that no page uses."""

import gzip
import re

import pytest
from fontTools import ttLib

from gazepress.theme import STATIC, TEMPLATES

CSS = re.sub(r"/\*.*?\*/", "", (STATIC / "style.css").read_text(), flags=re.DOTALL)
HTML = "".join(file.read_text() for file in sorted(TEMPLATES.rglob("*.html")))
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
)
TEXT_MAKES = {"align-center", "align-right", "footnotes", "footnote-ref", "facts", "facts-title", "pull-quote"}
"""Classes that Markdown's own HTML has."""
FONTS = STATIC / "fonts"

READABLE = 4.5
VISIBLE = 3
"""Contrast that WCAG 2.2 asks for text (1.4.3) and for what shows where the keyboard is (1.4.11), at level AA."""


def luminance(color):
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *((ink, ground, READABLE) for ink in ("ink", "ink-soft", "ink-faint") for ground in ("paper", "raised")),
        ("accent", "paper", READABLE),
        ("accent", "raised", READABLE),
        ("ink", "note", READABLE),
        ("band-ink", "band", READABLE),
        ("paper", "ink", READABLE),
        ("focus", "paper", VISIBLE),
        ("focus", "raised", VISIBLE),
    ],
)
def test_words_can_be_read_in_both_schemes(scheme, ink, ground, least):
    assert contrast(scheme[ink], scheme[ground]) >= least


def test_the_dark_scheme_has_a_color_for_each_of_the_light():
    assert set(DARK) == set(LIGHT)


def test_every_property_is_set_and_used():
    assert set(re.findall(r"var\((--[a-z0-9-]+)\)", CSS)) == set(re.findall(r"(--[a-z0-9-]+):", CSS))


def test_every_class_of_the_style_sheet_is_one_that_pages_have():
    selectors = re.findall(r"([^{};]+)\{", CSS)
    styled = {name for selector in selectors for name in re.findall(r"\.([a-z][a-z-]*)", selector)}
    written = re.findall(r'class="([^"]*)"', HTML) + re.findall(r'(?:class=|figure\([^)]*, )"([^"]*)"', HTML)
    used = {name for classes in written for name in re.sub(r"\{[%{].*?[%}]\}", " ", classes).split()}
    made = {f"note-{kind}" for kind in ("correction", "retraction")} | {"tone-"}
    assert styled <= used | made | TEXT_MAKES


def test_nothing_but_the_fonts_beside_it_is_loaded():
    loaded = set(re.findall(r"url\(([^)]*)\)", CSS))
    assert loaded == {f"fonts/{file.name}" for file in FONTS.iterdir()}
    assert "@import" not in CSS


def test_every_picture_has_a_color_until_it_is_there():
    assert len(set(re.findall(r"\.tone-([0-3]{3}) ", CSS))) == 64


def test_style_and_fonts_of_a_page_in_one_script_are_small():
    sizes = {file.stem: file.stat().st_size for file in FONTS.iterdir()}
    for script in ("latin", "cyrillic"):
        assert sizes[f"serif-{script}"] + sizes[f"sans-{script}"] <= 75_000
    assert len(gzip.compress((STATIC / "style.css").read_bytes())) <= 20_000


@pytest.mark.parametrize("file", sorted(FONTS.iterdir()), ids=lambda file: file.stem)
def test_a_font_has_all_letters_that_the_style_sheet_says_it_has(file):
    rule = next(rule for rule in re.findall(r"@font-face \{(.*?)\}", CSS, re.DOTALL) if f"fonts/{file.name}" in rule)
    ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
    font = ttLib.TTFont(file)
    languages = (
        "ßäöüÄÖÜ çéèêœŒëïùÿ «» ąćęłńóśźżŁŻ’–—“”„ €№"
        if "latin" in file.stem
        else "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ҐЄІЇ"
    )
    for letter in languages.replace(" ", ""):
        assert ord(letter) in font.getBestCmap()
        assert any(int(first, 16) <= ord(letter) <= int(last or first, 16) for first, last in ranges)
    assert "SIL Open Font License" in font["name"].getDebugName(13)
