"""The documents that partners get of articles: ninjs, the feed of these, oEmbed, and lists of the API."""

from collections.abc import Iterator
from html import escape

from msgspec.structs import replace

from gazepress.feed_views import FeedEntry, Note
from gazepress.matter import CorrectionKind, FrontMatter, Kind
from gazepress.outlines import DataOutline, Frame, Lead
from gazepress.partner_views import (
    Article,
    Articles,
    DataForm,
    Document,
    Named,
    Ninjs,
    Oembed,
    Picture,
    Rendition,
    Standard,
    Term,
    TrustIndicator,
    Words,
)
from gazepress.renditions import MEDIA_TYPES
from gazepress.stages.compose.body import feed_body, page_body
from gazepress.stages.compose.feeds import changed_at, notes_html, notes_text
from gazepress.stages.compose.shelf import Shelf
from gazepress.stages.compose.structured_data import POLICIES
from gazepress.urls import decode_path, encode_path, lasting_uri, ninjs_path, web_uri
from gazepress.views import Card, Link
from gazepress.words import speaker

_HTML, _PLAIN = "text/html", "text/plain"
_GENRES = "http://cv.iptc.org/newscodes/genre/"
_IN_GENRES = (Kind.ANALYSIS, Kind.BACKGROUND, Kind.OPINION, Kind.INTERVIEW)  # IPTC's names are ours with a capital
_CARD_WIDTH, _CARD_HEIGHT = 600, 240  # pixels; what is to be shown is text, which takes the room it needs
_CARD_AGE = 86_400  # seconds


def partner_document(shelf: Shelf, path: str, outline: DataOutline) -> Document:
    """Return the document at a site path."""
    match outline.form:
        case DataForm.NINJS:
            return replace(_ninjs(shelf, outline.articles[0], outline.leads[0]), standard=Standard())
        case DataForm.NINJS_FEED:
            return _ninjs_feed(shelf, path, outline)
        case DataForm.OEMBED:
            return _oembed(shelf.frame, shelf.cards[outline.articles[0]])
        case DataForm.LIST:
            frame = shelf.frame
            return Articles(
                title=outline.title,
                url=frame.absolute(outline.page),
                count=outline.count,
                articles=tuple(_article(frame, shelf.cards[one], shelf.entries[one]) for one in outline.articles),
                older=frame.absolute(outline.older) if outline.older else "",
            )


# ------------------------------------------------------------------------------------------------------- ninjs


def _ninjs_feed(shelf: Shelf, path: str, outline: DataOutline) -> Ninjs:
    """Return a feed as ninjs knows it: an object that holds others, each as its own document has it."""
    frame, each = shelf.frame, zip(outline.articles, outline.leads, strict=True)
    items = tuple(replace(_ninjs(shelf, *one), name=_name(frame, shelf.cards[one[0]])) for one in each)
    changes = (item.version_created for item in items if item.version_created)
    return Ninjs(
        standard=Standard(),
        uri=frame.absolute(path),
        type="composite",
        version_created=max(changes, key=lambda moment: moment.timestamp(), default=None),
        copyright_holder=frame.view.publication,
        usage_terms=frame.partners.terms,
        language=frame.view.language,
        headlines=(Words(outline.title),),
        associations=items,
    )


def _ninjs(shelf: Shelf, article: str, leads: tuple[Lead | None, ...]) -> Ninjs:
    """Return an article as ninjs. Of a retracted one there is what was retracted, when and why, and nothing else."""
    frame, card, entry, text = shelf.frame, shelf.cards[article], shelf.entries[article], shelf.texts[article]
    matter = text.document.matter
    assert isinstance(matter, FrontMatter)
    url, lang = frame.full(card.url), card.lang or frame.view.language
    words = speaker(frame.view.language, frame.words)(lang) if entry.notes else shelf.words
    retraction = tuple(note for note in entry.notes if note.kind == CorrectionKind.RETRACTION)
    notes = retraction or entry.notes
    known = Ninjs(
        uri=lasting_uri(entry.identity),
        type="text",
        representation_type="partial" if retraction else "full",
        first_created=card.date,
        version_created=changed_at(frame, card, entry),
        content_created=card.date,
        pub_status="canceled" if retraction else "withheld" if card.held else "usable",
        copyright_holder=frame.view.publication,
        usage_terms=frame.partners.terms,
        ed_note=" ".join(notes_text(shelf, words, notes)),
        language=lang,
        headlines=(Words(card.title, "main", _PLAIN),),
        descriptions=tuple(map(_note, notes)),
        renditions=(Rendition("web", url, _HTML),),
    )
    if retraction:
        return known
    html = notes_html(shelf, words, notes) + feed_body(page_body(shelf, text, leads, plain=True), url)
    return replace(
        known,
        descriptions=(*((Words(card.summary, "summary", _PLAIN),) if card.summary else ()), *known.descriptions),
        bodies=(Words(html, "main", _HTML, text.body.words),),
        by=", ".join(author.title for author in card.authors),
        located=matter.dateline,
        people=(
            *(Named(author.title, "author", uri=frame.full(author.url)) for author in card.authors),
            *_subjects(matter.people),
        ),
        organisations=_subjects(matter.organizations),
        places=_subjects(matter.countries),
        objects=_subjects(matter.systems),
        subjects=tuple(_filed(frame, card, entry)),
        genres=(_genre(card.kind),),
        info_sources=tuple(Named(one.name, role="source", uri=web_uri(one.url)) for one in matter.sources),
        trust_indicators=tuple(
            TrustIndicator(f"https://schema.org/{POLICIES[name]}", address)
            for name, full in frame.policies
            if (address := web_uri(full))
        ),
        associations=tuple(_picture(frame, card)),
    )


def _name(frame: Frame, card: Card) -> str:
    """Return what stands for an article that has to have a name, also where its headline is blank."""
    return card.title or frame.full(card.url)


def _note(note: Note) -> Words:
    return Words(note.text, note.kind, _PLAIN)


def _subjects(names: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(Named(name, "subject") for name in names)


def _filed(frame: Frame, card: Card, entry: FeedEntry) -> Iterator[Named]:
    """Yield the section and the tags of an article, each with its page."""
    for category in entry.categories:
        is_section = card.section is not None and category.scheme == frame.absolute("/sections/")
        uri = category.scheme + encode_path(category.term) + "/"
        yield Named(category.label, "section" if is_section else "tag", uri=uri)


def _genre(kind: str) -> Named:
    return Named(kind, uri=_GENRES + kind.capitalize() if kind in _IN_GENRES else "")


def _picture(frame: Frame, card: Card) -> Iterator[Ninjs]:
    """Yield the lead picture of an article as an associated object, if there is one that others can fetch."""
    picture = card.picture
    href = web_uri(frame.full(picture.url)) if picture else ""
    if picture is None or not href:
        return
    media_type = MEDIA_TYPES.get(href.rpartition(".")[2].lower(), "")
    yield Ninjs(
        uri=href,
        type="picture",
        name=picture.caption or picture.alt or _name(frame, card),
        rel="lead",
        descriptions=tuple(
            Words(words, role, _PLAIN) for role, words in (("caption", picture.caption), ("alt", picture.alt)) if words
        ),
        by=picture.credit,
        renditions=(Rendition("main", href, media_type, picture.width, picture.height),),
    )


# ------------------------------------------------------------------------------------------------------ oEmbed


def _oembed(frame: Frame, card: Card) -> Oembed:
    """Return what other sites show of an article: a quotation that leads to it, in the looks of the site around it."""
    url, publication = escape(frame.full(card.url)), escape(frame.view.publication)
    summary = f"<p>{escape(card.summary)}</p>" if card.summary else ""
    html = f'<blockquote cite="{url}"><p><a href="{url}">{escape(card.title)}</a></p>{summary}'
    html += f"<p>{publication}, <time>{card.date.date().isoformat()}</time></p></blockquote>"
    author, picture = next(iter(card.authors), None), card.picture
    has_size = picture is not None and picture.width > 0 and picture.height > 0  # the three go together
    return Oembed(
        type="rich",
        version="1.0",
        title=card.title,
        author_name=", ".join(one.title for one in card.authors),
        author_url=frame.full(author.url) if author else "",
        provider_name=frame.view.publication,
        provider_url=frame.view.url,
        cache_age=_CARD_AGE,
        thumbnail_url=frame.full(picture.url) if picture and has_size else "",
        thumbnail_width=picture.width if picture and has_size else 0,
        thumbnail_height=picture.height if picture and has_size else 0,
        html=html,
        width=_CARD_WIDTH,
        height=_CARD_HEIGHT,
    )


# --------------------------------------------------------------------------------------------------------- API


def _article(frame: Frame, card: Card, entry: FeedEntry) -> Article:
    changed, picture = changed_at(frame, card, entry), card.picture
    tags = (one for one in entry.categories if one.scheme == frame.absolute("/tags/"))
    return Article(
        id=entry.identity,
        url=frame.full(card.url),
        title=card.title,
        summary=card.summary,
        published=card.date,
        updated=changed if changed != card.date else None,
        kind=card.kind,
        language=card.lang or frame.view.language,
        section=_term(frame, card.section) if card.section else None,
        tags=tuple(Term(one.term, one.label, f"{one.scheme}{encode_path(one.term)}/") for one in tags),
        authors=tuple(_term(frame, author) for author in card.authors),
        picture=Picture(
            frame.full(picture.url), picture.alt, picture.caption, picture.credit, picture.width, picture.height
        )
        if picture
        else None,
        corrected=any(note.kind == CorrectionKind.CORRECTION for note in entry.notes),
        ninjs=ninjs_path(frame.full(card.url)) if frame.partners.ninjs else "",
    )


def _term(frame: Frame, link: Link) -> Term:
    """Return what is known of a link to a page of the site whose last step is its slug."""
    return Term(decode_path(link.url.rstrip("/").rpartition("/")[2]), link.title, frame.full(link.url))
