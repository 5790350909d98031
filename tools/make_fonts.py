"""Make the theme's fonts from the packages of their makers: what a page loads, and what share pictures are drawn with.

    pip download --no-deps --dest /tmp/fonts fontpkg-literata==3.103 fontpkg-libre-franklin==3.0
    python tools/make_fonts.py /tmp/fonts

Literata sets the text, Libre Franklin the labels. Both are under the SIL Open Font License without a reserved name, so
they keep theirs when cut down. The packages on PyPI hold the fonts as Google Fonts publishes them, with one file for
all scripts, where npm's are in pieces between which no pair of letters is kerned. The output depends on nothing but
the two packages and the version of fontTools in requirements-dev.txt.

Printed: the `@font-face` rules of style.css for what a browser shows until a font is there. A system's own font is
scaled, for each weight and kind of letter, to the width that the same letters have in ours, and given our line, so that
no text moves when ours comes. They are counted against the Liberation fonts, which have the widths of Times and Arial.
"""

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

THEME = Path(__file__).parent.parent / "src" / "gazepress" / "theme"
SYSTEM = Path("/usr/share/fonts/truetype/liberation")  # Debian's fonts-liberation

SOURCES = {
    "serif": ("fontpkg_literata", "Literata[opsz,wght].ttf"),
    "serif-italic": ("fontpkg_literata", "Literata-Italic[opsz,wght].ttf"),
    "sans": ("fontpkg_libre_franklin", "LibreFranklin[wght].ttf"),
}
LICENSES = {"fontpkg_literata": "LICENSE-Literata.txt", "fontpkg_libre_franklin": "LICENSE-Libre-Franklin.txt"}

# Latin of Western and Central Europe, Romania and the Baltic states; Cyrillic as it is written today. Each has the
# signs that stand among its letters; what both need (space, digits, quotes) comes with the Latin file on every page.
LATIN = "20-7E A0-17F 218-21B 2C6 2DA 2DC 1E9E 2010-2015 2018-2022 2026 202F 2030 2032 2033 2039 203A 2044 20AC"
LATIN += " 2116 2122 2190-2193 2212 2248 2260 2264 2265"
CYRILLIC = "301 400-45F 490 491"
SCRIPTS = {"latin": LATIN, "cyrillic": CYRILLIC}
FEATURES = ("ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum")
WEIGHTS = {"serif": (400, 700), "serif-italic": 400, "sans": (400, 700)}  # a bold italic is rare: browsers make one
LEGAL = (0, 1, 2, 3, 4, 5, 6, 13, 14)  # names in the font: what it is, whose it is, and under which license
TEXT_SIZE, HEADLINE_SIZE = 18, 36  # optical sizes of the serif: of all that a page shows, and of share pictures

# How often letters come in running text, and what of it runs wider or narrower by a scale of its own. Spaces and digits
# stand among letters of both scripts, and come with the Latin file.
ENGLISH = (
    "the ministry of defense has signed a contract for forty systems, officials said on tuesday. deliveries begin in "
    "the second half of the year, and each battery comes with spare parts for two years: “no change”, one of them said."
)
UKRAINIAN = (
    "Міністерство оборони підписало договір на сорок систем, повідомили посадовці у вівторок. "
    "Постачання почнуться в другій половині року, а кожна батарея має запасні частини на два роки."
)
SAMPLES = {"": ENGLISH, "20 A0": " ", "30-39": "0123456789", "41-5A": ENGLISH.upper(), CYRILLIC: UKRAINIAN}
BOLD = 650  # the weight of most that is not regular: of headlines, names and labels


def main() -> None:
    """Write all fonts and licenses, and print the rules of the fallbacks."""
    packages = {path.name.split("-")[0]: zipfile.ZipFile(path) for path in Path(sys.argv[1]).glob("*.whl")}
    fonts = {name: packages[package].read(f"{package}/files/{file}") for name, (package, file) in SOURCES.items()}
    for package, name in LICENSES.items():
        (THEME / "fonts" / name).write_bytes(packages[package].read(f"{package}/LICENSE"))
    for name, data in fonts.items():
        for script, ranges in SCRIPTS.items():
            made = _subset(_instance(data, TEXT_SIZE, WEIGHTS[name]), ranges, FEATURES, "woff2")
            (THEME / "static" / "fonts" / f"{name}-{script}.woff2").write_bytes(made)
    for name, size, weight in (("headline", HEADLINE_SIZE, 700), ("label", TEXT_SIZE, 600)):
        source = fonts["serif" if name == "headline" else "sans"]
        made = _subset(_instance(source, size, weight), f"{LATIN} {CYRILLIC}", FEATURES, None)
        (THEME / "fonts" / f"{name}.ttf").write_bytes(made)
    rules = [
        *_fallbacks("Text serif fallback", fonts["serif"], "LiberationSerif", "Times New Roman"),
        *_fallbacks("Label sans fallback", fonts["sans"], "LiberationSans", "Arial"),
    ]
    sys.stdout.write("\n".join(rules))


def _instance(data: bytes, size: int, weight: int | tuple[int, int]) -> TTFont:
    """Return a font with its axis of weight cut to a range or one value, and one optical size."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    limits = {"wght": weight} | ({"opsz": size} if "opsz" in [axis.axisTag for axis in font["fvar"].axes] else {})
    out = io.BytesIO()
    instantiateVariableFont(font, limits).save(out)
    return TTFont(io.BytesIO(out.getvalue()), recalcTimestamp=False)


def _subset(font: TTFont, ranges: str, features: tuple[str, ...], flavor: str | None) -> bytes:
    options = Options(
        layout_features=list(features), hinting=False, notdef_outline=True, name_IDs=list(LEGAL), flavor=flavor
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=list(_codes(ranges)))
    subsetter.subset(font)
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _codes(ranges: str) -> Iterator[int]:
    for part in ranges.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _css_ranges(ranges: str) -> str:
    return ", ".join(f"U+{part}" for part in ranges.split())


def _fallbacks(family: str, data: bytes, system: str, name: str) -> Iterator[str]:
    for weight, style, bold in ((400, "Regular", ""), (BOLD, "Bold", " Bold")):
        ours = _instance(data, TEXT_SIZE, weight)
        theirs = TTFont(SYSTEM / f"{system}-{style}.ttf")
        line = ours["hhea"]
        liberation = system.replace("Liberation", "Liberation ")
        for ranges, letters in SAMPLES.items():
            sample = letters if letters.isspace() else letters.replace(" ", "")
            scale = _width(ours, sample) / _width(theirs, sample)
            per_cent = {
                "size-adjust": scale,
                "ascent-override": line.ascent / ours["head"].unitsPerEm / scale,
                "descent-override": -line.descent / ours["head"].unitsPerEm / scale,
                "line-gap-override": line.lineGap / ours["head"].unitsPerEm / scale,
            }
            yield "@font-face {"
            yield f'  font-family: "{family}";'
            yield f"  font-weight: {'550 900' if bold else '400 549'};"
            yield f'  src: local("{name}{bold}"), local("{liberation}{bold}");'
            if ranges:
                yield f"  unicode-range: {_css_ranges(ranges)};"
            yield from (f"  {key}: {value:.2%};" for key, value in per_cent.items())
            yield "}\n"


def _width(font: TTFont, text: str) -> float:
    """Return the width of a text in ems. Pairs are not kerned: that is much the same in all fonts."""
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    return sum(advances[glyphs[ord(one)]][0] for one in text) / font["head"].unitsPerEm


if __name__ == "__main__":
    main()
