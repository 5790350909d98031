"""The views of feeds, with all addresses in them made full, and of the page that lists them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape

from gazepress.feed_views import FeedEntry, FeedItem, FeedPicture, FeedView, Note
from gazepress.matter import CorrectionKind
from gazepress.outlines import FeedOutline, FeedsOutline, Frame, Lead
from gazepress.page_views import FeedsPage
from gazepress.renditions import MEDIA_TYPES
from gazepress.settings import FeedContent
from gazepress.stages.compose.body import feed_body, page_body
from gazepress.stages.compose.head import make_head
from gazepress.stages.compose.shelf import Shelf
from gazepress.views import Card, Link
from gazepress.words import Words, speaker

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def feed_view(shelf: Shelf, path: str, outline: FeedOutline) -> FeedView:
    """Return the view of the feed at a site path."""
    frame, leads = shelf.frame, outline.leads or ((),) * len(outline.articles)
    if outline.notes:
        items = tuple(_note_item(shelf, outline, *each) for each in zip(outline.articles, outline.notes, strict=True))
    else:
        items = tuple(_item(shelf, outline, *each) for each in zip(outline.articles, leads, strict=True))
    archives = (outline.current, outline.older, outline.newer)
    current, older, newer = (frame.absolute(one) if one else "" for one in archives)
    return FeedView(
        format=outline.format,
        title=outline.title,
        description=outline.description,
        language=outline.language,
        publisher=frame.view.publication,
        url=frame.absolute(outline.page),
        feed_url=frame.absolute(path),
        updated=max((item.updated for item in items), key=datetime.timestamp, default=_NEVER),
        items=items,
        hub=outline.hub,
        current=current,
        older=older,
        newer=newer,
    )


def feeds_page(shelf: Shelf, path: str, outline: FeedsOutline) -> FeedsPage:
    """Return the view of the page that lists all feeds."""
    head = make_head(shelf.frame, path, outline.title, description=shelf.words.say("feeds-what"))
    return FeedsPage(shelf.frame.view, head, outline.title, outline.groups, outline.opml)


def changed_at(frame: Frame, card: Card, entry: FeedEntry) -> datetime:
    """Return when an article last changed in substance, or got a note."""
    return max(card.date, frame.local(entry.updated), key=datetime.timestamp) if entry.updated else card.date


def notes_text(shelf: Shelf, words: Words, notes: Iterable[Note]) -> Iterator[str]:
    """Yield the notes on an article as plain text, each with what it is and its date."""
    yield from (f"{_label(shelf, words, note)}: {note.text}" for note in notes)


def notes_html(shelf: Shelf, words: Words, notes: Iterable[Note]) -> str:
    """Return the notes on an article as paragraphs."""
    return "".join(
        f"<p><strong>{escape(_label(shelf, words, note))}:</strong> {escape(note.text)}</p>\n" for note in notes
    )


def _item(shelf: Shelf, outline: FeedOutline, article: str, leads: Sequence[Lead | None]) -> FeedItem:
    frame, card, entry = shelf.frame, shelf.cards[article], shelf.entries[article]
    url, lang, notes = frame.full(card.url), card.lang or frame.view.language, entry.notes
    words = speaker(frame.view.language, frame.words)(lang) if notes else shelf.words
    title, summary, content = card.title, "", ""
    if outline.content is not FeedContent.HEADLINE:
        summary = card.summary
    if outline.content is FeedContent.FULL:
        content = feed_body(page_body(shelf, shelf.texts[article], leads, plain=True), url)
    retraction = [note for note in notes if note.kind == CorrectionKind.RETRACTION]
    if retraction:  # nothing else of it may be repeated
        notes, summary, content = tuple(retraction), "", ""
        title = f"{words.say(CorrectionKind.RETRACTION)}: {title}"
    if outline.content is FeedContent.FULL:
        content = notes_html(shelf, words, notes) + content
    return FeedItem(
        id=entry.identity,
        is_permalink=entry.is_permalink,
        url=url,
        title=title,
        summary=" ".join((*notes_text(shelf, words, notes), *((summary,) if summary else ()))),
        content=content,
        published=card.date,
        updated=changed_at(frame, card, entry),
        authors=tuple(Link(author.title, frame.full(author.url)) for author in card.authors),
        categories=entry.categories,
        language=lang if lang != outline.language else "",
        picture=None if retraction else _picture(shelf, card),
        enclosure=None if retraction else entry.enclosure,
    )


def _note_item(shelf: Shelf, outline: FeedOutline, article: str, note: Note) -> FeedItem:
    """Return a note as an entry of its own, which is never the article's: who reads both feeds must see both."""
    frame, card, entry = shelf.frame, shelf.cards[article], shelf.entries[article]
    lang, moment = card.lang or frame.view.language, frame.local(note.date)
    words = speaker(frame.view.language, frame.words)(lang)
    of_the_day = [one for one in entry.notes if frame.local(one.date).date() == moment.date()]
    later = of_the_day[::-1].index(note)
    mark = "-" if "#" in entry.identity else "#"
    return FeedItem(
        id=f"{entry.identity}{mark}note-{moment.date().isoformat()}{f'-{later + 1}' if later else ''}",
        is_permalink=False,
        url=frame.full(card.url),
        title=f"{words.say(note.kind)}: {card.title}",
        summary=note.text,
        content="",
        published=moment,
        updated=moment,
        categories=entry.categories,
        language=lang if lang != outline.language else "",
    )


def _label(shelf: Shelf, words: Words, note: Note) -> str:
    return f"{words.say(note.kind)}, {shelf.frame.local(note.date).date().isoformat()}"


def _picture(shelf: Shelf, card: Card) -> FeedPicture | None:
    picture = card.picture
    if picture is None:
        return None
    url, words = shelf.frame.full(picture.url), picture.caption or picture.alt
    media_type = MEDIA_TYPES.get(url.rpartition(".")[2].lower(), "")
    return FeedPicture(url, words, picture.credit, media_type, picture.width, picture.height)
