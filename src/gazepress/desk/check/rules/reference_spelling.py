"""References that name a headline with other quotes, dashes or capitals: they work, and read otherwise."""

import re
from collections.abc import Iterator

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.rule import ArchiveRule, Hit
from gazepress.desk.check.sources import offset_at, source_of
from gazepress.desk.edits import Edit
from gazepress.desk.yaml_edits import YamlEditError, set_key
from gazepress.diagnostics import Severity
from gazepress.documents import IN_FRONT_MATTER, Ref, RefKind, references_in
from gazepress.folding import fold
from gazepress.model import Article, ToArticle

_IN_TEXT = (RefKind.READ_MORE, RefKind.WIKI)
_MARKUP = re.compile(r"[\\`*_\[\]<>&|#{}~^=$\n]")  # in a headline with one of these, Markdown would see something else


def _look(newsroom: Newsroom) -> Iterator[Hit]:
    graph = newsroom.graph
    slugs = {article.slug for article in graph.articles.values()}
    for article in graph.articles.values():
        for ref, target in zip(article.document.refs, graph.targets[article.id], strict=True):
            if not isinstance(target, ToArticle) or ref.kind not in (*_IN_TEXT, *IN_FRONT_MATTER):
                continue
            written = ref.target.rpartition("#")[0].strip() if target.fragment else ref.target
            title = graph.articles[target.id].matter.title
            if written in slugs or written == title or fold(written) != fold(title):
                continue
            mend = () if title in slugs else _mend(source_of(newsroom, article.id), article, ref, written, title)
            hint = f"write it as it is: {title}"
            yield Hit("the headline is written otherwise", (ref.line, ref.column), hint, mend, article.id)


def _mend(source: str, article: Article, ref: Ref, written: str, title: str) -> tuple[Edit, ...]:
    """Return the edit that writes the headline as it is, if that cannot be read as anything else."""
    if ref.kind in _IN_TEXT:
        at = offset_at(source, ref.line, ref.column)
        line_end = source.find("\n", at)
        start = source.find(written, at, line_end if line_end >= 0 else len(source))
        is_plain = start >= 0 and not _MARKUP.search(title)
        return (Edit(article.id, start, start + len(written), title),) if is_plain else ()
    places = {(one.line, one.column): key for _, key, one in references_in(article.matter)}
    try:
        key = places[ref.line, ref.column]
        return (set_key(source, key, title + ref.target.removeprefix(written)).at(article.id),)
    except YamlEditError:
        return ()


RULE = ArchiveRule(
    "reference-spelling",
    Severity.NOTE,
    "A reference names a headline with other quotes, dashes or capitals than it has; it works, and reads otherwise.",
    "Write the headline as it is; `--fix` does that.",
    _look,
)
