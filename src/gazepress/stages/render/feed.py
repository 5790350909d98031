"""A feed as the bytes of an RSS 2.0 file: the one place that knows feedgen, and mends what it does wrong."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from gazepress.feed_views import FeedItem, FeedView

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN_TEXT = re.compile(rb"<(?:title|category|dc:creator)>[^<]*")
_HEXADECIMAL = ((b"&amp;", b"&#x26;"), (b"&lt;", b"&#x3C;"), (b"&gt;", b"&#x3E;"))


def render_feed(view: FeedView) -> bytes:
    """Return the RSS 2.0 document of a feed, in UTF-8. The same view gives the same bytes at any hour.

    Characters that XML cannot hold are left out. Times must have an offset.
    """
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.load_extension("dc", atom=False)
    feed.register_extension("dates", _Dates, _Dates, atom=False)
    title = _text(view.title, instead=view.url)
    feed.title(title)
    feed.description(_html(_text(view.description, instead=title)))
    feed.language(_text(view.language))
    feed.generator("gazepress")
    feed.link(href=_text(view.feed_url), rel="self", type="application/rss+xml")
    feed.link(href=_text(view.url), rel="alternate")  # last: feedgen takes the last link for the channel's own
    if view.items:
        feed.dates.known["lastBuildDate"] = view.updated
        feed.dates.known["pubDate"] = max(item.published for item in view.items)
    for item in view.items:
        _add_item(feed, item)
    data: bytes = feed.rss_str(pretty=True)
    return _PLAIN_TEXT.sub(_in_hexadecimal, data)


def _add_item(feed: Any, item: FeedItem) -> None:  # noqa: ANN401 - feedgen has no types
    entry = feed.add_entry(order="append")  # feedgen would put each new one first
    entry.title(_text(item.title, instead=item.url))
    entry.link(href=_text(item.url), rel="alternate")
    entry.guid(_text(item.id, instead=item.url), permalink=item.is_permalink)
    entry.description(_html(_text(item.summary)))
    if content := _text(item.content):  # feedgen would write an empty element
        entry.content(content)  # without a summary it becomes the description, as the RSS Best Practices Profile asks
    entry.dc.dc_creator([name for name in map(_text, item.authors) if name])
    entry.category([{"term": label} for label in map(_text, item.categories) if label])
    if item.enclosure is not None:
        entry.enclosure(_text(item.enclosure.url), str(item.enclosure.length), _text(item.enclosure.type))
    entry.dates.known["pubDate"] = item.published


class _Dates:
    """An extension of feedgen, for channel and item alike, that writes the dates it knows and takes out any other.

    feedgen itself stamps the hour of the build where it was told nothing, and cannot write the year and the offset of
    early dates.
    """

    def __init__(self) -> None:
        self.known: dict[str, datetime] = {}

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that the dates need: none."""
        return {}

    def extend_rss(self, element: Any) -> None:  # noqa: ANN401 - lxml has no types
        """Write the dates at the end of an item, or of the channel's own elements."""
        from feedgen.util import xml_elem

        place = element.find("channel") if element.tag == "rss" else element
        for stamp in place.findall("lastBuildDate"):
            place.remove(stamp)
        for name, moment in self.known.items():
            xml_elem(name, place).text = _rfc_822(moment)


def _rfc_822(moment: datetime) -> str:
    offset = moment.utcoffset()
    assert offset is not None
    # Local mean time, before timezones, has seconds in its offset, which RFC 822 cannot write.
    return format_datetime(moment.astimezone(UTC) if offset.seconds % 60 else moment)


def _text(text: str, *, instead: str = "") -> str:
    """Return ``text`` without the characters that XML 1.0 forbids (section 2.2), or ``instead`` if it is blank."""
    text = _NO_XML.sub("", text)
    return text if text.strip() else _NO_XML.sub("", instead)


def _html(text: str) -> str:
    """Return plain text as a description holds it: readers draw descriptions as HTML."""
    return escape(text, quote=False)


def _in_hexadecimal(match: re.Match[bytes]) -> bytes:
    """Write the markup characters of plain text as the RSS Best Practices Profile asks: fewest readers get it wrong."""
    data = match[0]
    for name, number in _HEXADECIMAL:
        data = data.replace(name, number)
    return data
