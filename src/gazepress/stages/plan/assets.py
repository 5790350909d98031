"""Under which names are style sheets, fonts, icon and scripts published? Under ones that change with what they hold.

So browsers and caches may keep them for ever, and still show a new design at once. The references in a style sheet
follow the files that they name.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from gazepress.colors import DARK, LIGHT, mixed, readable
from gazepress.digest import digest_bytes
from gazepress.model import Planned
from gazepress.outlines import CopyOutline, ImageOutline, TextOutline
from gazepress.renditions import Rendition
from gazepress.settings import FontSettings, Settings, ThemeSettings, Typeface
from gazepress.sources import SourceFile, SourceKind
from gazepress.theme import THEME
from gazepress.urls import decode_path, static_path

_FOLDER = "/theme/"
_STYLE = "/theme/style.css"
_CHOICES = "/theme/choices.css"  # what the settings say of looks
_ICON = "/theme/favicon.svg"
_FAVICON = "/favicon.ico"  # where programs look that read no page
_FAVICON_SIZE = 32
_ICON_SIZES = (180, 192, 512)  # Apple's, and those of a web app manifest that every phone can take
_SEARCH = "/theme/search.js"
_PRELOADED = {Typeface.SERIF: "/theme/fonts/serif-{}.woff2", Typeface.SANS: "/theme/fonts/sans-{}.woff2"}  # by script
_FACES = {
    Typeface.SERIF: "var(--literata)",
    Typeface.SANS: "var(--franklin)",
    Typeface.SYSTEM: 'system-ui,Roboto,"Noto Sans",sans-serif',
}
_DIGITS = 10
_URL = re.compile(r"""(url\(\s*)("[^"]*"|'[^']*'|[^\s"'()]+)(?=\s*\))""", re.IGNORECASE)


class Assets(Struct, frozen=True):
    """What the head of every page loads, by site path, and the files of the theme."""

    styles: tuple[str, ...] = ()  # in the order in which they apply
    preloads: tuple[str, ...] = ()
    cyrillic_preloads: tuple[str, ...] = ()
    icon: str = ""
    painted_icons: Mapping[int, str] = {}  # the icon in pixels: its width → site path
    favicon: str = ""
    search_script: str = ""
    outputs: tuple[Planned, ...] = ()
    files: frozenset[str] = frozenset()  # what is published here, and not under its own name

    @property
    def lasting(self) -> tuple[str, ...]:
        """Return the site paths that say what is in the file, so that it may be kept for good."""
        return tuple(planned.url for planned in self.outputs if planned.url != _FAVICON)

    @property
    def touch_icon(self) -> str:
        """Return the site path of the icon that Apple's phones show."""
        return self.painted_icons.get(_ICON_SIZES[0], "")


def style_sheets(files: Iterable[SourceFile], settings: Settings) -> Iterator[SourceFile]:
    """Yield the files whose texts ``make_assets`` asks for, among all static ones."""
    for path, file in _by_path(files).items():
        if path.endswith(".css") and (path.startswith(_FOLDER) or path == _own_sheet(settings)):
            yield file


def make_assets(files: Sequence[SourceFile], sheets: Mapping[str, str], settings: Settings) -> Assets:
    """Return the theme's static files and the publication's style sheet under their lasting names.

    ``files`` are all static files; one of the site takes the place of the theme's at the same address. ``sheets``:
    file of a style sheet → its text.
    """
    found = _by_path(files)
    themes = {_site_path(file) for file in files if file.path.startswith(THEME)}
    own = _own_sheet(settings)
    outputs: dict[str, Planned] = {}  # by the site path that the file would have
    for path in sorted(themes):
        if not path.endswith(".css"):
            file = found[path]
            outputs[path] = Planned(_named(path, file.digest), CopyOutline(file.path, file.digest), (file.path,))
    names = {path: planned.url for path, planned in outputs.items()}
    for path in sorted(one for one in {*themes, own} if one.endswith(".css") and one in found):
        text = _with_names(sheets[found[path].path], path, names)
        url = _named(path, digest_bytes(text.encode()))
        outputs[path] = Planned(url, TextOutline(text), (found[path].path,))

    icons = _painted_icons(found[_ICON]) if _ICON in outputs else {}
    if icons and _FAVICON not in found:
        outputs[_FAVICON] = _painted(found[_ICON], _FAVICON, Rendition("ico", _FAVICON_SIZE, _FAVICON_SIZE))
    outputs |= {planned.url: planned for planned in icons.values()}
    if text := _choices(settings.theme):
        outputs[_CHOICES] = Planned(_named(_CHOICES, digest_bytes(text.encode())), TextOutline(text))
    fonts = settings.theme.fonts
    faces = dict.fromkeys(_PRELOADED[face] for face in (fonts.text, fonts.labels) if face in _PRELOADED)

    def urls(*paths: str) -> tuple[str, ...]:
        return tuple(outputs[path].url for path in paths if path in outputs)

    return Assets(
        styles=urls(_STYLE, _CHOICES, own),
        preloads=urls(*(face.format("latin") for face in faces)),
        cyrillic_preloads=urls(*(face.format("cyrillic") for face in faces)),
        icon=next(iter(urls(_ICON)), ""),
        painted_icons={size: planned.url for size, planned in icons.items()},
        favicon=_FAVICON if _FAVICON in outputs or _FAVICON in found else "",
        search_script=next(iter(urls(_SEARCH)), ""),
        outputs=tuple(outputs.values()),
        files=frozenset(file.path for file in files if _site_path(file) in themes),
    )


def _by_path(files: Iterable[SourceFile]) -> dict[str, SourceFile]:
    """Return static files by site path; those of the site go before those of the theme."""
    statics = [file for file in files if file.kind is SourceKind.STATIC]
    return {_site_path(file): file for file in sorted(statics, key=lambda file: not file.path.startswith(THEME))}


def _site_path(file: SourceFile) -> str:
    return _FOLDER + file.path.removeprefix(THEME) if file.path.startswith(THEME) else static_path(file.path)


def _own_sheet(settings: Settings) -> str:
    return decode_path(settings.theme.css.text) if settings.theme.css else ""


def _named(path: str, digest: str) -> str:
    """Return the path with the digest in it: ``/theme/style.0123456789.css``."""
    stem, dot, suffix = path.rpartition(".")
    return f"{stem}.{digest[:_DIGITS]}{dot}{suffix}"


def _painted_icons(icon: SourceFile) -> dict[int, Planned]:
    """Return the icon in pixels, for phones that cannot draw it, by width."""
    stem = _ICON.removesuffix(".svg")
    return {
        size: _painted(icon, _named(f"{stem}-{size}.png", icon.digest), Rendition("png", size, size))
        for size in _ICON_SIZES
    }


def _painted(icon: SourceFile, url: str, rendition: Rendition) -> Planned:
    return Planned(url, ImageOutline(icon.path, icon.digest, rendition), (icon.path,))


def _with_names(text: str, path: str, names: Mapping[str, str]) -> str:
    """Return a style sheet whose references by relative addresses lead to the names that files are published under."""
    folder = posixpath.dirname(path)

    def renamed(match: re.Match[str]) -> str:
        before, written = match.groups()
        quote = written[0] if written[0] in "\"'" else ""
        address, rest = _split(written.strip("\"'"))
        name = names.get(posixpath.normpath(posixpath.join(folder, decode_path(address))))
        if name is None or address.startswith("/"):
            return match[0]
        steps, slash, _ = address.rpartition("/")
        return f"{before}{quote}{steps}{slash}{posixpath.basename(name)}{rest}{quote}"

    return _URL.sub(renamed, text)


def _choices(theme: ThemeSettings) -> str:
    """Return the style sheet of a publication's own colour and typefaces; empty where it has chosen none."""
    usual, chosen = FontSettings(), theme.fonts
    properties = (
        *([f"--serif:{_FACES[chosen.text]}"] if chosen.text is not usual.text else ()),
        *([f"--sans:{_FACES[chosen.labels]}"] if chosen.labels is not usual.labels else ()),
    )
    fonts = f":root{{{';'.join(properties)}}}\n" if properties else ""
    return fonts + (_accent_sheet(theme.accent) if theme.accent else "")


def _accent_sheet(accent: str) -> str:
    """Return the style sheet that gives both schemes their accent; the line below a link is half of it, half paper."""
    dark = readable(accent, DARK, toward="#ffffff")
    rules = (
        f":root{{--accent:{ink};--link-line:{mixed(ink, paper, 0.5)}}}"
        for ink, paper in ((accent.lower(), LIGHT[0]), (dark, DARK[0]))
    )
    return "{}\n@media (prefers-color-scheme:dark){{{}}}\n".format(*rules)


def _split(written: str) -> tuple[str, str]:
    """Return the path of an address, and its query and fragment as they are written."""
    end = next((at for at, sign in enumerate(written) if sign in "?#"), len(written))
    return written[:end], written[end:]
