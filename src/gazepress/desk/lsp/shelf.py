"""Which texts of the site are at hand? Those that the editor holds, changed as they may be, else those on the disk."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from gazepress.desk.edits import Edit, Move
from gazepress.desk.lsp.text import Text
from gazepress.settings import SETTINGS_FILE
from gazepress.sources import LAYOUT_FILE, SourceKind
from gazepress.stages.discover import kind_of

_MARK = "\ufeff"
_TEXT = re.compile(r"content/(?:articles|pages|authors)/.*\.(?:md|markdown)$", re.IGNORECASE)


class Shelf:
    """The texts of one site by their paths from its folder."""

    def __init__(self, server: LanguageServer, site: Path) -> None:
        self._server = server
        self._site = site
        self._real_site = site.resolve()
        self._path = lru_cache(maxsize=1000)(self._find_path)

    def path(self, uri: str) -> str:
        """Return the path of a text of the site; empty if there can be none at this address."""
        return self._path(uri)

    def _find_path(self, uri: str) -> str:
        file = Path(to_fs_path(uri) or "")
        for place, site in ((file, self._site), (file.resolve(), self._real_site)):
            if place.is_relative_to(site):
                path = place.relative_to(site).as_posix()
                return path if path == SETTINGS_FILE or _is_text(path) else ""
        return ""

    def uri(self, path: str) -> str:
        """Return the address of a file of the site, as the editor writes it if it has the file open."""
        return next((uri for uri in self.open_uris() if self.path(uri) == path), (self._site / path).as_uri())

    def read(self, path: str) -> Text:
        """Return a text as the editor holds it, else as it lies on the disk."""
        for uri in self.open_uris():
            if self.path(uri) == path:
                return self._text(path, self._server.workspace.text_documents[uri].source)
        return self.saved(path)

    def saved(self, path: str) -> Text:
        """Return a text as it lies on the disk; empty if it is not there, or no UTF-8."""
        try:
            source = self._bytes(path).decode()
        except UnicodeDecodeError:
            source = ""
        return self._text(path, source)

    def version(self, uri: str) -> int | None:
        """Return the version of a text that the editor has open."""
        document = self._server.workspace.text_documents.get(uri)
        return document.version if document else None

    def open_uris(self) -> Iterator[str]:
        """Yield the addresses of all that the editor has open, as it writes them."""
        yield from tuple(self._server.workspace.text_documents)

    def workspace_edit(self, edits: Iterable[Edit], moves: Iterable[Move] = ()) -> types.WorkspaceEdit:
        """Return edits of texts, and after them files that get another path, as the editor is to make them.

        Without moves it has a form that every editor knows.
        """
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            text = self.read(edit.path)
            text_range = text.range(text.at(edit.start), text.at(edit.end))
            changes.setdefault(self.uri(edit.path), []).append(types.TextEdit(text_range, edit.new))
        renames = [types.RenameFile(self.uri(move.old), (self._site / move.new).as_uri()) for move in moves]
        if not renames:
            return types.WorkspaceEdit(changes=changes)
        texts = (types.OptionalVersionedTextDocumentIdentifier(uri, self.version(uri)) for uri in changes)
        written = [types.TextDocumentEdit(text, one) for text, one in zip(texts, changes.values(), strict=True)]
        return types.WorkspaceEdit(document_changes=[*written, *renames])

    def unmarked(self, edit: Edit) -> Edit:
        """Return an edit of a file as that of the text in an editor, which keeps a byte order mark to itself."""
        if not self._bytes(edit.path).startswith(_MARK.encode()):
            return edit
        return Edit(edit.path, max(edit.start - 1, 0), max(edit.end - 1, 0), edit.new.removeprefix(_MARK))

    def _bytes(self, path: str) -> bytes:
        try:
            return (self._site / path).read_bytes()
        except OSError:
            return b""

    def _text(self, path: str, source: str) -> Text:
        encoding = self._server.workspace.position_encoding or types.PositionEncodingKind.Utf16
        return Text(path, source.removeprefix(_MARK), str(getattr(encoding, "value", encoding)))


def _is_text(path: str) -> bool:
    """Tell whether a build reads what lies at a path: names that begin with ``_`` or ``.`` are set aside."""
    _, *steps = path.split("/")
    is_read = path == LAYOUT_FILE or (_TEXT.match(path) is not None and not any(step[:1] in "._" for step in steps))
    return is_read and kind_of(path) is not SourceKind.MEDIA
