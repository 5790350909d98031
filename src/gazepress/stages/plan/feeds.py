"""The addresses of feeds: of the site and of its sections."""

from collections.abc import Iterator

from msgspec.structs import replace

from gazepress.diagnostics import Diagnostic, problem
from gazepress.feed_views import Enclosure
from gazepress.model import Article, Planned, Term
from gazepress.outlines import FeedOutline, ItemOutline
from gazepress.settings import FeedContent
from gazepress.stages.plan.articles import leads_of
from gazepress.stages.plan.pictures import lead_file, picture_path
from gazepress.stages.plan.site import FEED, Site, section_path

_TYPES = {
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tiff": "image/tiff",
    "webp": "image/webp",
}


def feed_outputs(site: Site) -> Iterator[Planned]:
    """Yield the feed of the site and one for each section."""
    settings = site.settings
    whole = Term("", settings.title, tuple(site.graph.articles), settings.description)
    yield _feed(site, "/", whole)
    for section in site.graph.sections.values():
        named = replace(section, label=f"{settings.title}: {section.label}")
        yield _feed(site, section_path(section.slug), named)


def repeated_ids(site: Site) -> Iterator[Diagnostic]:
    """Yield a problem for each article whose ``id`` another one has: feed readers would show only one of the two.

    Those that share an address are told of as collisions already.
    """
    first: dict[str, Article] = {}
    for article in site.graph.articles.values():
        identity = site.owners.identities[article.id]
        other = first.setdefault(identity, article)
        is_told = article.matter.id or other.matter.id or identity in site.owners.files
        if other is not article and is_told:
            message = f"{article.id} and {other.id} have the same id in feeds: {identity}"
            yield problem("id-taken", message, path=article.id, hint="give one of the two another `id:`")


def _feed(site: Site, page: str, term: Term) -> Planned:
    """Return the feed of the list at the site path ``page``: its newest articles."""
    settings = site.settings
    articles = term.articles[: settings.feeds.items]
    full = settings.feeds.content is FeedContent.FULL
    items = tuple(_item(site, site.graph.articles[one], full=full) for one in articles)
    description = term.description or settings.description or term.label
    return Planned(page + FEED[1:], FeedOutline(term.label, description, page, full, items), articles)


def _item(site: Site, article: Article, *, full: bool) -> ItemOutline:
    identity = site.owners.identities[article.id]
    return ItemOutline(
        id=article.id,
        identity=identity,
        is_permalink=identity.startswith(site.frame.absolute("/")),
        updated=article.matter.updated,
        tags=tuple(site.tags[slug].title for slug in article.tags),
        enclosure=_enclosure(site, article),
        leads=leads_of(site, article.id) if full else (),
    )


def _enclosure(site: Site, article: Article) -> Enclosure | None:
    """Return the lead picture as an enclosure, if it is a file of this site: RSS asks for its length."""
    file = lead_file(site.graph, site.gallery, article.id, article.document)
    if file is None:
        return None
    facts = site.gallery.facts[file]
    return Enclosure(site.frame.absolute(picture_path(file)), facts.size, _TYPES[facts.kind])
