"""What a page says to machines in JSON-LD: schema.org's NewsArticle, WebSite and BreadcrumbList."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gazepress.model import Article, Kind
from gazepress.stages.plan.site import Site, article_picture, author_path, summary_of
from gazepress.urls import scheme

_TYPES = {
    Kind.REPORT: "NewsArticle",
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.BACKGROUND: "BackgroundNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.INTERVIEW: "NewsArticle",
    Kind.LIVE: "NewsArticle",
}
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_ld(*things: Mapping[str, Any]) -> str:
    """Return things as one JSON-LD document that no text in it can break out of its script element."""
    if not things:
        return ""
    graph = [{"@context": "https://schema.org", **thing} for thing in things]
    data = graph[0] if len(graph) == 1 else graph
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def article_data(site: Site, article: Article) -> dict[str, Any]:
    """Return an article as schema.org describes it; what is not known is left out."""
    matter, url = article.matter, site.absolute(site.paths[article.id])
    picture = article_picture(site, article)
    section = site.graph.sections.get(article.section)
    parts: dict[str, Any] = {
        "@type": _TYPES[matter.kind],
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": matter.title,
        "description": summary_of(article),
        "datePublished": site.local(matter.date).isoformat(),
        "dateModified": site.local(matter.updated or matter.date).isoformat(),
        "inLanguage": matter.lang or site.settings.language,
        "dateline": matter.dateline,
        "articleSection": section.label if section else "",
        "keywords": [site.graph.tags[slug].label for slug in article.tags],
        "wordCount": article.document.words,
        "image": [full_address(site, picture.url)] if picture else [],
        "author": [_person(site, slug) for slug in article.authors],
        "publisher": publisher_data(site),
        "citation": [
            _without_gaps({"@type": "CreativeWork", "name": source.name, "url": source.url})
            for source in matter.sources
        ],
        "correction": [
            {"@type": "CorrectionComment", "text": note.text, "datePublished": site.local(note.date).isoformat()}
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
            "publisher": publisher_data(site),
        }
    )


def breadcrumb_data(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the way to a page, of titles and full addresses from the front page on."""
    items = [
        {"@type": "ListItem", "position": number, "name": title, "item": url}
        for number, (title, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def publisher_data(site: Site) -> dict[str, Any]:
    """Return the publication as an organization."""
    return {"@type": "NewsMediaOrganization", "name": site.settings.publication, "url": site.absolute("/")}


def full_address(site: Site, href: str) -> str:
    """Return the full address of an ``href`` of this site; others are full already."""
    return href if scheme(href) else site.settings.url.rstrip("/").removesuffix(site.base) + href


def _person(site: Site, slug: str) -> dict[str, Any]:
    author = site.graph.authors[slug]
    return {"@type": "Person", "name": author.name, "url": site.absolute(author_path(author))}


def _without_gaps(parts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in parts.items() if value not in ("", [], None)}
