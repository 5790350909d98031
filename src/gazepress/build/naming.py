"""The names of a graph, remembered for shells that complete them."""

from gazepress.build.run import Run
from gazepress.model import Graph
from gazepress.names import Names, save_names
from gazepress.stages.graph.texts import file_name, shorten


def remember_names(run: Run, graph: Graph) -> None:
    """Remember what articles, sections, tags and authors are called, if the run may remember anything."""
    if run.options.cache:
        save_names(run.options.site, _names(graph))


def _names(graph: Graph) -> Names:
    # What is held back may be in the graph or not; an editor wants to name it in any case.
    articles = {file_name(held.path): "" for held in graph.held}
    return Names(
        articles | {article.slug: shorten(article.matter.title) for article in graph.articles.values()},
        {section.slug: shorten(section.label) for section in graph.sections.values()},
        {tag.slug: shorten(tag.label) for tag in graph.tags.values()},
        {author.slug: shorten(author.name) for author in graph.authors.values()},
    )
