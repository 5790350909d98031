"""What does the server know of the site? Its newsroom, and what is asked of it at every keystroke."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from msgspec import Struct

from gazepress.build.newsroom import Newsroom
from gazepress.desk.lsp.names import Name, Names
from gazepress.diagnostics import Diagnostic
from gazepress.documents import Document, Ref
from gazepress.model import Article, ToArticle, ToPage
from gazepress.published import Held
from gazepress.sources import LAYOUT_FILE
from gazepress.stages.graph.lookup import Lookup


class Citation(Struct, frozen=True):
    """A place that refers to a text: its file and the reference."""

    path: str
    ref: Ref


class Archive:
    """A site as it was when it was last read; what is held back is in it, and marked."""

    def __init__(self, newsroom: Newsroom, met: Sequence[Diagnostic]) -> None:
        """Take a newsroom that shows what is held back, and what was met on reading it."""
        self.newsroom = newsroom
        self.met = met
        self.graph = newsroom.graph
        texts = set(newsroom.library.keys) | set(newsroom.library.unread)
        files = frozenset(file.path for file in newsroom.files if file.path not in texts)
        self.lookup = Lookup(self.graph, newsroom.settings, files)
        self.names = Names([*self._names()])
        # Indexes that are made for the first question are made now, so that no editor waits for them.
        self.lookup.find("-")
        _ = self.citations, self.used, self.at

    @cached_property
    def citations(self) -> Mapping[str, Sequence[Citation]]:
        """Return by file what refers to it, in the order of the files and places."""
        found: dict[str, list[Citation]] = {}
        documents = dict(self._documents())
        targets = dict(self.graph.targets)
        if LAYOUT_FILE in self.newsroom.library.keys:
            documents[LAYOUT_FILE] = self.newsroom.library.whole(LAYOUT_FILE).document
            targets[LAYOUT_FILE] = self.lookup.check(LAYOUT_FILE, documents[LAYOUT_FILE]).value
        for path in sorted(documents):
            for ref, target in zip(documents[path].refs, targets.get(path, ()), strict=False):
                if isinstance(target, ToArticle | ToPage):
                    found.setdefault(target.id, []).append(Citation(path, ref))
        return found

    @cached_property
    def used(self) -> Mapping[str, Mapping[str, int]]:
        """Return by key of front matter what articles have written there, with the number of articles, most first."""
        counts: dict[str, Counter[str]] = {key: Counter() for key in _COUNTED}
        for article in self.graph.articles.values():
            for key in _COUNTED:
                value = getattr(article.matter, key)
                counts[key].update([value] if isinstance(value, str) else value)
        settings = self.newsroom.settings
        known: dict[str, Mapping[str, int]] = {key: _most_first(counted) for key, counted in counts.items()}
        known["tags"] = {term.label: len(term.articles) for term in self.graph.tags.values()}
        known["authors"] = {author.name: len(author.articles) for author in self.graph.authors.values()}
        sections = {one.slug: 0 for one in settings.sections}
        known["section"] = sections | {one.slug: len(one.articles) for one in self.graph.sections.values()}
        known["lang"] = {**dict.fromkeys((settings.language, *settings.phrases), 0), **known["lang"]}
        return {key: {name: count for name, count in names.items() if name} for key, names in known.items()}

    @cached_property
    def at(self) -> Mapping[str, str]:
        """Return the files of texts by their site paths, without the base."""
        return {path: file for file, path in self.newsroom.paths.items()}

    def local(self, moment: datetime) -> str:
        """Return a moment as the newsroom's clocks show it."""
        return f"{moment.astimezone(self.newsroom.settings.zone):%Y-%m-%d %H:%M}"

    def why_held(self, held: Held | None) -> str:
        """Return in words why and until when something is held back; nothing if it is public."""
        if held is None:
            return ""
        return held.reason.value + (f" until {self.local(held.until)}" if held.until else "")

    def _names(self) -> Iterator[Name]:
        for article in self.graph.articles.values():
            detail = " · ".join(filter(None, (self.local(article.matter.date)[:10], self._section(article))))
            held = self.why_held(article.held)
            yield Name(article.id, article.matter.title, article.slug, True, detail, held)  # noqa: FBT003 - a record
        for page in self.graph.pages.values():
            yield Name(page.id, page.matter.title, page.slug, False, "page", self.why_held(page.held))  # noqa: FBT003
        for author in self.graph.authors.values():
            if author.id:
                yield Name(author.id, author.name, author.slug, False, "author")  # noqa: FBT003 - likewise

    def _section(self, article: Article) -> str:
        section = self.graph.sections.get(article.section)
        return section.label if section else ""

    def _documents(self) -> Iterator[tuple[str, Document]]:
        for article in self.graph.articles.values():
            yield article.id, article.document
        for page in self.graph.pages.values():
            yield page.id, page.document
        for author in self.graph.authors.values():
            if author.document is not None:
                yield author.id, author.document


_COUNTED = ("tags", "lang", "dateline", "organizations", "people", "countries", "systems")


def _most_first(counted: Counter[str]) -> Mapping[str, int]:
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))
