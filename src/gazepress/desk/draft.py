"""Which texts will a site have after a change? They are edited here, one step after the other, before any file is.

The site is read again as it would be: a command sees what its steps have done before it asks for the next one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from gazepress.build.newsroom import Newsroom
from gazepress.config import read_settings
from gazepress.desk.edits import Change, ChangeError, Edit, Move
from gazepress.desk.yaml_edits import YamlEditError
from gazepress.diagnostics import Diagnostic, Severity, problem
from gazepress.digest import digest_bytes
from gazepress.documents import Document
from gazepress.model import Graph
from gazepress.settings import SETTINGS_FILE, RelatedSettings, Settings
from gazepress.sources import LOCK_FILE, SourceKind
from gazepress.stages.plan import text_paths
from gazepress.stages.plan.recorded import Owners, find_owners
from gazepress.url_lock import Recorded, read_lock
from gazepress.urls import base_path, encode_path

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")


class Outlook(Struct, frozen=True):
    """A site as it would be: all texts by their new paths, what leads where, their site paths, and what is wrong."""

    documents: Mapping[str, Document]
    settings: Settings
    graph: Graph
    paths: Mapping[str, str]
    owners: Owners  # by what feeds call each text, and whose each address is that was ever published
    diagnostics: tuple[Diagnostic, ...]


class Draft:
    """A change of a site in the making. Texts are named by the paths that they have now, before it."""

    def __init__(self, newsroom: Newsroom, diagnostics: Sequence[Diagnostic] = ()) -> None:
        """``newsroom`` was read with all that is held back, and ``diagnostics`` are what was found on the way."""
        self.newsroom = newsroom
        self.moves: dict[str, str] = {}
        self.removes: set[str] = set()
        self._digests = {file.path: file.digest for file in newsroom.files}
        self._kinds = {file.path: file.kind for file in newsroom.files}
        self._before: dict[str, str] = {}
        self._now: dict[str, str] = {}
        self.recorded = _recorded(newsroom.site)
        self.before = _outlook(
            self.recorded, newsroom.library.documents(), newsroom.settings, newsroom.graph, diagnostics
        )

    def text(self, path: str) -> str:
        """Return a file's text as it is to be so far. Raises ChangeError where it cannot be read."""
        if path not in self._now:
            try:
                data = (self.newsroom.site / path).read_bytes()
                text = data.decode()
            except (OSError, UnicodeDecodeError) as error:
                raise ChangeError(problem("unreadable", f"the file cannot be read: {error}", path=path)) from error
            if self._digests.setdefault(path, digest_bytes(data)) != digest_bytes(data):
                hint = "give the command once more"
                raise ChangeError(problem("file-changed", "the file was saved just now", path=path, hint=hint))
            self._before[path] = self._now[path] = text
        return self._now[path]

    def set_text(self, path: str, text: str) -> None:
        """Give a file another text."""
        self.text(path)
        self._now[path] = text

    def edit(self, path: str, make: Callable[..., Edit], *values: object, **options: object) -> None:
        """Make the edit of a file that ``make`` returns for its text so far. Raises ChangeError where there is none."""
        text = self.text(path)
        try:
            edit = make(text, *values, **options)
        except YamlEditError as error:
            hint = "make this change by hand: nothing was changed"
            raise ChangeError(problem("edit-refused", str(error), path=path, hint=hint)) from error
        self._now[path] = text[: edit.start] + edit.new + text[edit.end :]

    def place(self, path: str) -> str:
        """Return the path that a file is to have."""
        return self.moves.get(path, path)

    def origin(self, place: str) -> str:
        """Return the path that a file has now, by the one that it is to have."""
        return next((old for old, new in self.moves.items() if new == place), place)

    def change(self) -> Change:
        """Return the change of the files."""
        edits = [
            edit
            for path, text in sorted(self._now.items())
            if path not in self.removes
            for edit in _differences(path, self._before[path], text)
        ]
        moves = [Move(old, new) for old, new in sorted(self.moves.items()) if old != new]
        touched = {*(edit.path for edit in edits), *(move.old for move in moves), *self.removes}
        seen = {path: self._digests[path] for path in sorted(touched) if path in self._digests}
        return Change(tuple(edits), tuple(moves), (), tuple(sorted(self.removes)), seen)

    def outlook(self, readers_at: datetime | None = None) -> Outlook:
        """Return the site as it would be, with all that is held back; or as readers would see it at an hour.

        Raises ChangeError where a text could no longer be read.
        """
        from gazepress.stages.graph import build_graph

        room, settings = self.newsroom, self._settings()
        documents, wrong = self._documents()
        hour = readers_at or room.as_of
        quick = replace(settings, related=RelatedSettings(count=0))  # what is alike leads nowhere, and takes longest
        others = frozenset(path for path, kind in self._kinds.items() if not _is_text(kind))
        graph = build_graph(documents, quick, hour, files=others, show_held=readers_at is None)
        return _outlook(self.recorded, documents, settings, graph.value, (*wrong, *graph.diagnostics))

    def _settings(self) -> Settings:
        if SETTINGS_FILE not in self._now:
            return self.newsroom.settings
        checked = read_settings(self._now[SETTINGS_FILE].encode())
        if checked.value is None:
            raise ChangeError(_first_error(checked.diagnostics))
        return checked.value

    def _documents(self) -> tuple[dict[str, Document], list[Diagnostic]]:
        from gazepress.stages.parse import parse

        known = self.before.documents
        documents = {self.place(path): one for path, one in known.items() if path not in self.removes}
        wrong: list[Diagnostic] = []
        for path, text in self._now.items():
            kind = self._kinds.get(path)
            if path in self.removes or kind is None or not _is_text(kind):
                continue
            checked = parse(kind, text.encode(), self.newsroom.library.options)
            wrong += (one.at(self.place(path)) for one in checked.diagnostics)
            if checked.value is None:
                raise ChangeError(_first_error(checked.diagnostics).at(path))
            documents[self.place(path)] = checked.value.document
        return documents, wrong


def local_hour(draft: Draft) -> datetime:
    """Return the hour of a change to the minute, by the publication's clocks."""
    return draft.newsroom.as_of.astimezone(draft.before.settings.zone).replace(second=0, microsecond=0)


def plan_problems(draft: Draft, site: Outlook) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the addresses of a site; what its pictures look like is left out of account."""
    from gazepress.build.themes import read_sheets, theme_files
    from gazepress.stages.plan import make_plan, style_sheets

    files = (*(file for file in draft.newsroom.files if not _is_text(file.kind)), *theme_files())
    sheets = read_sheets(draft.newsroom.site, style_sheets(files, site.settings)).value
    return make_plan(site.graph, site.settings, files, {}, sheets, draft.recorded).diagnostics


def _outlook(
    recorded: Sequence[Recorded],
    documents: Mapping[str, Document],
    settings: Settings,
    graph: Graph,
    diagnostics: Sequence[Diagnostic],
) -> Outlook:
    _, paths = text_paths(settings, graph)
    address = urlsplit(settings.url)
    root = f"{address.scheme}://{address.netloc}{base_path(settings.url)}"
    owners = find_owners(graph, paths, recorded, lambda path: root + encode_path(path))
    return Outlook(documents, settings, graph, paths, owners, tuple(diagnostics))


def _recorded(site: Path) -> tuple[Recorded, ...]:
    """Return the addresses that were ever published. What a build will refuse of the lock is not known here."""
    try:
        return read_lock((site / LOCK_FILE).read_bytes()).value
    except OSError:
        return ()


def _is_text(kind: SourceKind) -> bool:
    return kind in {SourceKind.ARTICLE, SourceKind.PAGE, SourceKind.AUTHOR, SourceKind.LAYOUT}


def _first_error(diagnostics: Iterable[Diagnostic]) -> Diagnostic:
    return next(one for one in diagnostics if one.severity is Severity.ERROR)


def _differences(path: str, before: str, after: str) -> Iterator[Edit]:
    """Yield edits of whole lines that make ``after`` of ``before``."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Edit(path, starts[a], starts[b], "".join(new[c:d]))
