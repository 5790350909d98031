"""A feed as the bytes of an RSS 2.0 or Atom file: the one place that knows feedgen, and mends what it does wrong."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from gazepress.feed_formats import FEED_FILES, FeedFormat
from gazepress.feed_views import FeedItem, FeedPicture, FeedView
from gazepress.stages.render.characters import sound
from gazepress.urls import lasting_iri

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
_MEDIA = "http://search.yahoo.com/mrss/"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PLAIN_TEXT = re.compile(rb"<(?:title|category|dc:creator)(?: [^<>]*)?>[^<]*")
_HEXADECIMAL = ((b"&amp;", b"&#x26;"), (b"&lt;", b"&#x3C;"), (b"&gt;", b"&#x3E;"), (b"&#13;", b"&#xD;"))


def render_feed(view: FeedView) -> bytes:
    """Return the RSS 2.0 or Atom document of a feed, in UTF-8. The same view gives the same bytes at any hour.

    Characters that XML cannot hold are left out. Times must have an offset.
    """
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.register_extension("beyond", _Channel, _Entry)
    feed.beyond.view = view
    title = sound(view.title, instead=view.url)
    feed.title(title)
    feed.generator("gazepress")
    feed.language(sound(view.language))
    feed.link(href=sound(view.feed_url), rel="self", type=FEED_FILES[view.format].type)
    if view.format is FeedFormat.ATOM:
        return _atom(feed, view)
    feed.description(_html(sound(view.description, instead=title)))
    feed.link(href=sound(view.url), rel="alternate")  # last: feedgen takes the last link for the channel's own
    for item in view.items:
        _add_rss_item(feed, item)
    data: bytes = feed.rss_str(pretty=True)
    return _PLAIN_TEXT.sub(_in_hexadecimal, data)


def _add_rss_item(feed: Any, item: FeedItem) -> None:  # noqa: ANN401 - feedgen has no types
    entry = feed.add_entry(order="append")  # feedgen would put each new one first
    entry.beyond.item = item
    entry.title(sound(item.title, instead=item.url))
    entry.link(href=sound(item.url), rel="alternate")
    entry.guid(sound(item.id, instead=item.url), permalink=item.is_permalink)
    entry.description(_html(sound(item.summary)))
    if content := sound(item.content):  # feedgen would write an empty element
        entry.content(content)  # without a summary it becomes the description, as the RSS Best Practices Profile asks
    _add_categories(entry, item)
    if item.enclosure is not None:
        entry.enclosure(sound(item.enclosure.url), str(item.enclosure.length), sound(item.enclosure.type))


def _atom(feed: Any, view: FeedView) -> bytes:  # noqa: ANN401 - feedgen has no types
    feed.id(sound(view.feed_url))
    feed.subtitle(sound(view.description))
    feed.author(name=sound(view.publisher, instead=sound(view.title, instead=view.url)), uri=sound(view.url))
    feed.updated(_in_whole_minutes(view.updated))
    feed.link(href=sound(view.url), rel="alternate", type="text/html")
    for relation, address in _relations(view):
        feed.link(href=sound(address), rel=relation)
    for item in view.items:
        entry = feed.add_entry(order="append")
        entry.beyond.item = item
        entry.id(lasting_iri(sound(item.id, instead=item.url)))
        entry.title(sound(item.title, instead=item.url))
        entry.link(href=sound(item.url), rel="alternate")
        entry.updated(_in_whole_minutes(item.updated))
        entry.published(_in_whole_minutes(item.published))
        entry.author([_person(name, author.url) for author in item.authors if (name := sound(author.title))])
        if summary := sound(item.summary):
            entry.summary(summary)
        if content := sound(item.content):
            entry.content(content, type="html")
        _add_categories(entry, item)
    data: bytes = feed.atom_str(pretty=True)
    return data


def _add_categories(entry: Any, item: FeedItem) -> None:  # noqa: ANN401 - feedgen has no types
    found = [
        {"term": sound(category.term, instead=label), "label": label, "scheme": sound(category.scheme)}
        for category in item.categories
        if (label := sound(category.label))
    ]
    entry.category(found)  # at once: one by one, it goes through all of them each time


def _person(name: str, url: str) -> dict[str, str]:
    return {"name": name, "uri": sound(url)}


class _Channel:
    """An extension of feedgen for what it does not write at the head of a feed, and for what it writes wrong.

    It stamps the hour of the build where it was told nothing, cannot write the year and the offset of early dates, and
    leaves out of RSS all links but the feed's own.
    """

    view: FeedView

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that the extensions need."""
        spaces = {"media": _MEDIA}
        if self.view.format is FeedFormat.RSS:
            spaces["dc"] = _DC
        if self.view.current:
            spaces["fh"] = _HISTORY
        return spaces

    def extend_rss(self, root: Any) -> None:  # noqa: ANN401 - lxml has no types
        """Write links and dates at the end of the channel's own elements, and take out the hour of the build."""
        view, channel = self.view, root.find("channel")
        for stamp in channel.findall("lastBuildDate"):
            channel.remove(stamp)
        for relation, address in _relations(view):
            _add(channel, f"{{{_ATOM}}}link", href=sound(address), rel=relation)
        if view.current:
            _add(channel, f"{{{_HISTORY}}}archive")
        if view.items:
            _add(channel, "lastBuildDate", _rfc_822(view.updated))
            newest = max((item.published for item in view.items), key=datetime.timestamp)
            _add(channel, "pubDate", _rfc_822(newest))

    def extend_atom(self, feed: Any) -> None:  # noqa: ANN401 - lxml has no types
        """Write whether this is an archive."""
        if self.view.current:
            _add(feed, f"{{{_HISTORY}}}archive")


class _Entry:
    """The extension for entries. feedgen 1.0.0 loses what a link of an Atom entry is for, and its type."""

    item: FeedItem

    def extend_rss(self, element: Any) -> None:  # noqa: ANN401 - lxml has no types
        """Write authors, dates, language and picture at the end of an item."""
        item = self.item
        for author in item.authors:
            if name := sound(author.title):
                _add(element, f"{{{_DC}}}creator", name)
        _add(element, "pubDate", _rfc_822(item.published))
        if item.updated != item.published:
            _add(element, f"{{{_ATOM}}}updated", _in_whole_minutes(item.updated).isoformat())
        self._extend(element)

    def extend_atom(self, element: Any) -> None:  # noqa: ANN401 - lxml has no types
        """Write the links of an entry anew, and what an item of RSS gets, too."""
        item = self.item
        for link in element.findall("link"):
            element.remove(link)
        _add(element, "link", href=sound(item.url), rel="alternate", type="text/html")
        if item.enclosure is not None:
            size, kind = str(item.enclosure.length), sound(item.enclosure.type)
            _add(element, "link", href=sound(item.enclosure.url), rel="enclosure", type=kind, length=size)
        self._extend(element)

    def _extend(self, element: Any) -> None:  # noqa: ANN401 - lxml has no types
        if language := sound(self.item.language):
            element.set(_LANG, language)
        if self.item.picture is not None:
            _add_picture(element, self.item.picture)


def _add_picture(element: Any, picture: FeedPicture) -> None:  # noqa: ANN401 - lxml has no types
    """Write a picture as Media RSS 1.5.1 has it, its words and its credit inside."""
    size = {"width": str(picture.width), "height": str(picture.height)} if picture.width and picture.height else {}
    kind = {"type": picture.type} if picture.type else {}
    content = _add(element, f"{{{_MEDIA}}}content", url=sound(picture.url), medium="image", **kind, **size)
    if words := sound(picture.words):
        _add(content, f"{{{_MEDIA}}}description", words, type="plain")
    if credit := sound(picture.credit):
        _add(content, f"{{{_MEDIA}}}credit", credit)


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:  # noqa: ANN401 - lxml has no types
    from lxml import etree

    element = etree.SubElement(parent, name, attributes)
    element.text = text
    return element


def _relations(view: FeedView) -> list[tuple[str, str]]:
    """Return the links of a feed besides those to its page and to itself: WebSub's hub, and its archives (RFC 5005)."""
    links = (
        ("hub", view.hub),
        ("current", view.current),
        ("prev-archive", view.older),
        ("next-archive", view.newer),
    )
    return [(relation, address) for relation, address in links if address]


def _rfc_822(moment: datetime) -> str:
    return format_datetime(_in_whole_minutes(moment))


def _in_whole_minutes(moment: datetime) -> datetime:
    """Return a moment with an offset that RFC 822 and RFC 3339 can write: early ones have seconds in theirs."""
    offset = moment.utcoffset()
    assert offset is not None
    return moment.astimezone(UTC) if offset.seconds % 60 else moment


def _html(text: str) -> str:
    """Return plain text as a description holds it: readers draw descriptions as HTML."""
    return escape(text, quote=False)


def _in_hexadecimal(match: re.Match[bytes]) -> bytes:
    """Write the markup characters of plain text as the RSS Best Practices Profile asks: fewest readers get it wrong."""
    data = match[0]
    for name, number in _HEXADECIMAL:
        data = data.replace(name, number)
    return data
