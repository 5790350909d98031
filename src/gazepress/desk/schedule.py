"""What is held back, and what will the hour change, when."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from gazepress.build.newsroom import Newsroom
from gazepress.model import Article, Graph, HeldReason, Standing


class Event(StrEnum):
    """What happens to an article by the hour alone."""

    APPEARS = "appears"
    LEAVES_THE_TOP = "leaves the top"  # its `lead` and `weight` end


class Turn(Struct, frozen=True):
    """An hour at which a build gives another site than before. ``reason`` is empty where an article leaves the top."""

    at: datetime  # in the site's timezone
    event: Event
    path: str  # of the article's file
    title: str
    url: str  # the full address
    reason: str = ""


class Draft(Struct, frozen=True):
    """A text that no hour will publish."""

    path: str
    title: str


class Schedule(Struct, frozen=True):
    """What is held back at ``as_of``, and what the hour will change after it, the next thing first."""

    site: str  # its name
    as_of: datetime
    turns: tuple[Turn, ...]
    drafts: tuple[Draft, ...]

    @property
    def hours(self) -> tuple[datetime, ...]:
        """Return when to build again, each hour once."""
        return tuple(dict.fromkeys(turn.at for turn in self.turns))


def make_schedule(newsroom: Newsroom) -> Schedule:
    """Return the schedule of a site at the newsroom's hour. Turns of one hour come in the order of their files."""
    zone = newsroom.settings.zone
    turns = sorted(_turns(newsroom), key=lambda turn: (turn.at.timestamp(), turn.path, turn.event))
    return Schedule(
        newsroom.settings.title, newsroom.as_of.astimezone(zone), tuple(turns), tuple(_drafts(newsroom.graph))
    )


def _turns(newsroom: Newsroom) -> Iterator[Turn]:
    for article in newsroom.graph.articles.values():
        held = article.held
        if held is None or held.until is not None:
            yield from _turns_of(newsroom, article)


def _turns_of(newsroom: Newsroom, article: Article) -> Iterator[Turn]:
    def turn(at: datetime, event: Event, reason: str = "") -> Turn:
        url = newsroom.settings.url.rstrip("/") + newsroom.paths.get(article.id, "/")
        return Turn(at.astimezone(newsroom.settings.zone), event, article.id, article.matter.title, url, reason)

    matter, held = article.matter, article.held
    appears = held.until if held and held.until else newsroom.as_of
    if held and held.until:
        yield turn(held.until, Event.APPEARS, held.reason)
    if matter.until and (matter.lead or matter.weight) and matter.until.timestamp() > appears.timestamp():
        yield turn(matter.until, Event.LEAVES_THE_TOP)


def _drafts(graph: Graph) -> Iterator[Draft]:
    texts: list[Article | Standing] = [*graph.articles.values(), *graph.pages.values()]
    for text in sorted(texts, key=lambda text: text.id):
        if text.held and text.held.reason is HeldReason.DRAFT:
            yield Draft(text.id, text.matter.title)
