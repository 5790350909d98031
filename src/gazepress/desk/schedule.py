"""What is held back, and what will the hour change, when."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from gazepress.build.newsroom import Newsroom
from gazepress.model import Article, Graph, Standing
from gazepress.published import HeldReason
from gazepress.stages.graph.news import news_ends
from gazepress.stages.graph.notes import marks_end


class Event(StrEnum):
    """What happens to an article by the hour alone."""

    APPEARS = "appears"
    LEAVES_THE_TOP = "leaves the top"  # its `lead` and `weight` end
    LEAVES_THE_NEWS = "leaves the news"  # of the sitemap for news, two days after it appeared
    LOSES_ITS_MARK = "loses its mark"  # a correction is no longer told of wherever the article is shown

    @property
    def is_routine(self) -> bool:
        """Tell whether it happens to all articles of its kind, without an editor's having set the hour."""
        return self in (Event.LEAVES_THE_NEWS, Event.LOSES_ITS_MARK)


class Turn(Struct, frozen=True):
    """An hour at which a build gives another site than before. ``reason`` says why an article has not appeared yet."""

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
    zone, graph = newsroom.settings.zone, newsroom.graph
    news = dict(zip(graph.news, news_ends(graph.news), strict=True))
    for article in graph.articles.values():
        held = article.held
        if held is not None and held.until is None:
            continue
        since = held.until if held and held.until else newsroom.as_of
        ends = {
            Event.LEAVES_THE_TOP: (article.matter.until,),
            Event.LEAVES_THE_NEWS: (news.get(article.id),),
            Event.LOSES_ITS_MARK: tuple(marks_end({article.id: article})),
        }
        moments = [(moment, event) for event, each in ends.items() for moment in each if moment is not None]
        turns = [(moment, event, "") for moment, event in moments if moment.timestamp() > since.timestamp()]
        if held and held.until:
            turns.append((held.until, Event.APPEARS, held.reason))
        url = newsroom.settings.url.rstrip("/") + newsroom.paths.get(article.id, "/")
        for moment, event, reason in turns:
            yield Turn(moment.astimezone(zone), event, article.id, article.matter.title, url, reason)


def _drafts(graph: Graph) -> Iterator[Draft]:
    texts: list[Article | Standing] = [*graph.articles.values(), *graph.pages.values()]
    for text in sorted(texts, key=lambda text: text.id):
        if text.held and text.held.reason is HeldReason.DRAFT:
            yield Draft(text.id, text.matter.title)
