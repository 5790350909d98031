"""Which site does the editor have open, and what is known of it? The one part of the server that changes as it runs."""

import asyncio
import gc
import logging
from collections.abc import Callable
from pathlib import Path

from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from gazepress.build import BuildOptions, WrongUseError, read_site
from gazepress.desk.check import check_site
from gazepress.desk.check.finding import as_finding
from gazepress.desk.lsp.archive import Archive
from gazepress.desk.lsp.context import Context
from gazepress.desk.lsp.reports import Reports
from gazepress.desk.lsp.shelf import Shelf
from gazepress.diagnostics import Checked
from gazepress.settings import SETTINGS_FILE

_PAUSE = 0.15
"""Seconds without a keystroke before a text is looked at, and from a saved file to the reading of the site."""

log = logging.getLogger(__name__)


class Site:
    """A site that an editor has open. It is read anew, in a thread, whenever a file of it was saved."""

    def __init__(self, server: LanguageServer, folder: Path, options: Callable[[Path], BuildOptions]) -> None:
        """Take what says how a site is read; the time in it is that of each reading."""
        self.archive: Archive | None = None
        self.shelf = Shelf(server, folder)
        self.reports = Reports(server, self.shelf)
        self.stale = asyncio.Event()  # set it to let the site be read anew
        self.was_read = asyncio.Event()
        self._folder = folder
        self._options = options
        self.stale.set()
        self._keeping_up = asyncio.get_running_loop().create_task(self._keep_up())

    def context(self, uri: str) -> Context | None:
        """Return a text of the site with what is known around it; None if it is no such text, or nothing is known."""
        path = self.shelf.path(uri)
        return Context(self.archive, self.shelf.read(path)) if path and self.archive else None

    def report(self, uri: str) -> None:
        """Say what is wrong with an open text."""
        context = self.context(uri)
        if context is not None:
            self.reports.tell(context.text.path, self.reports.problems(context))

    async def _keep_up(self) -> None:
        while True:
            await self.stale.wait()
            await asyncio.sleep(_PAUSE if self.archive else 0)
            self.stale.clear()
            try:
                await self._read(self._options(self._folder))
            except (OSError, WrongUseError) as error:
                log.warning("the site cannot be read: %s", error)
            finally:
                self.was_read.set()

    async def _read(self, options: BuildOptions) -> None:
        """Read the site: first what answers need, then what is wrong with it, which takes longer."""
        read = await asyncio.to_thread(_read, options)
        if read.value is None:  # the settings are broken: what was known before is better than nothing
            self.reports.tell(SETTINGS_FILE, map(as_finding, read.diagnostics))
            return
        self.archive = read.value
        self.was_read.set()
        self._report_all()
        self.reports.take(await asyncio.to_thread(check_site, options))
        self._report_all()

    def _report_all(self) -> None:
        uris = {path: uri for uri in self.shelf.open_uris() if (path := self.shelf.path(uri))}
        for uri in uris.values():
            self.report(uri)
        for path in sorted(self.reports.files() - uris.keys()):
            self.reports.tell_errors(path)


class Session:
    """An editor with its open texts, and the site that they belong to, once there is one."""

    def __init__(self, server: LanguageServer, options: Callable[[Path], BuildOptions]) -> None:
        self.site: Site | None = None
        self._server = server
        self._options = options
        self._waiting: dict[str, asyncio.TimerHandle] = {}  # address of a text → when it is looked at

    def find_site(self, folder: Path) -> None:
        """Take a folder, or the nearest one that it lies in, as the site, if it is one and none is known yet."""
        for place in (folder.absolute(), *folder.absolute().parents):
            if self.site is None and (place / SETTINGS_FILE).is_file():
                self.site = Site(self._server, place, self._options)

    async def context(self, uri: str) -> Context | None:
        """Return a text of the site with what is known around it, once that was read; None if it is no such text."""
        if self.site is None or not self.site.shelf.path(uri):
            return None
        await self.site.was_read.wait()
        return self.site.context(uri)

    def opened(self, uri: str) -> None:
        """Look for a site around a text if none is known, and say what is wrong with the text."""
        file = to_fs_path(uri)
        if file is not None:
            self.find_site(Path(file).parent)
        self.changed(uri, pause=0)

    def changed(self, uri: str, pause: float = _PAUSE) -> None:
        """Say what is wrong with a text once the editor pauses."""
        self._forget(uri)
        self._waiting[uri] = asyncio.get_running_loop().call_later(pause, self._report, uri)

    def closed(self, uri: str) -> None:
        """Say of a text that was closed no more than of all the others."""
        self._forget(uri)
        if self.site is not None and self.site.shelf.path(uri):
            self.site.reports.tell_errors(self.site.shelf.path(uri))

    def saved(self) -> None:
        """Read the site anew."""
        if self.site is not None:
            self.site.stale.set()

    def _report(self, uri: str) -> None:
        self._forget(uri)
        if self.site is not None:
            self.site.report(uri)

    def _forget(self, uri: str) -> None:
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()


def _read(options: BuildOptions) -> Checked[Archive | None]:
    """Return the site with its indexes, and what was met on the way. What stays is kept from the garbage collector.

    It would look through some hundred thousand records for circles that records cannot have, in the middle of a word.
    """
    checked = read_site(options)
    archive = Archive(checked.value, checked.diagnostics) if checked.value else None
    gc.freeze()
    return Checked(archive, checked.diagnostics)
