"""Which texts a written reference may mean: by slug or path, then by title, then by title as readers see it."""

import posixpath
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import unquote

from msgspec import Struct

from gazepress.folding import fold
from gazepress.stages.graph.texts import ARTICLES, Text

_LISTED = 5  # texts that an ambiguous reference names
_ByName = Mapping[str, Sequence[Text]]


class Hits(Struct, frozen=True):
    """The texts that a reference may mean: how many, and the first few of them, since a name may fit thousands."""

    first: Sequence[Text] = ()
    count: int = 0

    @property
    def paths(self) -> str:
        """Return the files of the first ones in words."""
        return ", ".join([hit.path for hit in self.first] + ["…"] * (self.count > len(self.first)))


_NONE = Hits()


class Index:
    """Texts by all the names that a reference can use. Where an article and another text fit, the article is meant."""

    def __init__(self, texts: Sequence[Text]) -> None:
        """Take the texts in the order in which an ambiguous reference lists them."""
        self._texts = texts

    def at(self, path: str) -> Text | None:
        """Return the text in the file ``path``, in whatever Unicode form either is written."""
        hits = self._by_path.get(unicodedata.normalize("NFC", path))
        return hits[0] if hits else None

    def find(self, written: str, file: str = "", *, articles_only: bool = False) -> tuple[Hits, str]:
        """Return the texts that a reference in ``file`` may mean, and the ``#fragment`` that it names.

        The whole may be a title that holds a ``#``, so that the fragment is split off only if nothing fits the whole.
        """
        hits = self._match(written, file, articles_only=articles_only)
        name, mark, fragment = written.rpartition("#")
        if hits.count or not mark:
            return hits, ""
        return self._match(name.strip(), file, articles_only=articles_only), fragment.strip()

    def _match(self, name: str, file: str, *, articles_only: bool) -> Hits:
        if not name:
            return _NONE
        kinds = self._kinds[:1] if articles_only else self._kinds
        at_path = self._at_path(name, file)
        for kind in kinds:
            by_slug = kind.by_slug.get(name, ())
            if by_slug or at_path:
                here = {text.path: text for text in at_path if text.is_article == kind.articles and text.slug != name}
                if hits := _hits(by_slug, tuple(here.values())):
                    return hits
        for kind in kinds:
            if hits := _hits(kind.by_title.get(name, ())):
                return hits
        for kind in kinds:
            if hits := _hits(kind.by_folded_title.get(fold(name), ())):
                return hits
        return _NONE

    def _at_path(self, name: str, file: str) -> list[Text]:
        if name.startswith(("/", "#")):
            return []
        path = name if name.isascii() and "%" not in name else unicodedata.normalize("NFC", unquote(name))
        if path not in self._file_names and "/" not in path and path not in {".", ".."}:
            return []  # like nearly all titles
        return [text for path in _paths(path, file) for text in self._by_path.get(path, ())]

    @cached_property
    def _kinds(self) -> "tuple[_Names, _Names]":
        articles: list[Text] = []
        others: list[Text] = []
        for text in self._texts:
            (articles if text.is_article else others).append(text)
        return _Names(articles, articles=True), _Names(others, articles=False)

    @cached_property
    def _by_path(self) -> _ByName:
        return _gather([unicodedata.normalize("NFC", text.path) for text in self._texts], self._texts)

    @cached_property
    def _file_names(self) -> set[str]:
        """All names without a slash that may stand for a path: of files with and without ``.md``, and of folders."""
        names = {path.rpartition("/")[2] for path in self._by_path}
        folders = {path.split("/")[-2] for path in self._by_path if path.endswith("/index.md")}
        return names | {name.removesuffix(".md") for name in names} | folders


class _Names:
    """The names of the articles, or of the other texts, each kind of name gathered when it is first asked for."""

    def __init__(self, texts: Sequence[Text], *, articles: bool) -> None:
        self.articles = articles
        self._texts = texts

    @cached_property
    def by_slug(self) -> _ByName:
        return _gather([text.slug for text in self._texts], self._texts)

    @cached_property
    def by_title(self) -> _ByName:
        return _gather([text.title for text in self._texts], self._texts)

    @cached_property
    def by_folded_title(self) -> _ByName:
        texts = [text for text in self._texts if fold(text.title)]
        return _gather([fold(text.title) for text in texts], texts)


def _gather(names: Sequence[str], texts: Sequence[Text]) -> _ByName:
    """Return texts by their names, which come in the same order."""
    alone = dict(zip(names, zip(texts), strict=True))
    if len(alone) == len(texts):
        return alone
    found: dict[str, list[Text]] = {}
    for name, text in zip(names, texts, strict=True):
        found.setdefault(name, []).append(text)
    return found


def _hits(texts: Sequence[Text], more: Sequence[Text] = ()) -> Hits | None:
    """Return the texts of both lists. They are not copied: the first may be long, and often asked for."""
    first = (*texts[:_LISTED], *more[:_LISTED])[:_LISTED]
    return Hits(first, len(texts) + len(more)) if first else None


def _paths(path: str, file: str) -> Iterator[str]:
    """Yield the files that ``path`` may stand for: from the site folder, from the articles, or from ``file``."""
    bases = ("", ARTICLES, unicodedata.normalize("NFC", posixpath.dirname(file)) + "/" if file else "")
    for base in dict.fromkeys(bases):
        whole = posixpath.normpath(base + path)
        if whole.endswith(".md"):
            yield whole
        else:
            yield from (f"{whole}.md", f"{whole}/index.md")
