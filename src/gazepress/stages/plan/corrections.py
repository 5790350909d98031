"""What was ever put right, in one place: the notes on all articles, and the addresses of the pages that list them."""

from collections.abc import Iterator

from msgspec.structs import replace

from gazepress.feed_views import Note
from gazepress.model import Article, Planned, Standing
from gazepress.outlines import CorrectionsOutline
from gazepress.stages.plan.articles import leads_of
from gazepress.stages.plan.lists import paged
from gazepress.stages.plan.site import CORRECTIONS, Site, above_corrections, feed_links, held_words
from gazepress.views import PagerView


def correction_outputs(site: Site) -> Iterator[Planned]:
    """Yield the pages that list all notes on articles, the newest first; nothing where there are none.

    What the publication has written for that address stands above the list: it was there before the first note came.
    """
    told = all_notes(site)
    if not told:
        return
    title, above = site.words.say("corrections"), above_corrections(site.graph, site.paths)
    feeds = feed_links(site, site.settings.feeds.site, CORRECTIONS, title)

    def outline(part: tuple[tuple[str, Note], ...], pager: PagerView, _count: int | None) -> CorrectionsOutline:
        notes = tuple(note for _, note in part)
        plain = CorrectionsOutline(title, tuple(one for one, _ in part), notes, pager, feeds)
        return _below_text(site, plain, above) if above else plain

    yield from paged(site, CORRECTIONS, told, outline, (above.id,) if above else ())


def _below_text(site: Site, outline: CorrectionsOutline, above: Standing) -> CorrectionsOutline:
    """Return a page of the list with the title of a standing page, and the first with its text, too."""
    lang = above.matter.lang if above.matter.lang != site.settings.language else ""
    named = replace(outline, title=above.matter.title, lang=lang)
    if outline.pager.number:
        return named
    return replace(named, id=above.id, leads=leads_of(site, above.id), held=held_words(site, above.held))


def all_notes(site: Site) -> list[tuple[str, Note]]:
    """Return each note on an article with the article that it stands on, the newest first."""
    told = [(article.id, note) for article in site.graph.articles.values() for note in notes_on(article)]
    return sorted(told, key=lambda one: (-one[1].date.timestamp(), one[0]))


def notes_on(article: Article) -> tuple[Note, ...]:
    """Return the notes on an article, newest first."""
    if not article.matter.corrections:
        return ()
    notes = (Note(note.kind.value, note.date, note.text) for note in article.matter.corrections)
    return tuple(sorted(notes, key=lambda note: note.date.timestamp(), reverse=True))
