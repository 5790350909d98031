"""What a page says to machines in JSON-LD: schema.org's NewsArticle, WebSite and BreadcrumbList."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from gazepress.matter import Kind
from gazepress.model import Article
from gazepress.stages.plan.site import Site
from gazepress.views import Link

_TYPES = {
    Kind.REPORT: "NewsArticle",
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.BACKGROUND: "BackgroundNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.INTERVIEW: "NewsArticle",
    Kind.LIVE: "NewsArticle",
}
_ESCAPES = tuple((character.encode(), f"\\u{ord(character):04x}".encode()) for character in "<>&\u2028\u2029")
_encode = msgspec.json.Encoder().encode


def json_ld(*things: Mapping[str, Any]) -> str:
    """Return things as one JSON-LD document that no text in it can break out of its script element."""
    if not things:
        return ""
    graph = [{"@context": "https://schema.org", **thing} for thing in things]
    data = _encode(graph[0] if len(graph) == 1 else graph)
    for character, escaped in _ESCAPES:
        data = data.replace(character, escaped)
    return data.decode()


def article_data(site: Site, article: Article) -> dict[str, Any]:
    """Return an article as schema.org describes it; what is not known is left out."""
    matter, card = article.matter, site.cards[article.id]
    url = site.full(card.url)
    parts: dict[str, Any] = {
        "@type": _TYPES[matter.kind],
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": matter.title,
        "description": card.summary,
        "datePublished": card.date,
        "dateModified": site.local(matter.updated) if matter.updated else card.date,
        "inLanguage": matter.lang or site.settings.language,
        "dateline": matter.dateline,
        "articleSection": card.section.title if card.section else "",
        "keywords": [site.tags[slug].title for slug in article.tags],
        "wordCount": article.document.words,
        "image": [site.full(card.picture.url)] if card.picture else [],
        "author": [_person(site, author) for author in card.authors],
        "publisher": _publisher(site),
        "citation": [
            _without_gaps({"@type": "CreativeWork", "name": source.name, "url": source.url})
            for source in matter.sources
        ],
        "correction": [
            {"@type": "CorrectionComment", "text": note.text, "datePublished": site.local(note.date)}
            for note in matter.corrections
        ],
    }
    return _without_gaps(parts)


def website_data(site: Site) -> dict[str, Any]:
    """Return the site as schema.org describes it."""
    settings = site.settings
    return _without_gaps(
        {
            "@type": "WebSite",
            "url": site.absolute("/"),
            "name": settings.title,
            "description": settings.description,
            "inLanguage": settings.language,
            "publisher": _publisher(site),
        }
    )


def breadcrumb_data(site: Site, steps: Sequence[Link]) -> dict[str, Any]:
    """Return the way to a page, from the front page on."""
    items = [
        {"@type": "ListItem", "position": number, "name": step.title, "item": site.full(step.url)}
        for number, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _publisher(site: Site) -> dict[str, Any]:
    """Return the publication as an organization."""
    return {"@type": "NewsMediaOrganization", "name": site.settings.publication, "url": site.absolute("/")}


def _person(site: Site, author: Link) -> dict[str, Any]:
    return {"@type": "Person", "name": author.title, "url": site.full(author.url)}


def _without_gaps(parts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in parts.items() if value not in ("", [], None)}
