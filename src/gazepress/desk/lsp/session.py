"""What does the server know, and what has it told? The one part of it that changes while it runs."""

import asyncio
import gc
import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from lsprotocol import types
from msgspec.structs import replace
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from gazepress.build import BuildOptions, WrongUseError, read_site
from gazepress.desk.check import Finding, check_site
from gazepress.desk.lsp.archive import Archive
from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.diagnose import as_protocol, diagnose
from gazepress.desk.lsp.shelf import Shelf
from gazepress.diagnostics import Severity
from gazepress.settings import SETTINGS_FILE

_PAUSE = 0.15
"""Seconds without a keystroke before a text is looked at, and from a saved file to the reading of the site."""

log = logging.getLogger(__name__)


class Session:
    """The site that an editor has open. It is read anew, in a thread, whenever a file of it was saved."""

    def __init__(self, server: LanguageServer, options: Callable[[Path], BuildOptions]) -> None:
        """Take what says how a site is read; the time in it is that of each reading."""
        self.archive: Archive | None = None
        self.shelf: Shelf | None = None
        self._server = server
        self._options = options
        self._stale = asyncio.Event()
        self._read_once = asyncio.Event()
        self._waiting: dict[str, asyncio.TimerHandle] = {}  # address of a text → when it is looked at
        self._lasting: dict[str, tuple[Finding, ...]] = {}  # file → what only a reading of the site can tell of it
        self._told: set[str] = set()  # files with problems that the editor knows of

    def find_site(self, folder: Path) -> None:
        """Take a folder, or the nearest one that it lies in, as the site, if it is one and none is known yet."""
        for place in (folder.absolute(), *folder.absolute().parents):
            if self.shelf is None and (place / SETTINGS_FILE).is_file():
                self.shelf = Shelf(self._server, place)
                self._stale.set()
                self._keeping_up = asyncio.get_running_loop().create_task(self._keep_up(place))

    def saved(self) -> None:
        """Read the site anew."""
        self._stale.set()

    async def context(self, uri: str) -> Context | None:
        """Return a text of the site with all that is known around it; None if it is no such text."""
        if self.shelf is None or not self.shelf.path(uri):
            return None
        await self._read_once.wait()
        return self._context(uri)

    def changed(self, uri: str, pause: float = _PAUSE) -> None:
        """Say what is wrong with a text once the editor pauses."""
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()
        self._waiting[uri] = asyncio.get_running_loop().call_later(pause, self._diagnose, uri)

    def opened(self, uri: str) -> None:
        """Look for a site around a text if none is known, and say what is wrong with the text."""
        file = to_fs_path(uri)
        if file is not None:
            self.find_site(Path(file).parent)
        self.changed(uri, pause=0)

    def closed(self, uri: str) -> None:
        """Say of a text that was closed no more than of all the others: what stops a build."""
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()
        path = self.shelf.path(uri) if self.shelf else ""
        if path and self.archive:
            self._tell(path, _errors(self.archive.problems.get(path, ())))

    def problems(self, context: Context) -> tuple[Finding, ...]:
        """Return what is wrong with a text as it stands, and what the last reading of the site has told of it."""
        assert self.shelf is not None
        path, archive = context.text.path, context.archive
        if path not in self._lasting:
            saved = {_essence(one) for one in diagnose(Context(archive, self.shelf.saved(path)))}
            others = (one for one in archive.problems.get(path, ()) if _essence(one) not in saved)
            unmarked = self.shelf.unmarked
            self._lasting[path] = tuple(replace(one, mend=tuple(map(unmarked, one.mend))) for one in others)
        return (*diagnose(context), *self._lasting[path])

    async def _keep_up(self, site: Path) -> None:
        """Read the site, and again when something in it was saved."""
        while True:
            await self._stale.wait()
            await asyncio.sleep(_PAUSE if self.archive else 0)
            self._stale.clear()
            try:
                archive, findings = await asyncio.to_thread(_read, self._options(site))
            except (OSError, WrongUseError) as error:
                log.warning("the site cannot be read: %s", error)
                continue
            finally:
                self._read_once.set()
            if archive is None:  # the settings are broken: what was known before is better than nothing
                self._tell(SETTINGS_FILE, findings)
            else:
                self.archive = archive
                self._lasting.clear()
                self._tell_all()

    def _tell_all(self) -> None:
        assert self.archive is not None
        assert self.shelf is not None
        uris = {path: uri for uri in self.shelf.open_uris() if (path := self.shelf.path(uri))}
        for path in sorted(self._told | self.archive.problems.keys() | uris.keys()):
            if path in uris:
                self._diagnose(uris[path])
            else:
                self._tell(path, _errors(self.archive.problems.get(path, ())))

    def _context(self, uri: str) -> Context | None:
        path = self.shelf.path(uri) if self.shelf else ""
        return Context(self.archive, self.shelf.read(path)) if path and self.shelf and self.archive else None

    def _diagnose(self, uri: str) -> None:
        self._waiting.pop(uri, None)
        context = self._context(uri)
        if context is None:
            return
        assert self.shelf is not None
        self._tell(context.text.path, self.problems(context))

    def _tell(self, path: str, found: Iterable[Finding]) -> None:
        """Say what is wrong with a file, or that nothing is any more."""
        assert self.shelf is not None
        text = self.shelf.read(path)
        problems, uri = as_protocol(text, found), self.shelf.uri(path)
        version = self.shelf.version(uri)
        if problems or path in self._told or version is not None:
            self._told = self._told | {path} if problems else self._told - {path}
            params = types.PublishDiagnosticsParams(uri, problems, version)
            self._server.text_document_publish_diagnostics(params)


def _read(options: BuildOptions) -> tuple[Archive | None, tuple[Finding, ...]]:
    """Return the site with its indexes, and all that is wrong with it. What stays is kept from the garbage collector.

    It would look through some hundred thousand records for circles that records cannot have, in the middle of a word.
    """
    findings = check_site(options)
    checked = read_site(options)
    archive = Archive(checked.value, checked.diagnostics, findings) if checked.value else None
    gc.freeze()
    return archive, findings


def _errors(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in found if one.severity is Severity.ERROR)


def _essence(found: Finding) -> tuple[str, int, int, str]:
    """Return what makes two findings one, however much each weighs."""
    return found.code, found.line, found.column, found.message
