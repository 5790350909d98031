"""In which formats do feeds come, and which files hold them? What readers call these, and machines."""

from enum import StrEnum

from msgspec import Struct


class FeedFormat(StrEnum):
    """A format of feeds."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


class FeedFile(Struct, frozen=True):
    """What readers call a format, its media type, and the name and the ending of its files."""

    label: str
    type: str
    stem: str
    ending: str


FEED_FILES = {
    FeedFormat.RSS: FeedFile("RSS", "application/rss+xml", "feed", "xml"),
    FeedFormat.ATOM: FeedFile("Atom", "application/atom+xml", "atom", "xml"),
    FeedFormat.JSON: FeedFile("JSON Feed", "application/feed+json", "feed", "json"),
}


def feed_path(page: str, form: FeedFormat, archive: int = 0) -> str:
    """Return the site path of the feed of the page at the site path ``page``, or of one of its archives from 1 on."""
    file = FEED_FILES[form]
    return f"{page}{file.stem}/{archive}.{file.ending}" if archive else f"{page}{file.stem}.{file.ending}"
