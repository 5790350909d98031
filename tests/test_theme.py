"""The theme's style sheet: readable in both schemes, and nothing in it that no page uses."""

import re

import pytest

from gazepress.theme import STATIC, TEMPLATES

CSS = re.sub(r"/\*.*?\*/", "", (STATIC / "style.css").read_text(), flags=re.DOTALL)
HTML = "".join(file.read_text() for file in sorted(TEMPLATES.rglob("*.html")))
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
)
TEXT_MAKES = {"footnotes", "footnote-ref"}
"""Classes that Markdown's own HTML has."""

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
    made = {f"note-{kind}" for kind in ("correction", "retraction")}
    assert styled <= used | made | TEXT_MAKES


def test_nothing_is_loaded_from_elsewhere():
    assert "url(" not in CSS
    assert "@import" not in CSS
