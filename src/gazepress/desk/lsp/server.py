"""How does the protocol reach all this? The server's features, each one question to a module of this package.

The protocol is the Language Server Protocol 3.17 (microsoft.github.io/language-server-protocol), spoken by pygls.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from gazepress import __version__
from gazepress.build import BuildOptions
from gazepress.desk.edits import ChangeError
from gazepress.desk.lsp.complete import complete
from gazepress.desk.lsp.hover import card, hover
from gazepress.desk.lsp.mends import quick_fixes
from gazepress.desk.lsp.navigate import define, find_citations, find_titles, outline
from gazepress.desk.lsp.rename import named_at, rename
from gazepress.desk.lsp.session import Session

_TURN = 0.001
"""Seconds after which the thread that reads the site lets an answer pass: five times as often as usual."""

_WATCHED = ("**/*.md", "**/*.markdown", "**/site.yaml", "**/_front.yaml")


def serve(options: Callable[[Path], BuildOptions], site: Path | None = None) -> None:
    """Answer an editor over standard input and output until it leaves; ``site`` is known or found by what it opens.

    The answers have the output for themselves: whatever else is printed goes where errors go.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.setswitchinterval(_TURN)
    _make_server(options, site).start_io(stdout=answers)


def _make_server(options: Callable[[Path], BuildOptions], site: Path | None) -> LanguageServer:
    # Whole texts at each change: pygls ends lines where the protocol does not (U+2028), and would put parts elsewhere.
    server = LanguageServer("gazepress", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    session = Session(server, options)
    _follow_texts(server, session, site)
    _end_at_once(server)
    _answer_about_places(server, session)
    _answer_about_texts(server, session)
    return server


def _follow_texts(server: LanguageServer, session: Session, site: Path | None) -> None:
    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        for folder in [site] if site else _roots(server):
            session.find_site(folder)
        await _watch(server)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        session.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        session.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        session.closed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_: types.DidSaveTextDocumentParams) -> None:
        session.saved()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def moved(_: types.DidChangeWatchedFilesParams) -> None:
        session.saved()


def _end_at_once(server: LanguageServer) -> None:
    """Let the server end with the editor, and not with a reading of the site that is under way: nothing is lost.

    The exit status is that of LSP 3.17, "Exit Notification".
    """
    status = 1

    @server.feature(types.SHUTDOWN)
    def leaving(*_: object) -> None:
        nonlocal status
        status = 0

    @server.feature(types.EXIT)
    def leave(*_: object) -> None:
        os._exit(status)


def _answer_about_places(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(["[", ":"], resolve_provider=True))
    async def completion(params: types.CompletionParams) -> types.CompletionList | None:
        asked = await session.context(params.text_document.uri)
        return complete(asked, asked.text.place(params.position)) if asked else None

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(item: types.CompletionItem) -> types.CompletionItem:
        path = item.data.get("path") if isinstance(item.data, dict) else None
        if path and session.site and session.site.archive:
            item.documentation = types.MarkupContent(types.MarkupKind.Markdown, card(session.site.archive, path))
        return item

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        asked = await session.context(params.text_document.uri)
        return hover(asked, asked.text.place(params.position)) if asked else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> types.Location | None:
        asked = await session.context(params.text_document.uri)
        return define(asked, asked.text.place(params.position), session.site.shelf) if asked and session.site else None

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> Sequence[types.Location]:
        asked = await session.context(params.text_document.uri)
        if not asked or not session.site:
            return []
        return [*find_citations(asked, asked.text.place(params.position), session.site.shelf)]


def _answer_about_texts(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: types.DocumentSymbolParams) -> Sequence[types.DocumentSymbol]:
        asked = await session.context(params.text_document.uri)
        return outline(asked) if asked else []

    @server.feature(types.WORKSPACE_SYMBOL)
    def titles(params: types.WorkspaceSymbolParams) -> Sequence[types.WorkspaceSymbol]:
        site = session.site
        return find_titles(site.archive, params.query, site.shelf) if site and site.archive else []

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        asked = await session.context(params.text_document.uri)
        named = named_at(asked, asked.text.place(params.position)) if asked else None
        if not asked or not named:
            return None
        return types.PrepareRenamePlaceholder(asked.text.range(named.start, named.end), named.name)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def renamed(params: types.RenameParams) -> types.WorkspaceEdit | None:
        asked = await session.context(params.text_document.uri)
        named = named_at(asked, asked.text.place(params.position)) if asked else None
        if not asked or not named or not session.site:
            return None
        try:
            return await asyncio.to_thread(rename, asked.archive, session.site.shelf, named, params.new_name)
        except ChangeError as error:
            raise _refusal(error) from error

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    async def actions(params: types.CodeActionParams) -> Sequence[types.CodeAction]:
        asked = await session.context(params.text_document.uri)
        if not asked or not session.site:
            return []
        return [*quick_fixes(asked, session.site.reports.problems(asked), params.range, session.site.shelf)]


def _refusal(error: ChangeError) -> JsonRpcException:
    """Return why a change cannot be made, as the editor shows it."""
    reasons = (f"{one.path}: {one.message}; {one.hint}".strip(" ;") for one in error.args)
    return JsonRpcException("; ".join(reasons), types.LSPErrorCodes.RequestFailed)


def _roots(server: LanguageServer) -> Iterator[Path]:
    """Yield the folders that the editor has open."""
    workspace = server.workspace
    for uri in (*workspace.folders, workspace.root_uri):
        folder = to_fs_path(uri) if uri else None
        if folder:
            yield Path(folder)


async def _watch(server: LanguageServer) -> None:
    """Ask the editor to tell of files that change without it: other programs write them, too."""
    workspace = server.client_capabilities.workspace
    files = workspace.did_change_watched_files if workspace else None
    if files is not None and files.dynamic_registration:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        asked = types.Registration("watch", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await server.client_register_capability_async(types.RegistrationParams([asked]))
