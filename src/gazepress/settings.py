"""The settings of a publication: what ``site.yaml`` may say, and its defaults."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from msgspec.structs import fields

from gazepress.compression import Encoding
from gazepress.feed_formats import FeedFormat
from gazepress.located import Located
from gazepress.phrases import BUILT_IN_PHRASES, Phrases

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
    HEADLINE = "headline"


class Embeds(StrEnum):
    """What stands for a video that an article links: a card that leads there, or one that opens to a player."""

    LINK = "link"
    FRAME = "frame"


class Typeface(StrEnum):
    """A typeface that the theme can set words in."""

    SERIF = "serif"
    SANS = "sans"
    SYSTEM = "system"


class FrontBlock(StrEnum):
    """A block of the front page below its lead."""

    TOP = "top"
    SLOTS = "slots"
    STORYLINES = "storylines"
    OPINION = "opinion"
    SECTIONS = "sections"
    LATEST = "latest"


class RuleFormat(StrEnum):
    """For whom the rules of redirects are written, besides the pages that send browsers on."""

    CLOUDFLARE = "cloudflare"
    NETLIFY = "netlify"
    NGINX = "nginx"
    APACHE = "apache"
    CADDY = "caddy"
    S3 = "s3"


class SectionSetting(Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the publication, in the order in which sections are shown."""

    slug: Annotated[str, Meta(description="The section's name in addresses, and the folder of its articles.")]
    name: Annotated[str, Meta(description="The section's name for readers.")]
    description: Annotated[str, Meta(description="One sentence at the head of the section's page.")] = ""


class MenuItem(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the site's menu."""

    title: Annotated[str, Meta(description="The words of the entry.")]
    url: Annotated[Located, Meta(description="A path of the site (`/about/`), which is checked, or a full address.")]


class FeedSetting(Struct, frozen=True, forbid_unknown_fields=True):
    """What the feed of the site holds, or the feed of each of its sections."""

    formats: Annotated[
        tuple[FeedFormat, ...],
        Meta(description="`rss`, `atom`, `json`: the first is the one that pages name; `[]` for no feed."),
    ] = tuple(FeedFormat)
    content: Annotated[
        FeedContent, Meta(description="How much of an article: `full` text, its `summary`, or the `headline` alone.")
    ] = FeedContent.FULL
    items: Annotated[int, Meta(description="How many of the newest articles.", ge=1)] = 30
    without: Annotated[
        tuple[str, ...], Meta(description="Kinds of articles to leave out, such as `opinion` and `live`.")
    ] = ()
    language: Annotated[str, Meta(description="Only the articles in this language; empty for all.")] = ""
    archive: Annotated[
        bool, Meta(description="Whether older articles follow in archives of as many articles each (RFC 5005).")
    ] = False


class NarrowFeedSetting(FeedSetting, frozen=True, forbid_unknown_fields=True):
    """What the feed of each tag holds, of each author or of each storyline: less, since there are so many of them."""

    formats: Annotated[
        tuple[FeedFormat, ...],
        Meta(description="`rss`, `atom`, `json`: the first is the one that pages name; `[]` for no feed."),
    ] = (FeedFormat.RSS,)
    content: Annotated[
        FeedContent, Meta(description="How much of an article: `full` text, its `summary`, or the `headline` alone.")
    ] = FeedContent.SUMMARY
    items: Annotated[int, Meta(description="How many of the newest articles.", ge=1)] = 15


class FeedSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The feeds, by what they are of."""

    site: Annotated[FeedSetting, Meta(description="The feed of the whole site.")] = FeedSetting()
    sections: Annotated[FeedSetting, Meta(description="The feed of each section.")] = FeedSetting()
    tags: Annotated[NarrowFeedSetting, Meta(description="The feed of each tag.")] = NarrowFeedSetting()
    authors: Annotated[NarrowFeedSetting, Meta(description="The feed of each author.")] = NarrowFeedSetting()
    storylines: Annotated[NarrowFeedSetting, Meta(description="The feed of each storyline.")] = NarrowFeedSetting()
    hub: Annotated[
        str, Meta(description="The full address of a WebSub hub, which tells subscribers at once of what is new.")
    ] = ""


class PartnerSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What the programs of others can read of the articles, besides feeds; see [partners](partners.md)."""

    ninjs: Annotated[
        bool, Meta(description="Whether there is each article as ninjs 3.1, and a feed of them at `/ninjs.json`.")
    ] = False
    items: Annotated[int, Meta(description="How many articles that feed has, those that changed last.", ge=1)] = 50
    terms: Annotated[str, Meta(description="What partners may do with the texts, in a sentence; ninjs tells it.")] = ""
    api: Annotated[bool, Meta(description="Whether lists of all articles are there as JSON below `/api/v1/`.")] = False
    oembed: Annotated[bool, Meta(description="Whether other sites can show cards of articles (oEmbed).")] = False


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


class FontSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """In which typefaces words are set: `serif` is Literata, `sans` is Libre Franklin, `system` the reader's own."""

    text: Annotated[Typeface, Meta(description="Headlines and running text.")] = Typeface.SERIF
    labels: Annotated[Typeface, Meta(description="What stands around them: menus, kickers, bylines, captions.")] = (
        Typeface.SANS
    )


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
    fonts: Annotated[FontSettings, Meta(description="The typefaces of the pages.")] = FontSettings()
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
    """What keeps readers safe from what others might put into pages, and whom to tell of a weakness (RFC 9116)."""

    policy_meta: Annotated[
        bool, Meta(description="Whether each page says what it may load, also where the server says nothing.")
    ] = True
    contacts: Annotated[
        tuple[str, ...],
        Meta(description="Whom to tell, the best first: `mailto:…`, `https://…` or `tel:…`; makes a `security.txt`."),
    ] = ()
    expires: Annotated[
        datetime | None, Meta(description="Until when the contacts hold, at most a year ahead; required with them.")
    ] = None
    disclosure: Annotated[
        Located | None, Meta(description="The page that says how weaknesses are handled: a path, or a full address.")
    ] = None


class SitemapSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What search engines are told of the pages."""

    news: Annotated[
        bool, Meta(description="Whether there is a sitemap of the last two days' articles, as news search asks for.")
    ] = True


class CrawlerSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `robots.txt` says to the crawlers of companies that make language models, by their purpose."""

    training: Annotated[bool, Meta(description="Whether they may read to train models.")] = True
    search: Annotated[bool, Meta(description="Whether they may read to find and cite pages.")] = True
    fetch: Annotated[bool, Meta(description="Whether they may fetch a page that a user asks for.")] = True


class Level(StrEnum):
    """How much something weighs that `gazepress check` finds, or that it is not told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


class CheckSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What `gazepress check` tells, by the codes in [checks](checks.md): `error`, `warning`, `note` or `off`."""

    severity: Annotated[dict[str, Level], Meta(description="How much a code weighs: `source-single: off`.")] = {}
    paths: Annotated[
        dict[str, dict[str, Level]],
        Meta(
            description="The same for files below a folder (`content/articles/2019/`) or with names such as "
            "`content/*/live-*.md`; the last one that fits holds."
        ),
    ] = {}


class RedirectSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Where old addresses lead; most redirects come from `aliases:` and `urls.lock` by themselves."""

    moved: Annotated[
        dict[str, Located],
        Meta(
            description="Old path: new path or full address, as `/tags/radar/: /tags/radars/`; with a list move its "
            "older pages and feeds."
        ),
    ] = {}
    formats: Annotated[
        tuple[RuleFormat, ...],
        Meta(
            description="For which servers rules are written: `cloudflare` or `netlify`, `nginx`, `apache`, `caddy`, "
            "`s3`; see [addresses](addresses.md)."
        ),
    ] = (RuleFormat.CLOUDFLARE,)


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
    partners: Annotated[PartnerSettings, Meta(description="What the programs of others can read.")] = PartnerSettings()
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
    sitemap: Annotated[SitemapSettings, Meta(description="What search engines are told.")] = SitemapSettings()
    crawlers: Annotated[CrawlerSettings, Meta(description="What language models may read.")] = CrawlerSettings()
    humans: Annotated[bool, Meta(description="Whether there is a `humans.txt`, which names the authors.")] = False
    llms: Annotated[bool, Meta(description="Whether there is an `llms.txt`, a guide for language models.")] = False
    checks: Annotated[CheckSettings, Meta(description="What `gazepress check` tells; see [checks](checks.md).")] = (
        CheckSettings()
    )
    redirects: Annotated[
        RedirectSettings, Meta(description="Where old addresses lead; see [addresses](addresses.md).")
    ] = RedirectSettings()
    precompress: Annotated[tuple[Encoding, ...], Meta(description="Compress texts as `gzip`, `brotli` too.")] = ()
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
