"""What is this? The card of an article, page or author that is named, the use of a tag, the meaning of a key."""

from collections.abc import Iterator

from lsprotocol import types

from gazepress.desk.lsp.archive import Archive
from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.matter import keys_of, record_of, spot_at
from gazepress.desk.lsp.navigate import articles_under, target_at, term_at
from gazepress.desk.lsp.text import Place

_SHOWN = 3
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>#|&~"})


def hover(context: Context, place: Place) -> types.Hover | None:
    """Return what is to be said of a place, if anything is."""
    path, _ = target_at(context, place)
    term = term_at(context, place)
    words = card(context.archive, path) if path else _term(context.archive, *term) if term else _key(context, place)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, words)) if words else None


def card(archive: Archive, path: str) -> str:
    """Return the card of a text in Markdown: title, when, where and by whom, whether it is held, what it says."""
    return "\n\n".join(_card(archive, path))


def _card(archive: Archive, path: str) -> Iterator[str]:
    graph = archive.graph
    if article := graph.articles.get(path):
        yield f"**{_plain(article.matter.title)}**"
        section = graph.sections.get(article.section)
        authors = [graph.authors[slug].name for slug in article.authors if slug in graph.authors]
        line = [archive.local(article.matter.date), section.label if section else "", ", ".join(authors)]
        yield " · ".join(_plain(one) for one in line if one)
        if article.held:
            yield f"*Not public: {_plain(archive.why_held(article.held))}*"
        yield _plain(article.document.summary)
    elif page := graph.pages.get(path):
        yield f"**{_plain(page.matter.title)}**"
        if page.held:
            yield f"*Not public: {page.held.reason.value}*"
        yield _plain(page.document.summary)
    elif author := next((one for one in graph.authors.values() if one.id == path), None):
        yield f"**{_plain(author.name)}**"
        yield _plain(author.matter.role if author.matter else "")
        yield _count(len(author.articles))
    yield f"`{path}`"


def _term(archive: Archive, key: str, name: str) -> str:
    articles = articles_under(archive, key, name)
    if not articles:
        return f"**{_plain(name)}** is new: no article has it."
    titles = [f"- {_plain(archive.graph.articles[path].matter.title)}" for path in articles[:_SHOWN]]
    return "\n".join((f"**{_plain(name)}**: {_count(len(articles))}, the newest:\n", *titles))


def _key(context: Context, place: Place) -> str:
    spot, record = spot_at(context.text, place), record_of(context.kind)
    if spot is None or record is None:
        return ""
    row, column = spot.start
    path = (*spot.path, context.text.lines[row][column : spot.end[1]]) if spot.is_key else spot.path
    key = keys_of(record, path[:-1]).get(path[-1]) if path else None
    return f"`{key.name}` — {key.description}" if key else ""


def _count(articles: int) -> str:
    return f"{articles} article{'s' * (articles != 1)}"


def _plain(words: str) -> str:
    """Return words of an author as text that no Markdown reads as anything else."""
    return " ".join(words.split()).translate(_SPECIAL)
