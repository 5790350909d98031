"""Reading ``site.yaml``: the settings, or all that is wrong with them."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from msgspec.structs import fields, replace

from gazepress.colors import LIGHT, READABLE, contrast, is_color, is_readable, readable
from gazepress.diagnostics import Checked, Diagnostic, not_utf8, problem
from gazepress.matter import Kind
from gazepress.phrases import Phrases
from gazepress.settings import (
    PERMALINK_TOKENS,
    SETTINGS_FILE,
    FeedSetting,
    FeedSettings,
    RedirectSettings,
    RuleFormat,
    SectionSetting,
    SecuritySettings,
    Settings,
    ThemeSettings,
)
from gazepress.urls import decode_path, scheme


def read_settings(data: bytes) -> Checked[Settings | None]:
    """Return the settings that the bytes of ``site.yaml`` hold, or None with all that is wrong with them."""
    from gazepress.typed_yaml import place_of, read_record

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Checked(None, (not_utf8(error).at(SETTINGS_FILE),))
    checked = read_record(text, Settings, timezone=ZoneInfo("UTC"))
    problems = [found.at(SETTINGS_FILE) for found in checked.diagnostics]
    settings = checked.value
    if settings is not None:
        settings = replace(settings, publication=settings.publication or settings.title)
        for wrong in _wrong_values(settings):
            line, column = place_of(text, *wrong.key)
            found = problem("wrong-value", wrong.message, path=SETTINGS_FILE, line=line, column=column, hint=wrong.hint)
            problems.append(found)
        problems += _wrong_words(text, settings)
    broken = any(found.severity == "error" for found in problems)
    return Checked(None if broken else settings, tuple(problems))


class _Wrong(Struct, frozen=True):
    """A value that its type allows and its meaning does not. ``key`` leads to it: ``("sections", 0, "slug")``."""

    key: tuple[str | int, ...]
    message: str
    hint: str


def _wrong_values(settings: Settings) -> Iterator[_Wrong]:
    if not _is_address(settings.url):
        hint = "write a full address without user, query and fragment: https://news.example/"
        yield _Wrong(("url",), f"'url' cannot be {settings.url!r}", hint)
    if not _LANGUAGE.fullmatch(settings.language):
        yield _Wrong(("language",), f"'language' cannot be {settings.language!r}", _LANGUAGE_HINT)
    if not _is_timezone(settings.timezone):
        hint = "write a name of the IANA database, such as Europe/Kyiv"
        yield _Wrong(("timezone",), f"'timezone' cannot be {settings.timezone!r}", hint)
    yield from _wrong_permalink(settings.permalink)
    yield from _wrong_sections(settings.sections)
    yield from _wrong_links(settings)
    yield from _wrong_phrases(settings.phrases)
    for language in settings.words:
        if not _LANGUAGE.fullmatch(language):
            yield _Wrong(("words", language), f"'words' cannot have the language {language!r}", _LANGUAGE_HINT)
    yield from _wrong_theme(settings.theme)
    yield from _wrong_security(settings.security)
    yield from _wrong_redirects(settings.redirects)
    yield from _wrong_feeds(settings.feeds)
    first, *_ = parts = settings.output.rstrip("/").split("/")
    if first.lower() in _SOURCES or not all(_FOLDER.fullmatch(part) for part in parts):
        hint = "write the name of a folder in the site folder that holds no sources, such as public"
        yield _Wrong(("output",), f"'output' cannot be {settings.output!r}", hint)


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LANGUAGE_HINT = "write a BCP 47 tag, such as en, uk or en-GB"
_ADDRESS = re.compile(
    r"""https?://
        ([a-z0-9][a-z0-9.-]* | \[[0-9a-f:.]+\]) (:[0-9]{1,5})?
        (/ | (/ (%[0-9a-f]{2} | [^\s/%\\"<>?\#])+)+ /?)?""",
    re.IGNORECASE | re.VERBOSE,
)
_MENU_SCHEMES = ("http", "https", "mailto", "tel")
_MACHINE_TIMEZONES = ("localtime", "posixrules", "Factory")  # what they are depends on the machine
_SOURCES = ("content", "static", "templates", SETTINGS_FILE)
_FOLDER = re.compile(r"(?![.~ -])[^\x00-\x1f\x7f\\:]*[^\x00-\x20\x7f\\:]")


def _is_address(url: str) -> bool:
    if not _ADDRESS.fullmatch(url):
        return False
    try:
        address = urlsplit(url)
        _ = address.port
    except ValueError:
        return False
    return not {".", ".."} & set(decode_path(address.path).split("/"))


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return name not in _MACHINE_TIMEZONES


def _wrong_permalink(pattern: str) -> Iterator[_Wrong]:
    tokens = re.findall(r"\{([^{}]*)\}", pattern)
    unknown = [token for token in tokens if token not in PERMALINK_TOKENS]
    plain = re.sub(r"\{[^{}]*\}", "x", pattern)
    hint = "tokens: " + " ".join(f"{{{token}}}" for token in PERMALINK_TOKENS)
    if unknown:
        yield _Wrong(("permalink",), f"'permalink' has an unknown token {{{unknown[0]}}}", hint)
    elif "slug" not in tokens:
        yield _Wrong(("permalink",), "'permalink' must hold {slug}", hint)
    elif not re.fullmatch(r"/((?!\.{1,2}/)[A-Za-z0-9._~-]+/)+", plain):
        hint = "write a path that starts and ends with a slash: /{year}/{month}/{slug}/"
        yield _Wrong(("permalink",), f"'permalink' cannot be {pattern!r}", hint)


def _wrong_sections(sections: tuple[SectionSetting, ...]) -> Iterator[_Wrong]:
    known: set[str] = set()
    for at, section in enumerate(sections):
        key = ("sections", at, "slug")
        if section.slug in known:
            yield _Wrong(key, f"the section {section.slug!r} is given twice", "keep one of the two")
        elif not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", section.slug):
            yield _Wrong(key, f"a section's slug cannot be {section.slug!r}", "use a-z, 0-9 and hyphens")
        known.add(section.slug)


def _wrong_links(settings: Settings) -> Iterator[_Wrong]:
    hint = "write a path of the site that starts with a slash, or a full address"
    for links, what, key in (
        (settings.menu, "the menu", ("menu",)),
        (settings.theme.links, "the foot of the page", ("theme", "links")),
    ):
        for at, item in enumerate(links):
            if not (item.url.text.startswith("/") or scheme(item.url.text) in _MENU_SCHEMES):
                yield _Wrong((*key, at, "url"), f"{what} cannot lead to {item.url.text!r}", hint)
    for name, url in settings.policies.given():
        if not (url.text.startswith("/") or scheme(url.text) in ("http", "https")):
            yield _Wrong(("policies", name), f"'{name}' cannot be {url.text!r}", hint)


def _wrong_words(text: str, settings: Settings) -> Iterator[Diagnostic]:
    if not settings.words:
        return
    from gazepress.typed_yaml import place_of
    from gazepress.words import wrong_words

    for wrong in wrong_words(settings.words):
        code = "unknown-key" if wrong.is_unknown else "wrong-value"
        line, column = place_of(text, "words", *wrong.path)
        yield problem(code, wrong.message, path=SETTINGS_FILE, line=line, column=column, hint=wrong.hint)


def _wrong_theme(theme: ThemeSettings) -> Iterator[_Wrong]:
    if theme.logo and not (theme.logo.text.startswith("/") and theme.logo.text.lower().endswith((".svg", ".png"))):
        hint = "write the path of an SVG or PNG file in static/, such as /logo.svg for static/logo.svg"
        yield _Wrong(("theme", "logo"), f"the logo cannot be {theme.logo.text!r}", hint)
    if theme.accent and not is_color(theme.accent):
        hint = "write six hexadecimal digits in quotes: '#9c1f18'"
        yield _Wrong(("theme", "accent"), f"the accent cannot be {theme.accent!r}", hint)
    elif theme.accent and not is_readable(theme.accent, LIGHT):
        least = min(contrast(theme.accent, ground) for ground in LIGHT)
        message = f"words in {theme.accent} cannot be read on the paper: their contrast is {least:.2f}, not {READABLE}"
        hint = f"take {readable(theme.accent, LIGHT, toward='#000000')!r}, the nearest darker color that can be read"
        yield _Wrong(("theme", "accent"), message, hint)
    if theme.css and not (theme.css.text.startswith("/") and theme.css.text.endswith(".css")):
        hint = "write the path of a file in static/ that ends in .css, such as /custom.css for static/custom.css"
        yield _Wrong(("theme", "css"), f"the style sheet cannot be {theme.css.text!r}", hint)
    for at, block in enumerate(theme.front):
        if block in theme.front[:at]:
            yield _Wrong(("theme", "front", at), f"the block {block.value!r} is given twice", "keep one of the two")


def _wrong_security(security: SecuritySettings) -> Iterator[_Wrong]:
    for at, contact in enumerate(security.contacts):
        if scheme(contact) not in ("https", "mailto", "tel") or any(sign.isspace() for sign in contact):
            hint = "write an address such as mailto:security@news.example, https://news.example/security/ or tel:+3..."
            yield _Wrong(("security", "contacts", at), f"a contact cannot be {contact!r}", hint)
    if security.contacts and security.expires is None:
        hint = "add `expires:` with a time within a year, such as 2027-01-31 12:00 (RFC 9116, section 2.5.5)"
        yield _Wrong(("security", "contacts"), "contacts must say until when they hold", hint)
    url = security.disclosure
    if url and not (url.text.startswith("/") or scheme(url.text) == "https"):
        hint = "write a path of the site that starts with a slash, or a full address"
        yield _Wrong(("security", "disclosure"), f"'disclosure' cannot be {url.text!r}", hint)


def _wrong_redirects(redirects: RedirectSettings) -> Iterator[_Wrong]:
    for old, new in redirects.moved.items():
        if not old.startswith("/") or "?" in old or "#" in old:
            hint = "write a path of the site that starts with a slash, without query and fragment"
            yield _Wrong(("redirects", "moved", old), f"an old address cannot be {old!r}", hint)
        elif not (new.text.startswith("/") or scheme(new.text) in ("http", "https")):
            hint = "write a path of the site that starts with a slash, or a full address"
            yield _Wrong(("redirects", "moved", old), f"{old!r} cannot lead to {new.text!r}", hint)
    if {RuleFormat.CLOUDFLARE, RuleFormat.NETLIFY} <= set(redirects.formats):
        hint = "keep the one where the site is published: both read a file _redirects, in two dialects"
        yield _Wrong(("redirects", "formats"), "'formats' cannot have both cloudflare and netlify", hint)


def _wrong_feeds(feeds: FeedSettings) -> Iterator[_Wrong]:
    for field in fields(FeedSettings):
        setting = getattr(feeds, field.name)
        if not isinstance(setting, FeedSetting):
            continue
        for at, form in enumerate(setting.formats):
            if form in setting.formats[:at]:
                yield _Wrong(
                    ("feeds", field.name, "formats", at),
                    f"the format {form.value!r} is given twice",
                    "keep one of the two",
                )
        for at, kind in enumerate(setting.without):
            if kind not in tuple(Kind):
                message = f"there is no kind of article called {kind!r}"
                yield _Wrong(("feeds", field.name, "without", at), message, f"one of: {', '.join(Kind)}")
        if setting.language and not _LANGUAGE.fullmatch(setting.language):
            message = f"a feed's language cannot be {setting.language!r}"
            yield _Wrong(("feeds", field.name, "language"), message, _LANGUAGE_HINT)
    if feeds.hub and not _is_address(feeds.hub):
        hint = "write the full address that the hub gives: https://pubsubhubbub.appspot.com/"
        yield _Wrong(("feeds", "hub"), f"the hub cannot be {feeds.hub!r}", hint)


def _wrong_phrases(phrases: dict[str, Phrases]) -> Iterator[_Wrong]:
    for language, given in phrases.items():
        if not _LANGUAGE.fullmatch(language):
            yield _Wrong(("phrases", language), f"'phrases' cannot have the language {language!r}", _LANGUAGE_HINT)
        for field in fields(Phrases):
            for at, phrase in enumerate(getattr(given, field.name)):
                key = ("phrases", language, field.name, at)
                tokens = re.findall(r"\{[^{}]*\}", phrase)
                known = ["{publication}", "{source}"] if field.name == "attribution" else ["{publication}"]
                unknown = [token for token in tokens if token not in known]
                if unknown:
                    yield _Wrong(key, f"this phrase has an unknown token {unknown[0]}", f"tokens: {' '.join(known)}")
                elif field.name == "attribution" and tokens.count("{source}") != 1:
                    hint = "write {source} where the name of the source stands"
                    yield _Wrong(key, "an attribution must hold {source} once", hint)
