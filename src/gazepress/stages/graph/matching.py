"""Which texts a written reference may mean: by slug or path, then by title, then by title as readers see it."""

import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from urllib.parse import unquote

from gazepress.folding import fold
from gazepress.stages.graph.texts import ARTICLES, Text

_Hits = dict[str, list[Text]]


class Index:
    """Texts by all the names that a reference can use. Where an article and another text fit, the article is meant."""

    def __init__(self, texts: Iterable[Text]) -> None:
        """Take the texts in the order in which an ambiguous reference lists them."""
        self._articles = _Names([])
        self._others = _Names([])
        self._by_path: _Hits = {}
        for text in texts:
            (self._articles if text.is_article else self._others).texts.append(text)
            self._by_path.setdefault(unicodedata.normalize("NFC", text.path), []).append(text)

    def at(self, path: str) -> Text | None:
        """Return the text in the file ``path``, in whatever Unicode form either is written."""
        hits = self._by_path.get(unicodedata.normalize("NFC", path))
        return hits[0] if hits else None

    def find(self, written: str, file: str = "", *, articles_only: bool = False) -> tuple[Sequence[Text], str]:
        """Return the texts that a reference in ``file`` may mean, and the ``#fragment`` that it names.

        The whole may be a title that holds a ``#``, so that the fragment is split off only if nothing fits the whole.
        """
        hits = self._match(written, file, articles_only=articles_only)
        name, mark, fragment = written.rpartition("#")
        if hits or not mark:
            return hits, ""
        return self._match(name.strip(), file, articles_only=articles_only), fragment.strip()

    def _match(self, name: str, file: str, *, articles_only: bool) -> Sequence[Text]:
        if not name:
            return ()
        at_path = [text for path in _paths(name, file) for text in self._by_path.get(path, ())]
        kinds = (self._articles,) if articles_only else (self._articles, self._others)
        for kind in kinds:
            here = [text for text in at_path if text.is_article == (kind is self._articles)]
            if hits := _joined(kind.by_slug.get(name, []), here):
                return hits
        for kind in kinds:
            if hits := kind.by_title.get(name, []):
                return hits
        for kind in kinds:
            if hits := kind.by_folded_title.get(fold(name), []):
                return hits
        return ()


class _Names:
    """The names of some texts, each kind of name gathered when it is first asked for."""

    def __init__(self, texts: list[Text]) -> None:
        self.texts = texts

    @cached_property
    def by_slug(self) -> _Hits:
        return _gather((text.slug, text) for text in self.texts)

    @cached_property
    def by_title(self) -> _Hits:
        return _gather((text.title, text) for text in self.texts)

    @cached_property
    def by_folded_title(self) -> _Hits:
        return _gather((folded, text) for text in self.texts if (folded := fold(text.title)))


def _gather(pairs: Iterable[tuple[str, Text]]) -> _Hits:
    hits: _Hits = {}
    for name, text in pairs:
        hits.setdefault(name, []).append(text)
    return hits


def _joined(by_slug: list[Text], by_path: list[Text]) -> list[Text]:
    """Return the texts of both lists, each once. The first is not copied: it may be long, and often asked for."""
    more = {text.path: text for text in by_path if not by_slug or text.slug != by_slug[0].slug}
    return [*by_slug, *more.values()] if more else by_slug


def _paths(name: str, file: str) -> Iterator[str]:
    """Yield the paths that ``name`` may stand for: from the site folder, from the articles, or from ``file``."""
    if name.startswith(("/", "#")):
        return
    path = unicodedata.normalize("NFC", unquote(name))
    bases = ("", ARTICLES, unicodedata.normalize("NFC", posixpath.dirname(file)) + "/" if file else "")
    for base in dict.fromkeys(bases):
        whole = posixpath.normpath(base + path)
        if whole.endswith(".md"):
            yield whole
        else:
            yield from (f"{whole}.md", f"{whole}/index.md")
