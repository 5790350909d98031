"""Authors of whom readers learn nothing but the name."""

from collections.abc import Iterator

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.desk.check.sources import place_of
from gazepress.diagnostics import Severity


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    graph = newsroom.graph
    for author in graph.authors.values():
        if author.id or not author.articles:
            continue
        path = author.articles[0]
        place = place_of(newsroom, path, "authors", graph.articles[path].authors.index(author.slug))
        hint = f"write content/authors/{author.slug}.md with `name: {author.name}` above a few sentences"
        yield Hit(f"nothing is told of the author {author.name!r}", place, hint, path=path)


RULE = ArchiveRule(
    "author-unknown",
    Severity.NOTE,
    "An author has no file in `content/authors/`, so that readers learn nothing but the name.",
    "Write the file that the hint names.",
    _look,
)
