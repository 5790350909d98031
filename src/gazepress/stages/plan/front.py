"""What stands on the front page: its lead, and which articles each of its blocks shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from gazepress.matter import Kind
from gazepress.model import Storyline
from gazepress.outlines import GroupOutline, HomeOutline
from gazepress.settings import FrontBlock
from gazepress.stages.plan.site import Site, storyline_path
from gazepress.views import PagerView

_TOP = 4
_OPINION = 4
_OF_A_SECTION = 4
_STORYLINES = 4
_OF_A_STORYLINE = 3
_FOLLOWED = timedelta(days=90)  # before the newest article: the hour alone must not change the front page
_OPINIONS = (Kind.ANALYSIS, Kind.OPINION)


def home_outline(site: Site, newest: tuple[str, ...], pager: PagerView) -> HomeOutline:
    """Return the outline of the front page; ``newest`` are the articles that the list of all shows on its first page.

    No article stands in two of lead, top stories, slots, opinion and sections: whichever block comes first has it. The
    list of the latest goes on after lead and top stories, and storylines are told whatever stands elsewhere.
    """
    graph, blocks = site.graph, site.settings.theme.front
    lead = graph.front.lead or next(iter(graph.listed), "")
    taken = {lead}
    top: tuple[str, ...] = ()
    slots: tuple[GroupOutline, ...] = ()
    opinion: tuple[str, ...] = ()
    sections: tuple[GroupOutline, ...] = ()
    for block in blocks:
        match block:
            case FrontBlock.TOP:
                top = _take(_top_stories(site), _TOP, taken)
            case FrontBlock.SLOTS:
                slots = tuple(_slots(site, taken))
            case FrontBlock.OPINION:
                opinion = _take(_opinions(site), _OPINION, taken)
            case FrontBlock.SECTIONS:
                sections = tuple(_sections(site, taken))
            case FrontBlock.STORYLINES | FrontBlock.LATEST:
                pass
    return HomeOutline(
        pager=pager,
        blocks=tuple(block.value for block in blocks),
        lead=lead,
        top=top,
        slots=slots,
        storylines=tuple(_storylines(site)) if FrontBlock.STORYLINES in blocks else (),
        opinion=opinion,
        sections=sections,
        latest=tuple(one for one in newest if one not in {lead, *top}) if FrontBlock.LATEST in blocks else (),
    )


def _take(articles: Iterable[str], most: int, taken: set[str]) -> tuple[str, ...]:
    """Return the first articles that no block has taken yet, and take them."""
    found = tuple(islice((one for one in articles if one not in taken), most))
    taken.update(found)
    return found


def _top_stories(site: Site) -> Iterator[str]:
    """Yield the articles with a weight, then the newest ones; those in a slot are left to it."""
    graph = site.graph
    shows_slots = FrontBlock.SLOTS in site.settings.theme.front
    apart = {one for slot in graph.front.slots for one in slot.articles} if shows_slots else set()
    yield from graph.front.weighty
    weighty = set(graph.front.weighty)
    yield from (one for one in graph.listed if one not in apart and one not in weighty)


def _slots(site: Site, taken: set[str]) -> Iterator[GroupOutline]:
    for slot in site.graph.front.slots:
        if articles := _take(slot.articles, len(slot.articles), taken):
            yield GroupOutline(slot.title, articles)


def _opinions(site: Site) -> Iterator[str]:
    graph = site.graph
    return (one for one in graph.listed if graph.articles[one].matter.kind in _OPINIONS)


def _sections(site: Site, taken: set[str]) -> Iterator[GroupOutline]:
    for term in site.graph.sections.values():
        if articles := _take(term.articles, _OF_A_SECTION, taken):
            yield GroupOutline(term.label, articles, site.sections[term.slug].url)


def _storylines(site: Site) -> Iterator[GroupOutline]:
    """Yield the storylines with the most reports of late, then the longest, then those last continued."""
    graph = site.graph
    newest = next(iter(graph.listed), None)
    if newest is None:
        return
    since = site.dates[newest].timestamp() - _FOLLOWED.total_seconds()
    counted = [(_reports_since(story, since, site.dates), story) for story in graph.storylines.values()]
    followed = [(late, len(story.articles), story) for late, story in counted if late]
    followed.sort(key=lambda one: (-one[0], -one[1]))
    for _, count, story in followed[:_STORYLINES]:
        reports: Sequence[str] = story.articles[::-1][:_OF_A_STORYLINE]
        yield GroupOutline(story.title, tuple(reports), site.frame.href(storyline_path(story.slug)), count)


def _reports_since(story: Storyline, since: float, dates: Mapping[str, datetime]) -> int:
    return sum(dates[one].timestamp() >= since for one in story.articles)
