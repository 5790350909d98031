"""The settings of a publication: what ``site.yaml`` may say, its defaults, and what is wrong with it."""

import re
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct
from msgspec.structs import fields, replace

from gazepress.diagnostics import Checked, Diagnostic, problem
from gazepress.typed_yaml import Located, read_record

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
    feeds: Annotated[FeedSettings, Meta(description="What feeds hold.")] = FeedSettings()
    references: Annotated[
        ReferencePolicy, Meta(description="Whether a reference that leads nowhere is an `error` or a `warning`.")
    ] = ReferencePolicy.ERROR
    related: Annotated[RelatedSettings, Meta(description="How related articles are chosen.")] = RelatedSettings()
    output: Annotated[str, Meta(description="The folder that the site is written to, from the site folder.")] = "public"

    @property
    def zone(self) -> ZoneInfo:
        """Return the timezone of times that are written without one."""
        return ZoneInfo(self.timezone)

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
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        found = problem("encoding", "this is not UTF-8 text", path=SETTINGS_FILE, line=line, column=1)
        return Checked(None, (found,))
    checked = read_record(text, Settings, timezone=ZoneInfo("UTC"))
    problems = [found.at(SETTINGS_FILE) for found in checked.diagnostics]
    settings = checked.value
    if settings is not None:
        settings = replace(settings, publication=settings.publication or settings.title)
        problems += _wrong_values(settings, text)
    broken = any(found.severity == "error" for found in problems)
    return Checked(None if broken else settings, tuple(problems))


def _wrong_values(settings: Settings, text: str) -> list[Diagnostic]:
    """Return what the types alone cannot tell, with the line of the key that it is about."""
    found: list[tuple[str, str, str]] = []
    address = urlsplit(settings.url)
    if address.scheme not in ("http", "https") or not address.hostname or address.query or address.fragment:
        found.append(("url", f"'url' cannot be {settings.url!r}", "write a full address: https://news.example/"))
    if not settings.title.strip():
        found.append(("title", "'title' is empty", "write the name of the site"))
    try:
        _ = settings.zone
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "a name of the IANA database, such as Europe/Kyiv"
        found.append(("timezone", f"'timezone' cannot be {settings.timezone!r}", hint))
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", settings.language):
        found.append(("language", f"'language' cannot be {settings.language!r}", "a BCP 47 tag, such as en or uk"))
    found += _wrong_permalink(settings.permalink)
    slugs = [section.slug for section in settings.sections]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        found.append(("sections", f"the section {slug!r} is given twice", "keep one of the two"))
    for slug in slugs:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            found.append(("sections", f"a section's slug cannot be {slug!r}", "use a-z, 0-9 and hyphens"))
    if settings.output.strip("/ .") == "" or settings.output.startswith("/") or ".." in settings.output.split("/"):
        found.append(("output", f"'output' cannot be {settings.output!r}", "a folder in the site folder"))
    return [_at_key(text, key, message, hint) for key, message, hint in found]


def _wrong_permalink(pattern: str) -> list[tuple[str, str, str]]:
    hint = "tokens: " + " ".join(f"{{{token}}}" for token in PERMALINK_TOKENS)
    tokens = re.findall(r"\{([^{}]*)\}", pattern)
    wrong = [token for token in tokens if token not in PERMALINK_TOKENS]
    if wrong:
        return [("permalink", f"'permalink' has an unknown token {{{wrong[0]}}}", hint)]
    if "slug" not in tokens:
        return [("permalink", "'permalink' must hold {slug}", hint)]
    plain = re.sub(r"\{[^{}]*\}", "x", pattern)
    if not re.fullmatch(r"/([A-Za-z0-9._~-]+/)+", plain) or ".." in plain:
        return [("permalink", f"'permalink' cannot be {pattern!r}", "a path that starts and ends with a slash")]
    return []


def _at_key(text: str, key: str, message: str, hint: str) -> Diagnostic:
    match = re.search(rf"^(\s*){key}\s*:", text, re.MULTILINE)
    line = text.count("\n", 0, match.start() + len(match.group(1))) + 1 if match else 0
    column = len(match.group(1).rpartition("\n")[2]) + 1 if match else 0
    return problem("wrong-value", message, path=SETTINGS_FILE, line=line, column=column, hint=hint)
