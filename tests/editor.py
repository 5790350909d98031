"""An editor for tests: a real client of the language server, which runs as a program of its own."""

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

CURSOR = "¦"
SECONDS = 60


class Editor:
    """A site opened in an editor. Paths count from the site folder; ``¦`` in a text is the cursor."""

    def __init__(self, site: Path, *arguments: str, encodings: tuple[str, ...] = (), root: Path | None = None) -> None:
        self.site = site
        self.told: dict[str, types.PublishDiagnosticsParams] = {}
        self.shown: list[str] = []
        self.watched: list[types.Registration] = []
        self._versions: dict[str, int] = {}
        # A loop of its own: a browser that is driven from the same thread keeps its loop running there.
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._client = LanguageClient("test", "1")
        self._client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._keep(params))  # noqa: PLW0108 - no method can be it
        self._client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self.shown.append(params.message))
        self._client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: self.watched.extend(params.registrations))
        self._encoding = {"utf-8": "utf-8", "utf-32": "utf-32-le"}.get((*encodings, "")[0], "utf-16-le")
        env = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
        command = [sys.executable, "-m", "gazepress", "lsp", *arguments]
        self._run(self._client.start_io(*command, env={**env, "SOURCE_DATE_EPOCH": "1767268800"}))  # 2026-01-01 12:00
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        workspace = types.WorkspaceClientCapabilities(did_change_watched_files=watching)
        capabilities = types.ClientCapabilities(workspace=workspace)
        if encodings:
            capabilities.general = types.GeneralClientCapabilities(position_encodings=list(encodings))
        initialize = types.InitializeParams(capabilities=capabilities, root_uri=(root or site).as_uri())
        self.capabilities = self._run(self._client.initialize_async(initialize)).capabilities
        self._tell(self._client.initialized, types.InitializedParams())

    def close(self) -> int:
        """Leave as an editor does, and return the exit status of the server."""
        self._run(self._client.shutdown_async(None))
        self._tell(self._client.exit, None)
        server = self._client._server
        status = self._run(server.wait())
        self._run(self._client.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        return status

    def vanish(self) -> int:
        """Leave without a word, as an editor does that was killed, and return the exit status of the server."""
        server = self._client._server
        self._tell(server.stdin.close)
        status = self._run(server.wait())
        self._run(self._client.stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        return status

    def write(self, path: str, text: str) -> "Editor":
        """Open a text or change it, without saving it."""
        text, uri = text.replace(CURSOR, ""), self.uri(path)
        version = self._versions[path] = self._versions.get(path, 0) + 1
        if version == 1:
            item = types.TextDocumentItem(uri, "markdown", version, text)
            self._tell(self._client.text_document_did_open, types.DidOpenTextDocumentParams(item))
        else:
            identifier = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
            whole = types.TextDocumentContentChangeWholeDocument(text)
            self._tell(self._client.text_document_did_change, types.DidChangeTextDocumentParams(identifier, [whole]))
        return self

    def save(self, path: str, text: str) -> None:
        """Write a text and save it."""
        self.write(path, text)
        (self.site / path).write_text(text, "utf-8")
        identifier = types.TextDocumentIdentifier(self.uri(path))
        self._tell(self._client.text_document_did_save, types.DidSaveTextDocumentParams(identifier))

    def change_outside(self, path: str, text: str) -> None:
        """Write a file as another program does, and tell the server that something has changed."""
        (self.site / path).write_text(text, "utf-8")
        event = types.FileEvent(self.uri(path), types.FileChangeType.Created)
        self._tell(self._client.workspace_did_change_watched_files, types.DidChangeWatchedFilesParams([event]))

    def leave(self, path: str) -> None:
        """Close a text."""
        del self._versions[path]
        identifier = types.TextDocumentIdentifier(self.uri(path))
        self._tell(self._client.text_document_did_close, types.DidCloseTextDocumentParams(identifier))

    def problems(self, path: str) -> list[types.Diagnostic]:
        """Return what the server says of the text as it stands now."""
        self.wait(lambda: path in self.told and self.told[path].version == self._versions.get(path))
        return list(self.told[path].diagnostics)

    def codes(self, path: str) -> list[str]:
        return [one.code for one in self.problems(path)]

    def wait_for_codes(self, path: str, fits: Callable[[list[str]], bool]) -> None:
        """Wait until the problems that the server has told of a text are of fitting codes."""
        self.wait(lambda: path in self.told and fits([one.code for one in self.told[path].diagnostics]))

    def complete(self, path: str, text: str) -> list[types.CompletionItem]:
        found = self._ask("completion", types.CompletionParams, path, text)
        return list(found.items) if found else []

    def choose(self, path: str, text: str, label: str) -> str:
        """Return the text after the offer with this label was taken."""
        item = next(item for item in self.complete(path, text) if item.label == label)
        return apply(text.replace(CURSOR, ""), [item.text_edit], self._encoding)

    def resolve(self, item: types.CompletionItem) -> types.CompletionItem:
        return self._run(self._client.completion_item_resolve_async(item))

    def hover(self, path: str, text: str) -> str | None:
        found = self._ask("hover", types.HoverParams, path, text)
        return found and found.contents.value

    def define(self, path: str, text: str) -> tuple[str, int] | None:
        found = self._ask("definition", types.DefinitionParams, path, text)
        return found and (self.path(found.uri), found.range.start.line + 1)

    def references(self, path: str, text: str) -> list[tuple[str, int]]:
        self.write(path, text)
        context = types.ReferenceContext(include_declaration=False)
        params = types.ReferenceParams(context, types.TextDocumentIdentifier(self.uri(path)), self.position(text))
        found = self._run(self._client.text_document_references_async(params))
        return [(self.path(one.uri), one.range.start.line + 1) for one in found]

    def symbols(self, path: str, text: str) -> list[types.DocumentSymbol]:
        self.write(path, text)
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(self.uri(path)))
        return list(self._run(self._client.text_document_document_symbol_async(params)))

    def titles(self, query: str) -> list[tuple[str, str]]:
        found = self._run(self._client.workspace_symbol_async(types.WorkspaceSymbolParams(query)))
        return [(one.name, self.path(one.location.uri)) for one in found]

    def mends(self, path: str, text: str, code: str) -> dict[str, str]:
        """Return the ways to mend the first problem of a code: their titles, and what the text becomes."""
        self.write(path, text)
        problem = next(one for one in self.problems(path) if one.code == code)
        context = types.CodeActionContext([problem])
        params = types.CodeActionParams(types.TextDocumentIdentifier(self.uri(path)), problem.range, context)
        actions = self._run(self._client.text_document_code_action_async(params))
        mending = [one for one in actions if one.diagnostics[0].code == code]
        return {one.title: apply(text, one.edit.changes[self.uri(path)], self._encoding) for one in mending}

    def rename(self, path: str, text: str, new: str) -> types.WorkspaceEdit:
        document = types.TextDocumentIdentifier(self.uri(path))
        params = types.RenameParams(text_document=document, position=self.position(text), new_name=new)
        return self._run(self._client.text_document_rename_async(params))

    def prepare_rename(self, path: str, text: str) -> str | None:
        """Return the name that is offered to be changed."""
        found = self._ask("prepare_rename", types.PrepareRenameParams, path, text)
        return found and found.placeholder

    def carry_out(self, edit: types.WorkspaceEdit, site: Path) -> None:
        """Make the edits as an editor does that saves all, in texts with LF line ends, in a copy of the site."""
        changes = edit.document_changes or []
        texts = {one.text_document.uri: one.edits for one in changes if isinstance(one, types.TextDocumentEdit)}
        for uri, edits in (edit.changes or texts).items():
            file = site / self.path(uri)
            file.write_text(apply(file.read_text("utf-8-sig"), edits, self._encoding), "utf-8")
        for one in changes:
            if isinstance(one, types.RenameFile):
                (site / self.path(one.old_uri)).rename(site / self.path(one.new_uri))

    def position(self, text: str) -> types.Position:
        """Return where the cursor stands, in the units that were agreed on."""
        before = text.partition(CURSOR)[0]
        line = before.rpartition("\n")[2]
        width = {"utf-8": 1, "utf-16-le": 2}.get(self._encoding, 4)
        return types.Position(before.count("\n"), len(line.encode(self._encoding)) // width)

    def uri(self, path: str) -> str:
        return (self.site / path).as_uri()

    def path(self, uri: str) -> str:
        return uri.removeprefix(self.site.as_uri() + "/")

    def wait(self, done: Callable[[], bool]) -> None:
        async def look():
            while not done():  # noqa: ASYNC110 - whatever the server sends may be what is waited for
                await asyncio.sleep(0.01)

        self._run(look())

    def _keep(self, params: types.PublishDiagnosticsParams) -> None:
        self.told[self.path(params.uri)] = params

    def _ask(self, what, params, path, text):
        self.write(path, text)
        asked = params(types.TextDocumentIdentifier(self.uri(path)), self.position(text))
        return self._run(getattr(self._client, f"text_document_{what}_async")(asked))

    def _tell(self, what, *params):
        self._loop.call_soon_threadsafe(what, *params)

    def _run(self, work):
        async def within():
            return await asyncio.wait_for(work, SECONDS)

        return asyncio.run_coroutine_threadsafe(within(), self._loop).result()


def apply(text: str, edits: list[types.TextEdit], encoding: str) -> str:
    """Return a text with edits made as an editor makes them; the last one first."""
    width = {"utf-8": 1, "utf-16-le": 2}.get(encoding, 4)
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:row]) for row in range(len(lines) + 1)]

    def offset(position):
        line = lines[position.line] if position.line < len(lines) else ""
        return starts[position.line] + len(line.encode(encoding)[: position.character * width].decode(encoding))

    for edit in sorted(edits, key=lambda one: offset(one.range.start), reverse=True):
        text = text[: offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end) :]
    return text
