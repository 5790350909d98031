"""The settings of a publication: what ``site.yaml`` may say, its defaults, and what is wrong with it."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct
from msgspec.structs import fields, replace

from gazepress.colors import LIGHT, READABLE, contrast, is_color, is_readable, readable
from gazepress.diagnostics import Checked, Diagnostic, not_utf8, problem
from gazepress.located import Located
from gazepress.urls import decode_path, scheme

SETTINGS_FILE = "site.yaml"
PERMALINK_TOKENS = ("section", "year", "month", "day", "slug")


class ReferencePolicy(StrEnum):
    """What a reference that leads nowhere is: an error that stops the build, or a warning."""

    ERROR = "error"
    WARNING = "warning"


class FeedContent(StrEnum):
    """How much of an article its feeds carry."""

    FULL = "full"
    SUMMARY = "summary"


class Embeds(StrEnum):
    """What stands for a video that an article links: a card that leads there, or one that opens to a player."""

    LINK = "link"
    FRAME = "frame"


class FrontBlock(StrEnum):
    """A block of the front page below its lead."""

    TOP = "top"
    SLOTS = "slots"
    STORYLINES = "storylines"
    OPINION = "opinion"
    SECTIONS = "sections"
    LATEST = "latest"


class SectionSetting(Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the publication, in the order in which sections are shown."""

    slug: Annotated[str, Meta(description="The section's name in addresses, and the folder of its articles.")]
    name: Annotated[str, Meta(description="The section's name for readers.")]
    description: Annotated[str, Meta(description="One sentence at the head of the section's page.")] = ""


class MenuItem(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the site's menu."""

    title: Annotated[str, Meta(description="The words of the entry.")]
    url: Annotated[Located, Meta(description="A path of the site (`/about/`), which is checked, or a full address.")]


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """The publication's set phrases in one language. ``{publication}`` stands for its name."""

    read_more: Annotated[tuple[str, ...], Meta(description="Labels before the colon of a read-more line.")] = ()
    earlier: Annotated[tuple[str, ...], Meta(description="How a sentence points to earlier coverage.")] = ()
    attribution: Annotated[
        tuple[str, ...], Meta(description="How a source is named; `{source}` stands where its name is.")
    ] = ()


class FeedSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The feeds of the site and of its sections."""

    content: Annotated[FeedContent, Meta(description="`full` text or `summary` only.")] = FeedContent.FULL
    items: Annotated[int, Meta(description="How many of the newest articles a feed holds.", ge=1)] = 30


class RelatedSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How related articles are chosen."""

    count: Annotated[int, Meta(description="How many are shown below an article.", ge=0)] = 4
    newer: Annotated[
        bool,
        Meta(description="Whether an article may show newer ones; then every new report changes pages of the archive."),
    ] = False


class PictureSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """In which sizes and formats pictures are offered."""

    widths: Annotated[
        tuple[Annotated[int, Meta(ge=16, le=8192)], ...],
        Meta(description="Widths in pixels; empty, and pictures are published in the one size that they have."),
    ] = (480, 800, 1200, 1600)
    avif: Annotated[bool, Meta(description="Whether also as AVIF, which is smaller and takes long to make.")] = False
    share: Annotated[
        bool,
        Meta(description="Whether each article gets a picture for links to it: its lead picture, or its headline."),
    ] = True


class ThemeSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What a publication may choose of its looks without a template of its own."""

    front: Annotated[
        tuple[FrontBlock, ...],
        Meta(
            description="The blocks of the front page below the lead, in their order: "
            "`top`, `slots`, `storylines`, `opinion`, `sections`, `latest`."
        ),
    ] = tuple(FrontBlock)
    accent: Annotated[
        str,
        Meta(description="The color of marks and links, such as `#9c1f18`; checked to be readable on the light paper."),
    ] = ""
    logo: Annotated[
        Located | None, Meta(description="A picture in place of the name at the head: `/logo.svg` lies in `static/`.")
    ] = None
    links: Annotated[tuple[MenuItem, ...], Meta(description="Links at the foot of every page: `title` and `url`.")] = ()
    css: Annotated[
        Located | None, Meta(description="A style sheet of yours, after the theme's: `/custom.css` lies in `static/`.")
    ] = None


class PolicySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the publication says how it works: paths of the site (`/about/`), which are checked, or full addresses."""

    publishing_principles: Annotated[Located | None, Meta(description="By what it chooses and writes.")] = None
    corrections: Annotated[Located | None, Meta(description="How it corrects mistakes.")] = None
    ethics: Annotated[Located | None, Meta(description="What its people must and must not do.")] = None
    ownership: Annotated[Located | None, Meta(description="Who owns and who pays for it.")] = None
    masthead: Annotated[Located | None, Meta(description="Who makes it.")] = None
    unnamed_sources: Annotated[Located | None, Meta(description="When it does not name a source.")] = None
    feedback: Annotated[Located | None, Meta(description="How readers reach the newsroom.")] = None

    def given(self) -> Iterator[tuple[str, Located]]:
        """Yield those that are set, by their names."""
        every = ((field.name, getattr(self, field.name)) for field in fields(PolicySettings))
        yield from ((name, url) for name, url in every if url is not None)


class SecuritySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What keeps readers safe from what others might put into pages."""

    policy_meta: Annotated[
        bool, Meta(description="Whether each page says what it may load, also where the server says nothing.")
    ] = True


ENGLISH = Phrases(
    read_more=("Read more on {publication}", "Read also on {publication}", "Read more", "Read also", "See also"),
    earlier=(
        "As {publication} reported earlier",
        "As {publication} previously reported",
        "As {publication} has reported",
        "{publication} reported earlier",
        "{publication} previously reported",
    ),
    attribution=(
        "{publication} reports this, referring to {source}",
        "{publication} reports this, citing {source}",
        "{publication} reports, referring to {source}",
        "{publication} reports, citing {source}",
        "This is reported by {publication}, referring to {source}",
    ),
)
UKRAINIAN = Phrases(
    read_more=("Читайте більше на {publication}", "Читайте також на {publication}", "Читайте також", "Читайте більше"),
    earlier=("Як раніше повідомляв {publication}", "Як раніше писав {publication}", "Раніше {publication} повідомляв"),
    attribution=("Про це повідомляє {publication} з посиланням на {source}",),
)
BUILT_IN_PHRASES = {"en": ENGLISH, "uk": UKRAINIAN}


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All that ``site.yaml`` may say. Only ``title`` and ``url`` must be there."""

    title: Annotated[str, Meta(description="The site's name, as readers see it.")]
    url: Annotated[str, Meta(description="The address of the site, also with a path: `https://x.example/news/`.")]
    publication: Annotated[
        str, Meta(description="The name in the set phrases (“Read more on …”); by default the title.")
    ] = ""
    description: Annotated[str, Meta(description="One sentence about the site, for search engines and feeds.")] = ""
    language: Annotated[str, Meta(description="The language of the site, a BCP 47 tag such as `en` or `uk`.")] = "en"
    timezone: Annotated[str, Meta(description="The timezone of times without an offset, such as `Europe/Kyiv`.")] = (
        "UTC"
    )
    permalink: Annotated[
        str,
        Meta(description="The path of an article, with the tokens `{section} {year} {month} {day} {slug}`."),
    ] = "/{year}/{month}/{slug}/"
    per_page: Annotated[int, Meta(description="How many articles a page of a list shows.", ge=1)] = 20
    sections: Annotated[
        tuple[SectionSetting, ...],
        Meta(description="Order, names and descriptions of sections; those found only in articles come after."),
    ] = ()
    menu: Annotated[tuple[MenuItem, ...], Meta(description="The menu; by default the sections.")] = ()
    phrases: Annotated[
        dict[str, Phrases],
        Meta(description="Set phrases by language; what is given here takes the place of the built-in ones."),
    ] = {}
    words: Annotated[
        dict[str, dict[str, Any]],
        Meta(description="Words of the theme by language, `key: text`; see [languages](languages.md)."),
    ] = {}
    feeds: Annotated[FeedSettings, Meta(description="What feeds hold.")] = FeedSettings()
    references: Annotated[
        ReferencePolicy, Meta(description="Whether a reference that leads nowhere is an `error` or a `warning`.")
    ] = ReferencePolicy.ERROR
    related: Annotated[RelatedSettings, Meta(description="How related articles are chosen.")] = RelatedSettings()
    search: Annotated[bool, Meta(description="Whether readers can search the archive, `on` or `off`.")] = False
    pictures: Annotated[PictureSettings, Meta(description="In which sizes pictures are offered.")] = PictureSettings()
    embeds: Annotated[
        Embeds,
        Meta(
            description="How videos are shown: `link`, a card that leads there, or `frame`, a player once it is opened."
        ),
    ] = Embeds.LINK
    theme: Annotated[ThemeSettings, Meta(description="What the pages look like.")] = ThemeSettings()
    policies: Annotated[
        PolicySettings, Meta(description="Where the publication says how it works; search engines are told.")
    ] = PolicySettings()
    security: Annotated[
        SecuritySettings, Meta(description="How pages are kept safe; see [deploying](deploying.md).")
    ] = SecuritySettings()
    output: Annotated[str, Meta(description="The folder that the site is written to, from the site folder.")] = "public"

    @property
    def zone(self) -> ZoneInfo:
        """Return the timezone of times that are written without one."""
        return ZoneInfo(self.timezone)

    @property
    def plays_videos(self) -> bool:
        """Tell whether pages hold players of other sites, from the hosts in ``embeds.PLAYERS``."""
        return self.embeds is Embeds.FRAME

    def phrases_for(self, language: str) -> Phrases:
        """Return the set phrases of ``language`` with the publication's name in them; else of the site's language."""
        own = self.phrases.get(language) or self.phrases.get(language.partition("-")[0])
        built_in = BUILT_IN_PHRASES.get(language.partition("-")[0])
        if own is None and built_in is None:
            return self.phrases_for("en" if language == self.language else self.language)
        own, built_in = own or Phrases(), built_in or Phrases()
        chosen = (getattr(own, field.name) or getattr(built_in, field.name) for field in fields(Phrases))
        return Phrases(*(tuple(one.replace("{publication}", self.publication) for one in group) for group in chosen))


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
