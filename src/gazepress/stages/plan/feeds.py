"""The feeds of the site and of its sections, with all addresses in them made full."""

import mimetypes
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from gazepress.config import FeedContent
from gazepress.model import Article, Feed, Output, Term
from gazepress.stages.plan.articles import alias_path
from gazepress.stages.plan.body import feed_body
from gazepress.stages.plan.site import FEED, Claim, Site, article_picture, section_path, summary_of
from gazepress.stages.plan.structured_data import full_address
from gazepress.urls import decode_path
from gazepress.views import Enclosure, FeedItem, FeedView

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def feed_claims(site: Site, sizes: Mapping[str, int]) -> Iterator[Claim]:
    """Yield the feed of the site and one for each section. ``sizes`` gives the bytes of the files that are copied."""
    settings = site.settings
    whole = Term("", settings.title, tuple(site.graph.articles), settings.description)
    yield Claim(FEED, partial(_feed, page="/", term=whole, sizes=sizes))
    for section in site.graph.sections.values():
        path = section_path(section.slug)
        named = replace(section, label=f"{settings.title}: {section.label}")
        yield Claim(path + FEED[1:], partial(_feed, page=path, term=named, sizes=sizes))


def item_id(site: Site, article: Article) -> str:
    """Return an article's identity in feeds: its ``id``, else its oldest address: a rename makes nothing new."""
    matter = article.matter
    oldest = alias_path(matter.aliases[0]) if matter.aliases else site.paths[article.id]
    return matter.id or site.absolute(oldest)


def _feed(site: Site, page: str, term: Term, sizes: Mapping[str, int]) -> Output:
    """Return the feed of the list at the site path ``page``: its newest articles."""
    path = page + FEED[1:]
    articles = term.articles[: site.settings.feeds.items]
    items = tuple(_item(site, site.graph.articles[one], sizes) for one in articles)
    view = FeedView(
        title=term.label,
        description=term.description or site.settings.description or term.label,
        language=site.settings.language,
        url=site.absolute(page),
        feed_url=site.absolute(path),
        updated=max((item.updated for item in items), default=_NEVER),
        items=items,
    )
    return Feed(path, view, articles)


def _item(site: Site, article: Article, sizes: Mapping[str, int]) -> FeedItem:
    matter, graph = article.matter, site.graph
    section = (graph.sections[article.section].label,) if article.section else ()
    full = site.settings.feeds.content is FeedContent.FULL
    return FeedItem(
        id=item_id(site, article),
        is_permalink=not matter.id,
        url=site.absolute(site.paths[article.id]),
        title=matter.title,
        summary=summary_of(article),
        content=feed_body(site, article.id, article.document) if full else "",
        published=site.local(matter.date),
        updated=site.local(matter.updated or matter.date),
        authors=tuple(graph.authors[slug].name for slug in article.authors),
        categories=section + tuple(graph.tags[slug].label for slug in article.tags),
        enclosure=_enclosure(site, article, sizes),
    )


def _enclosure(site: Site, article: Article, sizes: Mapping[str, int]) -> Enclosure | None:
    """Return the lead picture as an enclosure, if it is a file of this site: RSS asks for its length."""
    picture = article_picture(site, article)
    if picture is None:
        return None
    length = sizes.get(decode_path(picture.url.removeprefix(site.base)))
    kind, _ = mimetypes.guess_type(picture.url)
    if length is None or kind is None:
        return None
    return Enclosure(full_address(site, picture.url), length, kind)
