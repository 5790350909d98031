"""What a page says to machines in JSON-LD: schema.org's NewsArticle, WebSite and BreadcrumbList."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from gazepress.matter import Kind
from gazepress.outlines import Frame
from gazepress.views import ArticleView, Byline, Link

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


def article_data(frame: Frame, article: ArticleView) -> dict[str, Any]:
    """Return an article as schema.org describes it; what is not known is left out."""
    url = article.permalink
    parts: dict[str, Any] = {
        "@type": _TYPES[Kind(article.kind)],
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": article.title,
        "description": article.summary,
        "datePublished": article.published,
        "dateModified": article.updated or article.published,
        "inLanguage": article.lang,
        "dateline": article.dateline,
        "articleSection": article.section.title if article.section else "",
        "keywords": [tag.title for tag in article.tags],
        "wordCount": article.words,
        "image": [frame.full(article.picture.url)] if article.picture else [],
        "author": [_person(frame, author) for author in article.authors],
        "publisher": _publisher(frame),
        "citation": [
            _without_gaps({"@type": "CreativeWork", "name": source.name, "url": source.url})
            for source in article.sources
        ],
        "correction": [
            {"@type": "CorrectionComment", "text": note.text, "datePublished": note.date}
            for note in article.corrections
        ],
    }
    return _without_gaps(parts)


def website_data(frame: Frame) -> dict[str, Any]:
    """Return the site as schema.org describes it."""
    site = frame.view
    return _without_gaps(
        {
            "@type": "WebSite",
            "url": frame.absolute("/"),
            "name": site.title,
            "description": site.description,
            "inLanguage": site.language,
            "publisher": _publisher(frame),
        }
    )


def breadcrumb_data(frame: Frame, steps: Sequence[Link]) -> dict[str, Any]:
    """Return the way to a page, from the front page on."""
    items = [
        {"@type": "ListItem", "position": number, "name": step.title, "item": frame.full(step.url)}
        for number, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _publisher(frame: Frame) -> dict[str, Any]:
    """Return the publication as an organization."""
    return {"@type": "NewsMediaOrganization", "name": frame.view.publication, "url": frame.absolute("/")}


def _person(frame: Frame, author: Byline) -> dict[str, Any]:
    return {"@type": "Person", "name": author.name, "url": frame.full(author.url)}


def _without_gaps(parts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in parts.items() if value not in ("", [], None)}
