"""Which articles must say of themselves, wherever they are shown, that they are not what they were; and until when."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from gazepress.matter import Correction, CorrectionKind
from gazepress.model import Article

_SHOWN_FOR = timedelta(days=14)  # who read the article then has passed its card again by now


def find_marked(articles: Mapping[str, Article], as_of: datetime) -> dict[str, CorrectionKind]:
    """Return what stands on articles as a mark: the kind of the newest note while it is recent; a retraction stays."""
    found = ((article.id, _mark(article, as_of)) for article in articles.values() if article.matter.corrections)
    return {article: kind for article, kind in found if kind is not None}


def marks_end(articles: Mapping[str, Article]) -> Iterator[datetime]:
    """Yield when each note ceases to be recent."""
    return (note.date + _SHOWN_FOR for article in articles.values() for note in article.matter.corrections)


def _mark(article: Article, as_of: datetime) -> CorrectionKind | None:
    matter = article.matter
    if matter.retracted:
        return CorrectionKind.RETRACTION
    newest = max(matter.corrections, key=_moment)
    return newest.kind if (newest.date + _SHOWN_FOR).timestamp() > as_of.timestamp() else None


def _moment(note: Correction) -> float:
    return note.date.timestamp()
