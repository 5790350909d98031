"""Views of every kind of page: rich ones with all that a page can show, and bare ones without anything optional."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec import Struct
from msgspec.structs import replace

from gazepress.page_views import (
    ArticlePage,
    AuthorPage,
    CorrectionsPage,
    DirectoryPage,
    FeedGroup,
    FeedPlace,
    FeedsPage,
    GonePage,
    Head,
    HomePage,
    ListPage,
    NotedArticle,
    NotFoundPage,
    RedirectPage,
    SearchIndex,
    SearchPage,
    StandingPage,
    StorylinePage,
)
from gazepress.settings import FrontBlock
from gazepress.views import (
    ArticleView,
    AuthorView,
    Byline,
    Card,
    CorrectionView,
    DirectoryEntry,
    DirectoryGroup,
    EmbedBlock,
    FeedLink,
    FrontSlot,
    HeadingView,
    Link,
    Overview,
    PagerView,
    Picture,
    ReadMoreBlock,
    SectionFront,
    SiteView,
    SourceView,
    StorylineBox,
    StorylineFront,
)

KYIV = ZoneInfo("Europe/Kyiv")
BODY = """<p>The workshop behind the rail yard has no sign on its gate. Inside, forty people make one part of one \
missile, and make it <a href="/news/2025/03/first/">faster than last year</a>.<sup class="footnote-ref" id="fnref:1">\
<a href="#fn:1" role="doc-noteref">1</a></sup></p>
<h2 id="sources">Sources of delay</h2>
<p>A casing is turned, pressed, cured and looked at for two days. <em>Nobody</em> has found a way around the two days, \
and the manager, who has tried, no longer looks for one.</p>
<blockquote>
<p>“We were asked for a thousand. We said: tell us when you have two thousand bolts.”</p>
<footer>— Marta Fikcyjna, plant manager</footer>
</blockquote>
<ul>
<li>casings wait for powder,</li>
<li>powder waits for a permit,</li>
<li>the permit waits for a signature.</li>
</ul>
<h3 id="main">The main figures</h3>
<table>
<thead><tr><th scope="col">Step</th><th scope="col">Days in 2025</th><th scope="col">Days in 2026</th></tr></thead>
<tbody><tr><td>Turning</td><td>3</td><td>2</td></tr><tr><td>Curing</td><td>2</td><td>2</td></tr></tbody>
</table>
<figure><img src="/news/images/workshop.png" alt="A lathe" loading="lazy">
<figcaption>The lathe in March.</figcaption></figure>
"""
AFTER = """<p>What happens next is for the ministry to say, and the ministry says that it will.</p>
<pre><code class="language-text">if (bolts &lt; casings) { wait(); }</code></pre>
<div class="footnotes" role="doc-endnotes">
<ol>
<li id="fn:1"><p>By the plant's own count. <a class="footnote-back" href="#fnref:1" role="doc-backlink">↩ 1</a></p></li>
</ol>
</div>
"""
TITLES = (
    "Motor Line Doubles Its Shifts While the Powder Runs Short",
    "Swarm Logic: Deterrence After the Cheap Drone",
    "Warsaw Orders a Second Batch of Passive Receivers",
    "What a Shared Picture of the Sky Costs Three Airports",
    "Shipyard Lends Its Molds to a Rival",
    "Insurers Put a Price on Escorts by Naval Drone",
    "A Repair Manual Before the First Delivery",
    "Second Sources for Guidance Chips",
    "Loan Facility Opens, With Conditions That Few Have Read",
)
SUMMARIES = (
    "Forty workers, two more shifts, and a supplier who answers the telephone only on Tuesdays.",
    "Cheap systems in great numbers change who has to be afraid of whom, and for how long.",
    "The order is larger than the first, and the date of delivery is earlier.",
)
SECTIONS = ("Industry", "Technology", "Air Defense", "Policy", "Procurement", "Analysis")
PICTURES = ("factory-floor", "drone-swarm", "radar-mast", "signing-table", "naval-drone", "circuit-board")

Views = dict[str, Struct]


def moment(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, 30, tzinfo=KYIV)


def picture(at: int) -> Picture:
    return Picture(
        f"/news/images/{PICTURES[at % len(PICTURES)]}.svg",
        "A drawing of the scene",
        "The scene, as it was drawn that morning.",
        "Drawing by The Gaze",
    )


def section(at: int) -> Link:
    name = SECTIONS[at % len(SECTIONS)]
    return Link(name, f"/news/sections/{name.lower().replace(' ', '-')}/")


def card(at: int) -> Card:
    return Card(
        url=f"/news/2026/03/report-{at}/",
        title=TITLES[at % len(TITLES)],
        summary=SUMMARIES[at % len(SUMMARIES)],
        date=moment(28 - at % 27),
        kind=("report", "analysis", "interview")[at % 3],
        section=section(at),
        authors=(Link("Iryna Vyhadko", "/news/authors/iryna-vyhadko/"),),
        picture=picture(at) if at % 3 != 1 else None,
        note="" if at % 4 else "correction",
        lang="uk" if at == 3 else "",
        held="Draft" if at == 5 else "",
    )


def cards(first: int, count: int) -> tuple[Card, ...]:
    return tuple(card(at) for at in range(first, first + count))


FEED = FeedLink("The Gaze", "/news/feed.xml", "application/rss+xml", "RSS")
SECTION_FEED = replace(FEED, title="The Gaze: Industry", url="/news/sections/industry/feed.xml")
SITE = SiteView(
    title="The Gaze (sample)",
    publication="The Gaze",
    description="Sample reporting on the defense industry.",
    language="en",
    url="https://gaze.example/news/",
    home="/news/",
    base="/news",
    feed="/news/feed.xml",
    menu=(*map(section, range(6)), Link("About", "/news/about/")),
    sections=tuple(map(section, range(6))),
    pages=tuple(Link(name, f"/news/{name.lower()}/") for name in ("About", "Contact", "Corrections", "Imprint")),
    directories=tuple(
        Overview(name.lower(), name, f"/news/{name.lower()}/") for name in ("Sections", "Tags", "Authors", "Archive")
    ),
    styles=("/news/theme/style.0123456789.css", "/news/custom.0123456789.css"),
    preloads=("/news/theme/fonts/serif-latin.0123456789.woff2",),
    icon="/news/theme/favicon.0123456789.svg",
    manifest="/news/site.webmanifest",
    papers=("#fdfcfa", "#131519"),
    logo="/news/logo.svg",
    links=(Link("Ethics", "/news/ethics/"),),
    search_script="/news/theme/search.0123456789.js",
    feeds=(FEED, replace(FEED, url="/news/atom.xml", type="application/atom+xml", format="Atom")),
    subscribe="/news/feeds/",
    corrections="/news/corrections/",
)
BARE_SITE = SiteView("X", "X", "", "en", "https://x.example/", "/", "", "/feed.xml", (), (), ())


def head(title: str, path: str, *trail: Link, kind: str = "website", index: bool = True) -> Head:
    return Head(
        title=title,
        description="One or two sentences on the page.",
        url=f"https://gaze.example{path}",
        lang="en",
        kind=kind,
        index=index,
        picture="https://gaze.example/news/images/radar-mast.svg",
        picture_alt="A mast with radar panels",
        published=moment(4),
        updated=moment(5),
        feeds=(FEED, SECTION_FEED),
        trail=(Link("The Gaze", "/news/"), *trail, Link(title, path)),
        json_ld=json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": title}),
    )


def bare_head(title: str) -> Head:
    return Head(title, "", "https://x.example/", "en", "website")


ARTICLE = ArticleView(
    url="/news/2026/03/motor-line/",
    permalink="https://gaze.example/news/2026/03/motor-line/",
    title="The Line That Waits for Powder: How One Motor Plant Doubled Its Shifts",
    summary="Forty workers, two more shifts, and a supplier who answers the telephone only on Tuesdays.",
    standfirst="Forty workers, two more shifts, and a supplier who answers the telephone only on Tuesdays.",
    kind="analysis",
    published=moment(4),
    lang="en",
    body=(
        BODY,
        ReadMoreBlock("Read more on The Gaze", cards(1, 1)),
        AFTER,
        ReadMoreBlock("Read also", cards(2, 2)),
        EmbedBlock("youtube", "The launch", "https://youtu.be/x", "YouTube", "youtu.be", "https://player.example/x"),
        EmbedBlock("telegram", "What the yard says", "https://t.me/example/1", "Telegram", "t.me"),
        EmbedBlock("pdf", "The ruling", "/news/media/ruling.pdf"),
    ),
    words=840,
    minutes=4,
    updated=moment(5),
    dateline="Kyiv",
    section=section(0),
    tags=tuple(Link(name, f"/news/tags/{name}/") for name in ("missiles", "workforce", "co-production")),
    authors=(
        Byline(
            "Iryna Vyhadko",
            "/news/authors/iryna-vyhadko/",
            "Industry reporter",
            "Iryna Vyhadko has written on factories since there were fewer of them.",
            Picture("/news/images/authors/iryna-vyhadko.svg", "Portrait of Iryna Vyhadko"),
        ),
    ),
    picture=picture(0),
    headings=(HeadingView(2, "Sources of delay", "#sources"),),
    sources=(SourceView("Ministry of Samples", "https://ministry.example/"), SourceView("Conversations at the plant")),
    corrections=(
        CorrectionView(moment(6), "The plant has forty workers, not fourteen.", "correction"),
        CorrectionView(moment(5), "A second source was added.", "update"),
        CorrectionView(moment(5), "“Bolt” means the part, not the seller.", "clarification"),
        CorrectionView(moment(5), "The author once worked for a supplier.", "editors-note"),
        CorrectionView(moment(5), "The forecast was withdrawn.", "retraction"),
    ),
    storyline=StorylineBox("The First Motor", "/news/storylines/the-first-motor/", cards(6, 2), cards(0, 1)),
    backlinks=cards(0, 2),
    related=cards(2, 4),
    older=card(7),
    newer=card(8),
    organizations=("Exemplar Dynamics",),
    people=("Marta Fikcyjna",),
    countries=("Ukraine",),
    systems=("Motor M1",),
    deals=({"value": "3"},),
    held="Embargo until 2026-03-09 14:30 (Europe/Kyiv)",
    extra={"desk": "industry"},
)
BARE_ARTICLE = ArticleView("/a/", "https://x.example/a/", "A", "", "report", moment(1), "en", (), 0, 1)

PAGER, ONLY_PAGER = PagerView(4, "/news/x/", "/news/x/page/3/", "/news/x/page/1/"), PagerView(0)


def list_page(title: str, *trail: Link) -> ListPage:
    description = "Who builds what, where, and with whom."
    return ListPage(SITE, head(title, "/news/x/", *trail), title, description, cards(0, 9), PAGER)


def bare_list(title: str) -> ListPage:
    return ListPage(BARE_SITE, bare_head(title), title, "", (), ONLY_PAGER, 0)


def fronts() -> tuple[SectionFront, ...]:
    return tuple(SectionFront(section(at).title, section(at).url, cards(at, 4)) for at in range(6))


def months(year: str) -> tuple[DirectoryEntry, ...]:
    return tuple(DirectoryEntry(f"{year}-{at:02}", f"/news/archive/{year}/{at:02}/", at) for at in range(1, 8))


@pytest.fixture(scope="session")
def rich() -> Views:
    """Return a view for each template with all its fields filled."""
    authors = Link("Authors", "/news/authors/")
    author = AuthorView(
        "Iryna Vyhadko",
        "Industry reporter, Kyiv",
        "Iryna Vyhadko has written on factories since there were fewer of them.",
        ("<p>She began at a plant's own paper.</p>", ReadMoreBlock("Read more", cards(1, 1)), "<p>She stayed.</p>"),
        Picture("/news/images/authors/iryna-vyhadko.svg", "Portrait of Iryna Vyhadko"),
        (SourceView("Her own site", "https://iryna.example/"), SourceView("Signal: iryna.01")),
    )
    directory = DirectoryPage(
        SITE,
        head("Archive", "/news/archive/"),
        "Archive",
        (
            DirectoryGroup("2026", "/archive/2026/", months("2026")),
            DirectoryGroup(
                "2025", "/archive/2025/", (*months("2025"), DirectoryEntry("Others", "/o/", 1, "The rest.", picture(1)))
            ),
        ),
    )
    return {
        "article.html": ArticlePage(SITE, head("The Line", "/news/a/", section(0), kind="article"), ARTICLE),
        "home.html": HomePage(
            site=SITE,
            head=head(SITE.title, "/news/"),
            lead=card(0),
            top=cards(1, 5),
            slots=(FrontSlot("In Depth", cards(5, 7)), FrontSlot("", cards(7, 8))),
            storylines=(StorylineFront("The First Motor", "/news/s/", cards(0, 3), 5),),
            opinion=cards(8, 10),
            sections=fronts(),
            latest=cards(5, 15),
            blocks=tuple(FrontBlock),
            pager=PagerView(0, "", "/3/", "/1/"),
        ),
        "section.html": list_page("Industry", Link("Sections", "/news/sections/")),
        "tag.html": list_page("missiles", Link("Tags", "/news/tags/")),
        "archive.html": list_page("2026-03", Link("Archive", "/news/archive/"), Link("2026", "/news/archive/2026/")),
        "latest.html": list_page("Latest"),
        "author.html": AuthorPage(
            SITE, head(author.name, "/news/x/", authors), author, cards(0, 4), PagerView(0, "", "/1/"), 1
        ),
        "directory.html": directory,
        "page.html": StandingPage(SITE, head("About", "/news/about/"), "About", ARTICLE.body, "Draft", {"a": "b"}),
        "storyline.html": StorylinePage(SITE, head("The First Motor", "/news/s/"), "The First Motor", cards(0, 5)),
        "404.html": NotFoundPage(SITE, head("Page not found", "/news/404.html", index=False), cards(0, 5)),
        "search.html": SearchPage(
            replace(SITE, search="/news/search/"),
            head("Search", "/news/search/", index=False),
            (SearchIndex(2026, "en", "/news/pagefind/2026-en/"), SearchIndex(2025, "uk", "/news/pagefind/2025-uk/")),
        ),
        "feeds.html": FeedsPage(
            SITE,
            head("Feeds", "/news/feeds/"),
            "Feeds",
            (
                FeedGroup("site", (FeedPlace("The Gaze", "/news/", SITE.feeds),)),
                FeedGroup("sections", (FeedPlace("Industry", "/news/sections/industry/", (SECTION_FEED,)),)),
            ),
            "/news/feeds.opml",
        ),
        "corrections.html": CorrectionsPage(
            SITE,
            head("Corrections", "/news/corrections/"),
            "Corrections",
            tuple(map(NotedArticle, cards(0, 5), ARTICLE.corrections)),
            PAGER,
        ),
        "gone.html": GonePage(SITE, head("Gone", "/news/gone/"), "It was withdrawn."),
        "redirect.html": RedirectPage(SITE, head("A", "/news/a/"), Link("A", "https://gaze.example/news/a/?b=c&d")),
    }


@pytest.fixture(scope="session")
def bare() -> Views:
    """Return a view for each template with nothing in its optional fields."""
    return {
        "article.html": ArticlePage(BARE_SITE, bare_head("A"), BARE_ARTICLE),
        "home.html": HomePage(BARE_SITE, bare_head("X"), None, (), (), (), (), (), (), tuple(FrontBlock), ONLY_PAGER),
        "section.html": bare_list("Industry"),
        "tag.html": bare_list("missiles"),
        "archive.html": bare_list("2026"),
        "latest.html": bare_list("Latest"),
        "author.html": AuthorPage(BARE_SITE, bare_head("A"), AuthorView("A", "", "", ()), (), ONLY_PAGER, 0),
        "directory.html": DirectoryPage(BARE_SITE, bare_head("Tags"), "Tags", ()),
        "page.html": StandingPage(BARE_SITE, bare_head("A"), "A", (), "", {}),
        "storyline.html": StorylinePage(BARE_SITE, bare_head("A"), "A", ()),
        "404.html": NotFoundPage(BARE_SITE, bare_head("Page not found"), ()),
        "search.html": SearchPage(BARE_SITE, bare_head("Search"), ()),
        "feeds.html": FeedsPage(BARE_SITE, bare_head("Feeds"), "Feeds", (), "/feeds.opml"),
        "corrections.html": CorrectionsPage(BARE_SITE, bare_head("C"), "C", (), ONLY_PAGER),
        "gone.html": GonePage(BARE_SITE, bare_head("Gone")),
        "redirect.html": RedirectPage(BARE_SITE, bare_head("A"), Link("A", "https://x.example/a/")),
    }
