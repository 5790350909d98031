"""What a page says to machines in JSON-LD, in the words of schema.org.

What several pages speak of has one ``@id`` everywhere: the publication, the site, each author, each storyline.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from gazepress.matter import Kind
from gazepress.outlines import Frame
from gazepress.views import ArticleView, AuthorView, Byline, Card, Link, Picture, PictureCut

_TYPES: Mapping[str, str] = {
    Kind.REPORT: "NewsArticle",
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.BACKGROUND: "BackgroundNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.INTERVIEW: "NewsArticle",
    Kind.LIVE: "NewsArticle",
}
POLICIES = {
    "publishing_principles": "publishingPrinciples",
    "corrections": "correctionsPolicy",
    "ethics": "ethicsPolicy",
    "ownership": "ownershipFundingInfo",
    "masthead": "masthead",
    "unnamed_sources": "unnamedSourcesPolicy",
    "feedback": "actionableFeedbackPolicy",
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


def article_data(
    frame: Frame, article: ArticleView, cuts: Sequence[PictureCut], mentioned: Iterable[Card]
) -> dict[str, Any]:
    """Return an article as schema.org describes it; what is not known is left out.

    ``cuts`` are the lead picture in the shapes that search engines show, ``mentioned`` the reports that the text leads
    to beside those that it continues.
    """
    url, story = article.permalink, article.storyline
    changes = [note.date for note in article.corrections] + ([article.updated] if article.updated else [])
    parts: dict[str, Any] = {
        "@type": _TYPES[article.kind],
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": article.title,
        "description": article.summary,
        "datePublished": article.published,
        "dateModified": max(changes, key=datetime.timestamp, default=article.published),
        "inLanguage": article.lang,
        "dateline": article.dateline,
        "articleSection": article.section.title if article.section else "",
        "keywords": [tag.title for tag in article.tags],
        "wordCount": article.words,
        "isAccessibleForFree": True,
        "image": list(_images(frame, article.picture, cuts)) if article.picture else [],
        "author": [_person(frame, author) for author in article.authors],
        "publisher": _publisher(frame),
        "isPartOf": [_website(frame), *([_series(frame, story.title, story.url)] if story else ())],
        "backstory": _reports(frame, story.earlier) if story else [],
        "about": list(_about(article)),
        "mentions": _reports(frame, mentioned),
        **_translations(frame, article),
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
    more = {"description": site.description, "inLanguage": site.language, "publisher": _publisher(frame)}
    return _without_gaps({**_website(frame), **more, "potentialAction": _search(frame) if site.search else ""})


def collection_data(frame: Frame, path: str, title: str, description: str, cards: Sequence[Card]) -> dict[str, Any]:
    """Return a page of a list: the articles on it, in their order."""
    url = frame.absolute(path)
    return _without_gaps(
        {
            "@type": "CollectionPage",
            "@id": url,
            "url": url,
            "name": title,
            "description": description,
            "inLanguage": frame.view.language,
            "isPartOf": _website(frame),
            "mainEntity": _item_list(frame, cards),
        }
    )


def storyline_data(frame: Frame, path: str, title: str, cards: Sequence[Card]) -> dict[str, Any]:
    """Return a storyline's page: a list of reports, and the series that they are."""
    return {**collection_data(frame, path, title, "", cards), "about": _series(frame, title, frame.href(path))}


def profile_data(frame: Frame, path: str, byline: Byline, author: AuthorView) -> dict[str, Any]:
    """Return a page of an author, and who that is."""
    url = frame.absolute(path)
    more = {"description": author.summary, "sameAs": [link.url for link in author.links if link.url]}
    return {
        "@type": "ProfilePage",
        "@id": url,
        "url": url,
        "name": byline.name,
        "inLanguage": frame.view.language,
        "isPartOf": _website(frame),
        "mainEntity": _without_gaps({**_person(frame, byline), **more}),
    }


def breadcrumb_data(frame: Frame, steps: Sequence[Link]) -> dict[str, Any]:
    """Return the way to a page, from the front page on."""
    items = [
        {"@type": "ListItem", "position": number, "name": step.title, "item": frame.full(step.url)}
        for number, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _publisher(frame: Frame) -> dict[str, Any]:
    """Return the publication as an organization, with the addresses of what it says of its own work."""
    url = frame.absolute("/")
    publisher: dict[str, Any] = {
        "@type": "NewsMediaOrganization",
        "@id": f"{url}#publisher",
        "name": frame.view.publication,
        "url": url,
    }
    logo = frame.view.logo or frame.view.touch_icon  # an icon stands for the publication, too
    if logo:
        publisher["logo"] = {"@type": "ImageObject", "url": frame.full(logo)}
    return publisher | {POLICIES[name]: address for name, address in frame.policies}


def _website(frame: Frame) -> dict[str, Any]:
    url = frame.absolute("/")
    return {"@type": "WebSite", "@id": f"{url}#website", "name": frame.view.title, "url": url}


def _search(frame: Frame) -> dict[str, Any]:
    """Return how to search the site by an address (schema.org, Potential Actions)."""
    address = {"@type": "EntryPoint", "urlTemplate": f"{frame.full(frame.view.search)}?q={{search_term_string}}"}
    return {"@type": "SearchAction", "target": address, "query-input": "required name=search_term_string"}


def _series(frame: Frame, title: str, href: str) -> dict[str, Any]:
    url = frame.full(href)
    return {"@type": "CreativeWorkSeries", "@id": f"{url}#series", "name": title, "url": url}


def _reports(frame: Frame, cards: Iterable[Card]) -> list[dict[str, Any]]:
    """Return reports by where they are, which tells the rest."""
    return [{"@type": _TYPES[card.kind], "@id": url, "url": url} for card in cards for url in (frame.full(card.url),)]


def _translations(frame: Frame, article: ArticleView) -> dict[str, Any]:
    """Return the original of a translation, or the translations of an original."""
    each = [
        {"@type": _TYPES[one.kind], "@id": url, "url": url, "headline": one.title, "inLanguage": one.lang}
        for one in article.translations
        for url in (frame.full(one.url),)
    ]
    is_translation = any(one.original for one in article.translations)
    return {"translationOfWork": each[0]} if is_translation else {"workTranslation": each}


def _about(article: ArticleView) -> Iterator[dict[str, Any]]:
    """Yield what an article is about. A system is a mere thing: a product would have to be offered or rated."""
    for name in article.organizations:
        yield {"@type": "Organization", "name": name}
    for name in article.people:
        yield {"@type": "Person", "name": name}
    for name in article.countries:
        yield {"@type": "Country", "name": name}
    for name in article.systems:
        yield {"@type": "Thing", "name": name}


def _item_list(frame: Frame, cards: Sequence[Card]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": number, "url": frame.full(card.url)} for number, card in enumerate(cards, 1)
    ]
    return {"@type": "ItemList", "itemListElement": items}


def _person(frame: Frame, author: Byline) -> dict[str, Any]:
    url = frame.full(author.url)
    picture = author.picture.cut or author.picture if author.picture else None
    return _without_gaps(
        {
            "@type": "Person",
            "@id": f"{url}#person",
            "name": author.name,
            "url": url,
            "jobTitle": author.role,
            "image": frame.full(picture.url) if picture else "",
        }
    )


def _images(frame: Frame, picture: Picture, cuts: Sequence[PictureCut]) -> Iterator[dict[str, Any]]:
    """Yield a picture as a whole, and its cuts."""
    words = {"caption": picture.caption or picture.alt, "creditText": picture.credit}
    forms: tuple[Picture | PictureCut, ...] = (picture, *cuts)
    for form in forms:
        size = {"width": form.width, "height": form.height} if form.width else {}
        yield _without_gaps({"@type": "ImageObject", "url": frame.full(form.url), **size, **words})


def _without_gaps(parts: dict[str, Any]) -> dict[str, Any]:
    # Most have a value, which is faster seen than compared; a number may be 0.
    return {key: value for key, value in parts.items() if value or value not in ("", [], None)}
