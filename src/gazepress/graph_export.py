"""The article graph for other programs, as JSON, DOT or GraphML; and which article a slug, title or path means."""

import json
from collections.abc import Iterator
from typing import Literal, assert_never

from gazepress.diagnostics import Checked, problem
from gazepress.documents import RefKind
from gazepress.model import Article, Graph, ToArticle
from gazepress.stages.graph.matching import Index
from gazepress.stages.graph.nearest import Nearest
from gazepress.stages.graph.texts import Text, shorten
from gazepress.xml_text import xml_chars, xml_text

Format = Literal["json", "dot", "graphml"]
Edge = tuple[str, str, str]  # source, target, kind

_KINDS = {
    RefKind.LINK: "link",
    RefKind.WIKI: "link",
    RefKind.READ_MORE: "read-more",
    RefKind.EARLIER: "earlier",
    RefKind.FOLLOWS: "follows",
    RefKind.TRANSLATES: "translates",
    RefKind.RELATED: "related-by-editor",
}


def export_graph(graph: Graph, format: Format) -> str:  # noqa: A002 - the name that the command line uses
    """Return the articles of ``graph`` and the references between them; the same graph gives the same text."""
    match format:
        case "json":
            return _json(graph)
        case "dot":
            return _dot(graph)
        case "graphml":
            return _graphml(graph)
        case _:
            assert_never(format)


def find_article(graph: Graph, written: str) -> Checked[str | None]:
    """Return the id of the article that a slug, title or path means, or None with the nearest ones or all that fit."""
    texts = [
        Text(one.id, one.document, one.matter.title, one.slug, one.matter.date.timestamp(), one.held)
        for one in sorted(graph.articles.values(), key=lambda article: article.id)
    ]
    hits, _ = Index(texts).find(written.strip())
    if hits.count == 1:
        return Checked(hits.first[0].path)
    asked = repr(shorten(written))
    if hits.count:
        message = f"{asked} fits {hits.count} articles: {hits.paths}"
        return Checked(None, (problem("reference-ambiguous", message, hint="name the one that is meant by its file"),))
    hint = Nearest(texts).hint(written.strip())
    return Checked(None, (problem("reference-unknown", f"there is no article {asked}", hint=hint),))


def references(graph: Graph) -> Iterator[Edge]:
    """Yield each kind of reference between two articles once, the newest article first, in the order of its text."""
    for article in graph.articles.values():
        targets = graph.targets[article.id]
        found = dict.fromkeys(
            (article.id, target.id, _KINDS[ref.kind])
            for ref, target in zip(article.document.refs, targets, strict=True)
            if isinstance(target, ToArticle) and target.id != article.id
        )
        yield from found


def _facts(graph: Graph, article: Article) -> dict[str, str]:
    """Return what the exports say of an article, besides its path."""
    section = graph.sections.get(article.section)
    facts = {
        "title": article.matter.title,
        "date": article.matter.date.isoformat(),
        "section": section.label if section else "",
    }
    return facts | ({"held": article.held.reason.value} if article.held else {})


def _json(graph: Graph) -> str:
    articles = [{"id": article.id, **_facts(graph, article)} for article in graph.articles.values()]
    edges = [{"source": source, "target": target, "kind": kind} for source, target, kind in references(graph)]
    return json.dumps({"articles": articles, "edges": edges}, ensure_ascii=False, indent=1) + "\n"


def _dot(graph: Graph) -> str:
    """Return the graph in the DOT language of Graphviz; every name is a quoted one."""
    lines = ["digraph articles {", "  node [shape=box];"]
    for article in graph.articles.values():
        facts = {"label": article.matter.title, **_facts(graph, article)}
        attributes = ", ".join(f"{name}={_dot_quoted(value)}" for name, value in facts.items())
        lines.append(f"  {_dot_quoted(article.id)} [{attributes}];")
    for source, target, kind in references(graph):
        attributes = f"kind={_dot_quoted(kind)}, label={_dot_quoted(kind)}"
        lines.append(f"  {_dot_quoted(source)} -> {_dot_quoted(target)} [{attributes}];")
    return "\n".join((*lines, "}")) + "\n"


def _dot_quoted(text: str) -> str:
    """Return a quoted name. A single backslash would start an escape in a label, and eat the quote at the end."""
    return '"' + xml_chars(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _graphml(graph: Graph) -> str:
    """Return the graph as GraphML 1.0. A node's id may not hold a slash, so an article's path is one of its data."""
    names = ("path", "title", "date", "section", "held")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(f'  <key id="{name}" for="node" attr.name="{name}" attr.type="string"/>' for name in names),
        '  <key id="kind" for="edge" attr.name="kind" attr.type="string"/>',
        '  <graph id="articles" edgedefault="directed">',
    ]
    nodes = {article: f"n{at}" for at, article in enumerate(graph.articles)}
    for article in graph.articles.values():
        facts = {"path": article.id, **_facts(graph, article)}
        lines.append(f'    <node id="{nodes[article.id]}">{"".join(map(_graphml_data, facts, facts.values()))}</node>')
    for source, target, kind in references(graph):
        ends = f'source="{nodes[source]}" target="{nodes[target]}"'
        lines.append(f"    <edge {ends}>{_graphml_data('kind', kind)}</edge>")
    return "\n".join((*lines, "  </graph>", "</graphml>")) + "\n"


def _graphml_data(key: str, value: str) -> str:
    return f'<data key="{key}">{xml_text(value)}</data>'
