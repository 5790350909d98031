"""What is wrong where, and what has the editor been told of it? Of open texts all, of all others what stops a build."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from lsprotocol import types
from msgspec.structs import replace
from pygls.lsp.server import LanguageServer

from gazepress.desk.check import Finding
from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.diagnose import as_protocol, diagnose
from gazepress.desk.lsp.shelf import Shelf
from gazepress.diagnostics import Severity


class Reports:
    """The problems of a site: what its last check has found, and what a text in the editor shows by itself."""

    def __init__(self, server: LanguageServer, shelf: Shelf) -> None:
        self._server = server
        self._shelf = shelf
        self._found: dict[str, list[Finding]] = {}  # file → what the last check of the site has found
        self._lasting: dict[str, tuple[Finding, ...]] = {}  # file → what of that its text alone does not show
        self._told: set[str] = set()  # files with problems that the editor knows of

    def take(self, found: Iterable[Finding]) -> None:
        """Take what a check of the whole site has found."""
        self._found.clear()
        self._lasting.clear()
        for one in found:
            self._found.setdefault(one.path, []).append(one)

    def files(self) -> AbstractSet[str]:
        """Return the files of which there is something to be told, or to be taken back."""
        return self._found.keys() | self._told

    def problems(self, context: Context) -> tuple[Finding, ...]:
        """Return what is wrong with a text as it stands, and what the last check of the site has found on top."""
        path = context.text.path
        if path not in self._lasting:
            saved = {_essence(one) for one in diagnose(Context(context.archive, self._shelf.saved(path)))}
            others = (one for one in self._found.get(path, ()) if _essence(one) not in saved)
            unmarked = self._shelf.unmarked
            self._lasting[path] = tuple(replace(one, mend=tuple(map(unmarked, one.mend))) for one in others)
        return (*diagnose(context), *self._lasting[path])

    def tell(self, path: str, found: Iterable[Finding]) -> None:
        """Say what is wrong with a file, or that nothing is any more."""
        problems, uri = as_protocol(self._shelf.read(path), found), self._shelf.uri(path)
        version = self._shelf.version(uri)
        if problems or path in self._told or version is not None:
            self._told = self._told | {path} if problems else self._told - {path}
            params = types.PublishDiagnosticsParams(uri, problems, version)
            self._server.text_document_publish_diagnostics(params)

    def tell_errors(self, path: str) -> None:
        """Say of a text that is not open what stops a build."""
        self.tell(path, (one for one in self._found.get(path, ()) if one.severity is Severity.ERROR))


def _essence(found: Finding) -> tuple[str, int, int, str]:
    """Return what makes two findings one, however much each weighs."""
    return found.code, found.line, found.column, found.message
