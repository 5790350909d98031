"""One article in words: how it hangs together with the others, and why some of them are called related."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo

from gazepress.graph_export import references
from gazepress.model import Graph, Related
from gazepress.stages.graph.related import explain_related
from gazepress.stages.graph.texts import shorten


def describe_article(graph: Graph, article_id: str, *, zone: tzinfo, why: bool) -> str:
    """Return one article's place in the graph in words: what it refers to, what refers to it, and what is related.

    With ``why`` each related article comes with its score and the parts of it. Times are those of ``zone``;
    ``article_id`` must be in ``graph.articles``.
    """
    article = graph.articles[article_id]
    term = graph.sections.get(article.section)
    tags = ", ".join(graph.tags[slug].label for slug in article.tags)
    lines = [
        shorten(article.matter.title),
        article.id,
        "; ".join(
            part
            for part in (
                f"{article.matter.date.astimezone(zone):%Y-%m-%d %H:%M}",
                f"section {term.label}" if term else "",
                f"tags {tags}" if tags else "",
                f"held back: {article.held.reason}" if article.held else "",
            )
            if part
        ),
    ]
    all_edges = list(references(graph))
    out = [f"{kind}: {_named(graph, target)}" for source, target, kind in all_edges if source == article_id]
    into = [f"{kind}: {_named(graph, source)}" for source, target, kind in all_edges if target == article_id]
    if why:
        related = [line for one in explain_related(graph, article_id) for line in _why(graph, one)]
    else:
        related = [_named(graph, one) for one in graph.related.get(article_id, ())]
    lines += _block("Refers to", out) + _block("Is referred to by", into)
    lines += _block("Storyline", _story(graph, article_id)) + _block("Related", related)
    return "\n".join(lines) + "\n"


def _named(graph: Graph, article_id: str) -> str:
    """Return two lines, since headlines and files are long, and a terminal is narrow."""
    return f"“{shorten(graph.articles[article_id].matter.title)}”\n    {article_id}"


def _story(graph: Graph, article_id: str) -> list[str]:
    slug = graph.storyline_of.get(article_id)
    if slug is None:
        return []
    story = graph.storylines[slug]
    place = story.articles.index(article_id) + 1
    return [f"“{shorten(story.title)}”, part {place} of {len(story.articles)}"]


def _why(graph: Graph, related: Related) -> Iterator[str]:
    """Yield a related article with its score, then each reason with its part of the score."""
    yield f"{related.score:.4f} {_named(graph, related.id)}"
    for reason in related.reasons:
        match reason.kind:
            case "editor":
                words = "chosen by the editor"
            case "link" | "date":
                words = reason.value
            case kind:
                words = f"{kind} “{shorten(reason.value)}”"
        yield f"  {reason.weight:.4f} {words}"


def _block(head: str, lines: Iterable[str]) -> list[str]:
    body = [f"  {line}" for entry in lines for line in entry.split("\n")]
    return ["", head, *body] if body else []
