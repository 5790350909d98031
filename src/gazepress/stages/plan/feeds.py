"""The feeds of the site and of its sections, with all addresses in them made full."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from gazepress.config import FeedContent
from gazepress.diagnostics import Diagnostic, problem
from gazepress.model import Article, Feed, Output, Term
from gazepress.stages.plan.articles import alias_path
from gazepress.stages.plan.body import feed_body, page_body
from gazepress.stages.plan.site import FEED, Claim, Site, section_path
from gazepress.views import Enclosure, FeedItem, FeedView, Picture

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# The standard library would ask the machine, and another machine may know other types.
_PICTURE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def feed_claims(site: Site, sizes: Mapping[str, int]) -> Iterator[Claim]:
    """Yield the feed of the site and one for each section. ``sizes``: ``href`` of a file that is copied → its bytes."""
    settings = site.settings
    whole = Term("", settings.title, tuple(site.graph.articles), settings.description)
    yield Claim(FEED, partial(_feed, page="/", term=whole, sizes=sizes))
    for section in site.graph.sections.values():
        path = section_path(section.slug)
        named = replace(section, label=f"{settings.title}: {section.label}")
        yield Claim(path + FEED[1:], partial(_feed, page=path, term=named, sizes=sizes))


def repeated_ids(site: Site) -> Iterator[Diagnostic]:
    """Yield a problem for each article whose ``id`` another one has: feed readers would show only one of the two.

    Those that share an address are told of as collisions already.
    """
    first: dict[str, Article] = {}
    for article in site.graph.articles.values():
        identity = _identity(site, article)
        other = first.setdefault(identity, article)
        if other is not article and (article.matter.id or other.matter.id):
            message = f"{article.id} and {other.id} have the same id in feeds: {identity}"
            yield problem("id-taken", message, path=article.id, hint="give one of the two another `id:`")


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
        updated=max((item.updated for item in items), key=datetime.timestamp, default=_NEVER),
        items=items,
    )
    return Feed(path, view, articles)


def _item(site: Site, article: Article, sizes: Mapping[str, int]) -> FeedItem:
    matter, card = article.matter, site.cards[article.id]
    section = (card.section.title,) if card.section else ()
    url = site.full(card.url)
    full = site.settings.feeds.content is FeedContent.FULL
    return FeedItem(
        id=_identity(site, article),
        is_permalink=not matter.id,
        url=url,
        title=matter.title,
        summary=card.summary,
        content=feed_body(page_body(site, article.id, article.document), url) if full else "",
        published=card.date,
        updated=site.local(matter.updated) if matter.updated else card.date,
        authors=tuple(author.title for author in card.authors),
        categories=section + tuple(site.tags[slug].title for slug in article.tags),
        enclosure=_enclosure(site, card.picture, sizes),
    )


def _identity(site: Site, article: Article) -> str:
    """Return what stays the same when an article is renamed: its own ``id``, else its oldest address."""
    aliases = article.matter.aliases
    return article.matter.id or site.absolute(alias_path(aliases[0]) if aliases else site.paths[article.id])


def _enclosure(site: Site, picture: Picture | None, sizes: Mapping[str, int]) -> Enclosure | None:
    """Return a picture as an enclosure, if it is a file of this site: RSS asks for its length."""
    if picture is None or picture.url not in sizes:
        return None
    kind = _PICTURE_TYPES.get(picture.url.rpartition(".")[2].lower())
    return Enclosure(site.full(picture.url), sizes[picture.url], kind) if kind else None
