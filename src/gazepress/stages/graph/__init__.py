"""All documents become one graph: what is public, what it stands under, and how one text leads to another.

Whatever is held back is set aside first, so that nothing of it can reach the rest.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import chain
from types import MappingProxyType

from msgspec.structs import replace

from gazepress.diagnostics import Checked, Severity, sort_key
from gazepress.documents import Document
from gazepress.model import Graph
from gazepress.settings import Settings
from gazepress.stages.graph.earlier import unlinked_earlier
from gazepress.stages.graph.edges import backlinks, edges
from gazepress.stages.graph.front import ends, find_front
from gazepress.stages.graph.hold import next_change
from gazepress.stages.graph.news import find_news, news_ends
from gazepress.stages.graph.notes import find_marked, marks_end
from gazepress.stages.graph.related import Choose, find_related
from gazepress.stages.graph.resolve import resolve
from gazepress.stages.graph.storylines import find_storylines, tell_of_retracted
from gazepress.stages.graph.terms import make_catalog, neighbors
from gazepress.stages.graph.texts import read_layout, read_texts
from gazepress.stages.graph.translations import find_translations


def build_graph(  # noqa: PLR0913 - all that a graph rests on, and who helps
    documents: Mapping[str, Document],
    settings: Settings,
    as_of: datetime,
    *,
    files: Collection[str],
    show_held: bool = False,
    known_related: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    choose: Choose = map,
) -> Checked[Graph]:
    """Return the graph of ``documents`` (by path, in any order) as it is at ``as_of``, with all that is wrong in it.

    ``files`` are the paths of all other files of the site folder. What is held back is only listed in ``Graph.held``;
    with ``show_held`` it is shown like the rest, and marked. A problem inside it is never more than a note, since
    nobody has to finish a draft before the site can be built. ``known_related`` spares work: it holds what earlier
    graphs of this version of the program chose, ``related`` by ``related_keys``. ``choose`` may do the rest of that
    work in several processes.
    """
    texts = read_texts(documents, settings, as_of)
    shown = [text for text in texts.value if show_held or text.held is None]
    held = [text.held for text in texts.value if text.held is not None]

    catalog = make_catalog(shown, settings)
    articles = catalog.value.articles
    listed = {id_: article for id_, article in articles.items() if not article.matter.retracted}
    layout = read_layout(documents)
    resolved = resolve(texts.value, settings, files, show_held=show_held, layout=layout)
    targets = {text.path: resolved.value[text.path] for text in (*shown, *([layout] if layout else []))}
    every = edges(articles, targets)
    links = [edge for edge in every if edge.source in listed and edge.target in listed]
    stories = find_storylines(listed, links)
    translations = find_translations(listed, links, settings.language)
    storylines, emptied = stories.value.storylines, catalog.value.emptied
    if len(listed) < len(articles):
        storylines, fallen = tell_of_retracted(storylines, articles, every)
        emptied = {**emptied, "storylines": fallen}
    choice = find_related(listed, links, settings.related, known_related, choose)
    news = find_news(listed, as_of) if settings.sitemap.news else {}
    graph = Graph(
        as_of=as_of,
        articles=articles,
        listed=tuple(listed),
        pages=catalog.value.pages,
        sections=catalog.value.sections,
        tags=catalog.value.tags,
        authors=catalog.value.authors,
        storylines=storylines,
        storyline_of=stories.value.storyline_of,
        targets=targets,
        backlinks=backlinks(listed, links),
        neighbors=neighbors(articles, catalog.value.sections),
        related=choice.related,
        translations=translations.value,
        related_keys=choice.keys,
        newer_related=settings.related.newer,
        front=find_front(
            listed,
            catalog.value.sections,
            layout.document if layout else None,
            resolved.value[layout.path] if layout else (),
            as_of,
        ),
        news=news,
        marked=find_marked(articles, as_of),
        held=tuple(held),
        gone=catalog.value.gone,
        emptied=emptied,
        next_change=next_change(
            (*(one.until for one in held), *ends(articles), *news_ends(news), *marks_end(articles)), as_of
        ),
    )
    unlinked = unlinked_earlier(texts.value, settings)
    checked = (texts, catalog, resolved, stories, translations)
    found = chain(*(one.diagnostics for one in checked), unlinked)
    aside = {one.path for one in held}
    weighed = (replace(one, severity=Severity.NOTE) if one.path in aside else one for one in found)
    return Checked(graph, tuple(sorted(weighed, key=sort_key)))
