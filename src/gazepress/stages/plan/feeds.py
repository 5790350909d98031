"""The addresses of feeds: of the site, its sections, tags, authors and storylines, in each of their formats.

Older articles follow in archives that are counted from the oldest article, so that a full one keeps what it holds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gazepress.diagnostics import Diagnostic, problem
from gazepress.feed_formats import feed_path
from gazepress.feed_views import Category, Enclosure, FeedEntry, Note
from gazepress.model import Article, Planned, outlines_of
from gazepress.outlines import DataOutline, FeedOutline, FeedsOutline, TextOutline, shows
from gazepress.page_views import FeedGroup, FeedPlace
from gazepress.renditions import MEDIA_TYPES
from gazepress.settings import FeedContent, FeedSetting
from gazepress.stages.plan.articles import leads_of
from gazepress.stages.plan.corrections import all_notes, notes_on
from gazepress.stages.plan.pictures import lead_file, picture_path
from gazepress.stages.plan.redirects import has_moved
from gazepress.stages.plan.site import (
    CORRECTIONS,
    FEEDS,
    Site,
    author_path,
    feed_links,
    has_feeds,
    section_path,
    storyline_path,
    tag_path,
)
from gazepress.xml_text import xml_text

OPML = "/feeds.opml"


class _Place(Struct, frozen=True):
    """What has a feed: its site path, what it is called, and its articles, newest first. The site has no label."""

    kind: str
    setting: FeedSetting
    page: str
    label: str
    articles: Sequence[str]
    description: str = ""
    notes: Sequence[Note] = ()  # on these articles, where the feed is one of notes
    is_emptied: bool = False  # there is no such page any more


def feed_outputs(site: Site) -> Iterator[Planned]:
    """Yield all feeds with their archives, the page that lists them, and their list for feed readers."""
    for place in (*_places(site), *_emptied(site)):
        yield from _feeds(site, place)
    if has_feeds(site):
        groups = tuple(_groups(site))
        yield Planned(FEEDS, FeedsOutline(site.words.say("feeds"), groups, site.frame.href(OPML)))
        yield Planned(OPML, TextOutline(_opml(site, groups)))


def feed_entries(site: Site, outputs: Iterable[Planned]) -> dict[str, FeedEntry]:
    """Return what feeds, and documents for partners, say of the articles that are in any."""
    outlines: Iterator[FeedOutline | DataOutline] = outlines_of(outputs, FeedOutline, DataOutline)
    told = dict.fromkeys(article for outline in outlines for article in shows(outline).entries)
    return {article: _entry(site, site.graph.articles[article]) for article in told}


def repeated_ids(site: Site) -> Iterator[Diagnostic]:
    """Yield a problem for each article whose ``id`` another one has: feed readers would show only one of the two.

    Those that share an address are told of as collisions already.
    """
    first: dict[str, Article] = {}
    for article in site.graph.articles.values():
        identity = site.owners.identities[article.id]
        other = first.setdefault(identity, article)
        if other is not article and (article.matter.id or other.matter.id or identity in site.owners.files):
            message = f"{article.id} and {other.id} have the same id in feeds: {identity}"
            yield problem("id-taken", message, path=article.id, hint="give one of the two another `id:`")


def _entry(site: Site, article: Article) -> FeedEntry:
    identity = site.owners.identities[article.id]
    matter, section = article.matter, site.graph.sections.get(article.section)
    sections, tags = site.frame.absolute("/sections/"), site.frame.absolute("/tags/")
    filed = [Category(sections, section.slug, section.label)] if section else []
    return FeedEntry(
        identity=identity,
        is_permalink=identity.startswith(site.frame.absolute("/")),
        updated=matter.changed,
        categories=(*filed, *[Category(tags, slug, site.tags[slug].title) for slug in article.tags]),
        enclosure=_enclosure(site, article),
        notes=notes_on(article),
    )


def _enclosure(site: Site, article: Article) -> Enclosure | None:
    """Return the lead picture as an enclosure, if it is a file of this site: RSS asks for its length."""
    file = lead_file(site.graph, site.gallery, article.id, article.document)
    if file is None:
        return None
    facts = site.gallery.facts[file]
    return Enclosure(site.frame.absolute(picture_path(file)), facts.size, MEDIA_TYPES[facts.kind])


# -------------------------------------------------------------------------------------------------- the feeds


def _places(site: Site) -> Iterator[_Place]:
    graph, feeds, settings = site.graph, site.settings.feeds, site.settings
    if feeds.site.formats:
        yield _Place("site", feeds.site, "/", "", tuple(graph.articles), settings.description)
        yield from _of_notes(site)
    told = _with_retracted(site)
    for term in graph.sections.values() if feeds.sections.formats else ():
        articles = told(term.articles, term.retracted)
        yield _Place("sections", feeds.sections, section_path(term.slug), term.label, articles, term.description)
    for term in graph.tags.values() if feeds.tags.formats else ():
        yield _Place("tags", feeds.tags, tag_path(term.slug), term.label, told(term.articles, term.retracted))
    for author in graph.authors.values() if feeds.authors.formats else ():
        articles = told(author.articles, author.retracted)
        yield _Place("authors", feeds.authors, author_path(author), author.name, articles)
    for story in graph.storylines.values() if feeds.storylines.formats else ():
        articles = told(story.articles[::-1], story.retracted)
        yield _Place("storylines", feeds.storylines, storyline_path(story.slug), story.title, articles)


def _emptied(site: Site) -> Iterator[_Place]:
    """Yield the lists that have no page since articles were retracted: who had subscribed is told so."""
    told, feeds = _with_retracted(site), site.settings.feeds
    kinds = {"sections": feeds.sections, "tags": feeds.tags, "authors": feeds.authors, "storylines": feeds.storylines}
    for kind, terms in site.graph.emptied.items():
        for term in terms if kinds[kind].formats else ():
            page, articles = f"/{kind}/{term.slug}/", told(term.articles, term.retracted)
            if not has_moved(site, page):
                yield _Place(kind, kinds[kind], page, term.label, articles, is_emptied=True)


def _with_retracted(site: Site) -> Callable[[Sequence[str], Sequence[str]], Sequence[str]]:
    """Return what adds to the articles of a list those that stood in it before they were retracted: feeds say so."""
    places = {article: place for place, article in enumerate(site.graph.articles)}
    return lambda listed, retracted: sorted((*listed, *retracted), key=places.__getitem__) if retracted else listed


def _of_notes(site: Site) -> Iterator[_Place]:
    """Yield the feed of all notes on articles, in the formats of the site's, if there are any."""
    told = all_notes(site)
    if told:
        setting = FeedSetting(site.settings.feeds.site.formats, FeedContent.SUMMARY, archive=True)
        articles, notes = zip(*told, strict=True)
        what, label = site.words.say("corrections-what"), site.words.say("corrections")
        yield _Place("site", setting, CORRECTIONS, label, articles, what, notes)


def _feeds(site: Site, place: _Place) -> Iterator[Planned]:
    """Yield the feed of a place in all its formats, and its archives if the settings ask for them."""
    setting, settings = place.setting, site.settings
    title = f"{settings.title}: {place.label}" if place.label else settings.title
    articles, size = _chosen(site, place), setting.items
    archives = -(-max(0, len(articles) - size) // size) if setting.archive else 0
    for number in range(archives + 1):  # 0 has the newest articles, 1 the oldest
        end = len(articles) - size * (number - 1) if number else size
        start = end - size if number else 0
        part = tuple(articles[start:end])
        leads = tuple(leads_of(site, one) for one in part) if setting.content is FeedContent.FULL else ()
        for form in setting.formats:
            outline = FeedOutline(
                format=form,
                title=title,
                description=place.description or settings.description or title,
                page="/" if place.is_emptied else place.page,
                language=setting.language or settings.language,
                content=setting.content,
                articles=part,
                leads=leads,
                notes=tuple(place.notes[start:end]),
                hub=settings.feeds.hub,
            )
            yield _among_archives(place.page, outline, number, archives)


def _chosen(site: Site, place: _Place) -> Sequence[str]:
    """Return the articles that a feed may hold: all but those of the kinds and languages that it is to leave out."""
    setting, own = place.setting, site.settings.language
    if not setting.without and not setting.language:
        return place.articles
    matters = ((one, site.graph.articles[one].matter) for one in place.articles)
    return [
        one
        for one, matter in matters
        if matter.kind not in setting.without and (matter.lang or own) == (setting.language or matter.lang or own)
    ]


def _among_archives(page: str, outline: FeedOutline, number: int, archives: int) -> Planned:
    """Return a feed or archive at its address below ``page``, with the addresses of those before and after it."""
    form = outline.format
    older = number - 1 if number else archives
    return Planned(
        feed_path(page, form, number),
        replace(
            outline,
            current=feed_path(page, form) if number else "",
            older=feed_path(page, form, older) if older else "",
            newer=feed_path(page, form, number + 1) if 0 < number < archives else "",
        ),
    )


# ------------------------------------------------------------------------------------------- the lists of feeds


def _groups(site: Site) -> Iterator[FeedGroup]:
    groups: dict[str, list[FeedPlace]] = {}
    for place in _places(site):
        links = feed_links(site, place.setting, place.page, place.label)
        name = place.label or site.settings.title
        groups.setdefault(place.kind, []).append(FeedPlace(name, site.frame.href(place.page), links))
    for kind, places in groups.items():
        yield FeedGroup(kind, tuple(places))


def _opml(site: Site, groups: Iterable[FeedGroup]) -> str:
    """Return a list of all feeds, each in its first format, that feed readers take over (OPML 2.0)."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{xml_text(site.settings.title)}</title></head>", "<body>"]
    for group in groups:
        if group.kind == "site":
            lines += (_outline(site, place) for place in group.places)
        else:
            name = xml_text(site.words.say(group.kind))
            lines += [f'<outline text="{name}">', *(_outline(site, place) for place in group.places), "</outline>"]
    return "\n".join((*lines, "</body>", "</opml>", ""))


def _outline(site: Site, place: FeedPlace) -> str:
    title, feed, page = place.feeds[0].title, site.frame.full(place.feeds[0].url), site.frame.full(place.url)
    told = {"text": place.title, "title": title, "type": "rss", "xmlUrl": feed, "htmlUrl": page}
    attributes = " ".join(f'{name}="{xml_text(value)}"' for name, value in told.items())
    return f"<outline {attributes}/>"
