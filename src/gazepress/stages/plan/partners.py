"""The addresses of what partners get of articles, besides feeds: ninjs documents, a feed of them, and oEmbed.

A retracted article keeps its ninjs document, and one that was taken down too: both say that it is canceled, for it may
stand on the pages of others.
"""

from collections.abc import Iterator

import msgspec

from gazepress.model import Article, Planned
from gazepress.outlines import DataOutline, TextOutline
from gazepress.partner_views import DataForm, Ninjs, Standard
from gazepress.stages.plan.articles import leads_of
from gazepress.stages.plan.site import Site
from gazepress.urls import lasting_uri, ninjs_path, oembed_path


def partner_outputs(site: Site) -> Iterator[Planned]:
    """Yield all of these documents that the settings ask for."""
    partners, graph = site.settings.partners, site.graph
    if partners.ninjs:
        yield from (_ninjs(site, article) for article in graph.articles.values())
        yield from (_canceled(site, article) for article in graph.gone.values())
        yield _feed(site)
    if partners.oembed:
        for article in graph.listed:
            yield Planned(oembed_path(site.paths[article]), DataOutline(DataForm.OEMBED, (article,)), (article,))


def _ninjs(site: Site, article: Article) -> Planned:
    outline = DataOutline(DataForm.NINJS, (article.id,), (leads_of(site, article.id),))
    return Planned(ninjs_path(site.paths[article.id]), outline, (article.id,))


def _canceled(site: Site, article: Article) -> Planned:
    """Return what is left of an article that was taken down: what it was called, and that it is no more."""
    uri = lasting_uri(site.owners.identities[article.id])
    document = Ninjs(standard=Standard(), uri=uri, pub_status="canceled", ed_note=article.matter.gone)
    text = msgspec.json.encode(document).decode() + "\n"
    return Planned(ninjs_path(site.paths[article.id]), TextOutline(text), (article.id,))


def _feed(site: Site) -> Planned:
    """Return the feed of the articles that changed last: so corrections and retractions reach partners, too."""
    changed = sorted(site.graph.articles.values(), key=_changed, reverse=True)
    newest = tuple(article.id for article in changed[: site.settings.partners.items])
    leads = tuple(leads_of(site, one) for one in newest)
    title = site.settings.title
    return Planned(ninjs_path("/"), DataOutline(DataForm.NINJS_FEED, newest, leads, title=title, page="/"))


def _changed(article: Article) -> float:
    date, changed = article.matter.date, article.matter.changed
    return max(moment.timestamp() for moment in (date, changed or date))
