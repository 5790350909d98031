"""Where do the references of one text lead while somebody writes it? A graph, asked again and again."""

from collections.abc import Collection, Iterator

from gazepress.diagnostics import Checked
from gazepress.documents import Document
from gazepress.model import Graph, Target
from gazepress.settings import Settings
from gazepress.stages.graph.matching import Index
from gazepress.stages.graph.resolve import References
from gazepress.stages.graph.texts import Text, read_texts


class Lookup:
    """The texts of a graph by all the names that a reference can use. Texts are named by their files."""

    def __init__(self, graph: Graph, settings: Settings, files: Collection[str]) -> None:
        """Take a graph that shows what is held back. ``files`` are the paths of the other files of the site folder."""
        texts = tuple(sorted(_texts(graph), key=lambda text: text.path))
        self._as_of = graph.as_of
        self._settings = settings
        self._references = References(texts, settings, files, show_held=True)
        self._index = Index(texts)

    def check(self, path: str, document: Document) -> Checked[tuple[Target | None, ...]]:
        """Return what the references of a text lead to, in their order, and what is wrong with them and its slug.

        The document may be a new one, or another version of one that the graph knows. What it should not show, such as
        an article that is held back, is told and still led to.
        """
        texts = read_texts({path: document}, self._settings, self._as_of)
        if not texts.value:  # the layout of the front page
            layout = Text(path, document, "", "", 0.0, None)
            return self._references.check(layout)
        checked = self._references.check(texts.value[0])
        return Checked(checked.value, (*texts.diagnostics, *checked.diagnostics))

    def find(self, written: str, file: str = "", *, articles_only: bool = False) -> tuple[str, ...]:
        """Return the first few of the files that a reference in ``file`` may mean; one, if it is clear."""
        hits, _ = self._index.find(written, file, articles_only=articles_only)
        return tuple(text.path for text in hits.first)


def _texts(graph: Graph) -> Iterator[Text]:
    for article in graph.articles.values():
        moment = article.matter.date.timestamp()
        yield Text(article.id, article.document, article.matter.title, article.slug, moment, article.held)
    for page in graph.pages.values():
        yield Text(page.id, page.document, page.matter.title, page.slug, 0.0, page.held)
    for author in graph.authors.values():
        if author.document is not None:
            yield Text(author.id, author.document, author.name, author.slug, 0.0, None)
