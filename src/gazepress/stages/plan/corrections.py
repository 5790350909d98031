"""What was ever put right, in one place: the notes on all articles, and the addresses of the pages that list them."""

from collections.abc import Iterator

from gazepress.feed_views import Note
from gazepress.model import Article, Planned
from gazepress.outlines import CorrectionsOutline
from gazepress.stages.plan.lists import paged
from gazepress.stages.plan.site import CORRECTIONS, Site, feed_links
from gazepress.views import PagerView


def correction_outputs(site: Site) -> Iterator[Planned]:
    """Yield the pages that list all notes on articles, the newest first; nothing where there are none."""
    told = all_notes(site)
    if not told:
        return
    title = site.words.say("corrections")
    feeds = feed_links(site, site.settings.feeds.site, CORRECTIONS, title)

    def outline(part: tuple[tuple[str, Note], ...], pager: PagerView, _count: int | None) -> CorrectionsOutline:
        return CorrectionsOutline(title, tuple(one for one, _ in part), tuple(note for _, note in part), pager, feeds)

    yield from paged(site, CORRECTIONS, told, outline)


def all_notes(site: Site) -> list[tuple[str, Note]]:
    """Return each note on an article with the article that it stands on, the newest first."""
    told = [(article.id, note) for article in site.graph.articles.values() for note in notes_on(article)]
    return sorted(told, key=lambda one: (-one[1].date.timestamp(), one[0]))


def notes_on(article: Article) -> tuple[Note, ...]:
    """Return the notes on an article, newest first."""
    notes = (Note(note.kind.value, note.date, note.text) for note in article.matter.corrections)
    return tuple(sorted(notes, key=lambda note: note.date.timestamp(), reverse=True))
