"""What stands ready for the views of a plan: its frame, and the cards, bylines and texts that an outline shows."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from gazepress.documents import Parsed
from gazepress.feed_views import FeedEntry
from gazepress.model import Plan
from gazepress.outlines import Frame, Shows
from gazepress.views import Byline, Card
from gazepress.words import Words, speaker

ReadText = Callable[[str], Parsed]
"""A parsed text by the path of its file."""


class Shelf(Struct, frozen=True):
    """What one outline shows, and no more: whatever it did not declare is not here."""

    frame: Frame
    words: Words  # of the site's language
    cards: Mapping[str, Card]
    bylines: Mapping[str, Byline]
    texts: Mapping[str, Parsed]
    entries: Mapping[str, FeedEntry]

    def cards_of(self, articles: Iterable[str]) -> tuple[Card, ...]:
        """Return the cards of articles in their order."""
        return tuple(map(self.cards.__getitem__, articles))


def make_shelves(plan: Plan, read: ReadText) -> Callable[[Shows], Shelf]:
    """Return the function that takes from a plan what an outline shows."""
    frame = plan.frame
    zone, language = frame.zone, frame.view.language
    words = speaker(language, frame.words)(language)

    @cache
    def card(article: str) -> Card:
        kept = plan.cards[article]
        return replace(kept, date=kept.date.astimezone(zone))

    def shelf(shown: Shows) -> Shelf:
        return Shelf(
            frame,
            words,
            {one: card(one) for one in shown.cards},
            {one: plan.bylines[one] for one in shown.bylines},
            {one: read(one) for one in shown.texts},
            {one: plan.entries[one] for one in shown.entries},
        )

    return shelf
