"""The server: what is opened, written and saved is checked a moment later, and what is found is shown in its place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from transcheck.lsp.checker import Checker, Outcome
from transcheck.lsp.desk import Desk, Opened, real
from transcheck.lsp.fixes import GO_TO, Able, fixes
from transcheck.lsp.hover import hover
from transcheck.lsp.shown import Mark, by_file, not_checked
from transcheck.run.sidecar import SUFFIX
from transcheck.version import VERSION

DELAY = 0.4
"""Seconds without a key from which a text is checked."""

WATCHED = ("**/*.{md,markdown,html,htm,txt,po,xlf,xliff,tmx,srt,vtt}", "**/*.toml", "**/.transcheck-baseline.json")
"""Files whose change on the disk may change what is found in an open text."""

_log = logging.getLogger(__name__)


class Server(LanguageServer):
    """A language server with a thread of its own for the checks; ``delay`` is in seconds."""

    def __init__(self, checker: Checker | None = None, delay: float = DELAY) -> None:
        # Whole texts, not their changes: they are short, and a line of the protocol is not always one of Python.
        super().__init__("transcheck", VERSION, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.delay = delay
        self._checker = checker or Checker()
        self._thread = ThreadPoolExecutor(1, "transcheck")
        self._timers: dict[Path, asyncio.TimerHandle] = {}
        self._waiting: dict[Path, None] = {}
        self._work: asyncio.Task[None] | None = None
        self._groups: dict[Path, tuple[Path, ...]] = {}
        self.marks: dict[str, list[Mark]] = {}
        self.bidden = False
        """Whether the client has asked the server to shut down, before it tells it to exit."""

    def desk(self) -> Desk:
        """Return what is open now."""
        found = []
        for uri, document in self.workspace.text_documents.items():
            path = to_fs_path(uri)
            if path is not None:
                found.append(Opened(uri, Path(path), document.source, document.version))
        encoding = self.workspace.position_encoding or lsp.PositionEncodingKind.Utf16
        return Desk.of(found, getattr(encoding, "value", encoding))

    def able(self) -> Able:
        """Return what the client said that it can do."""
        told = self.client_capabilities
        edits = told.workspace.workspace_edit if told.workspace else None
        window = told.window.show_document if told.window else None
        return Able(
            versions=bool(edits and edits.document_changes),
            snippets=bool(edits and edits.snippet_edit_support),
            new_files=bool(edits and lsp.ResourceOperationKind.Create in (edits.resource_operations or ())),
            shows=bool(window and window.support),
        )

    def schedule(self, uri: str, delay: float = 0.0) -> None:
        """Have a file checked after a delay in seconds, counted anew from the last time that this was asked for."""
        name = to_fs_path(uri)
        if name is None:  # no file yet: it has no other version
            return
        path = real(Path(name))
        if path in self._timers:
            self._timers.pop(path).cancel()
        self._timers[path] = asyncio.get_running_loop().call_later(delay, self._due, path)

    def schedule_all(self) -> None:
        """Have every open file checked."""
        for document in self.desk().opened.values():
            self.schedule(document.uri)

    def close_file(self, uri: str) -> None:
        """Take away what is shown of a group of which nothing is open any more; check it else, as the disk has it."""
        name = to_fs_path(uri)
        if name is None:
            return
        files = self._groups.pop(real(Path(name)), ())
        still = [d for p, d in self.desk().opened.items() if p in files]
        if still:
            self.schedule(still[0].uri)
        else:
            self._show([], files, Desk.of(()))

    def _due(self, path: Path) -> None:
        self._timers.pop(path, None)
        self._waiting[path] = None
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._check_waiting())

    async def _check_waiting(self) -> None:
        while self._waiting:
            path = next(iter(self._waiting))
            del self._waiting[path]
            desk = self.desk()
            if desk.document(path) is None:
                continue
            try:
                outcome = await asyncio.get_running_loop().run_in_executor(
                    self._thread, self._checker.check, path, desk
                )
            except Exception as error:  # a defect of ours must not take the editor's server away
                _log.exception("check of %s", path)
                message = f"transcheck failed on this text ({type(error).__name__}: {error}); please report it"
                outcome = Outcome((path,), (not_checked(path, message, desk),))
            self._settle(path, outcome, desk)

    def _settle(self, path: Path, outcome: Outcome, desk: Desk) -> None:
        """Show an outcome, and note that it is about all files of the group."""
        left = [f for f in self._groups.get(path, ()) if f not in outcome.files]
        for file in outcome.files:
            if desk.document(file) is not None:
                self._groups[file] = outcome.files
                self._waiting.pop(file, None)
        self._show(outcome.marks, (*outcome.files, *left), desk)
        for file in left:  # what was a version of this text once is another one now
            document = self.desk().document(file)
            if document is not None:
                self.schedule(document.uri)

    def _show(self, found: Sequence[Mark], files: Sequence[Path], desk: Desk) -> None:
        """Publish marks, and nothing for the files that have none any more."""
        listed = by_file(found, desk)
        now = {d.uri: d for d in self.desk().opened.values()}
        then = {d.uri: d for d in desk.opened.values()}
        for uri in dict.fromkeys((*listed, *(desk.uri(f) for f in files))):
            if uri in now and uri in then and now[uri].version != then[uri].version:
                continue  # written on meanwhile: a check of the newer text is under way
            if uri not in listed and uri not in now and not self.marks.get(uri):
                continue  # nothing is shown there
            self.marks[uri] = listed.get(uri, [])
            diagnostics = [m.diagnostic for m in self.marks[uri]]
            version = now[uri].version if uri in now else None
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics, version))

    def shutdown(self) -> None:
        """Stop, without waiting for a check that is under way."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        super().shutdown()  # type: ignore[no-untyped-call]


def server(checker: Checker | None = None, delay: float = DELAY) -> Server:
    """Return a server with all that it answers to."""
    made = Server(checker, delay)
    _documents(made)
    _questions(made)
    return made


def _documents(made: Server) -> None:
    """Let a server know what is opened, written, saved and closed."""

    @made.feature(lsp.INITIALIZED)
    def initialized(ls: Server, _: Any) -> None:
        workspace = ls.client_capabilities.workspace
        files = workspace.did_change_watched_files if workspace else None
        if files and files.dynamic_registration:
            options = lsp.DidChangeWatchedFilesRegistrationOptions([lsp.FileSystemWatcher(g) for g in WATCHED])
            one = lsp.Registration("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            ls.client_register_capability(lsp.RegistrationParams([one]))

    @made.feature(lsp.SHUTDOWN)
    def bidden(ls: Server, _: Any) -> None:
        ls.bidden = True

    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: lsp.DidOpenTextDocumentParams) -> None:
        ls.schedule(params.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: lsp.DidChangeTextDocumentParams) -> None:
        ls.schedule(params.text_document.uri, ls.delay)

    @made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: lsp.DidSaveTextDocumentParams) -> None:
        ls.schedule(params.text_document.uri)
        if params.text_document.uri.endswith((SUFFIX, ".toml", ".json")):
            ls.schedule_all()

    @made.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: lsp.DidCloseTextDocumentParams) -> None:
        ls.close_file(params.text_document.uri)

    @made.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_on_disk(ls: Server, _: lsp.DidChangeWatchedFilesParams) -> None:
        for document in ls.desk().opened.values():
            ls.schedule(document.uri, ls.delay)


def _questions(made: Server) -> None:
    """Let a server answer what is asked about a place."""

    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def told(ls: Server, params: lsp.HoverParams) -> lsp.Hover | None:
        texts = ls.client_capabilities.text_document
        kinds = texts.hover.content_format if texts and texts.hover else None
        markdown = kinds is None or lsp.MarkupKind.Markdown in kinds
        found = ls.marks.get(params.text_document.uri, [])
        return hover(found, params.position, ls.desk(), markdown=markdown)

    @made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix]))
    def actions(ls: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        only = params.context.only
        if only and not any(lsp.CodeActionKind.QuickFix.value.startswith(str(getattr(k, "value", k))) for k in only):
            return []
        return fixes(ls.marks.get(params.text_document.uri, []), params.range, ls.desk(), ls.able())

    @made.command(GO_TO)
    async def go_to(ls: Server, uri: str, at: lsp.Position) -> None:
        span = lsp.Range(at, at)
        await ls.window_show_document_async(lsp.ShowDocumentParams(uri, take_focus=True, selection=span))
