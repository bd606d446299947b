"""The survey: the findings of all files of the workspace that are not open."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from lsprotocol import types

from flow_lsp.document import OpenDocument
from flow_lsp.findings import converted
from flow_lsp.work import WorkError

if TYPE_CHECKING:
    from flow_core.diagnostics import Diagnostic
    from flow_lsp.session import Session

Report = Callable[[int, int, str], None]
"""Is told how many of how many files are done, and which was the last."""

_FullReport = types.WorkspaceFullDocumentDiagnosticReport


def result_id(found: Iterable[types.Diagnostic]) -> str:
    """An identifier of findings: the same have the same."""
    parts = (
        f"{each.code} {each.range!r} {each.severity} {each.message} {each.related_information!r}"
        for each in found
    )
    digest = hashlib.sha1("\n".join(parts).encode(errors="replace"), usedforsecurity=False)
    return digest.hexdigest()


class Survey:
    """Findings by file, kept until a file or one that it uses changes."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._found: dict[str, list[types.Diagnostic]] = {}
        self._files: list[str] | None = None
        self._lock = asyncio.Lock()

    def forget(self, files: Iterable[str], *, listing: bool = False) -> None:
        """Forget what files were found to have; with ``listing`` also which files there are."""
        for file in files:
            self._found.pop(file, None)
        if listing:
            self._files = None

    async def changes(self, known: dict[str, str]) -> list[types.WorkspaceDocumentDiagnosticReport]:
        """Reports on the files whose findings are not those that the client knows."""
        found = await self.all()
        reports: list[types.WorkspaceDocumentDiagnosticReport] = []
        uris = {self._session.uri(file): items for file, items in found.items()}
        for uri, items in uris.items():
            if known.get(uri, result_id([])) != (name := result_id(items)):
                reports.append(_FullReport(uri, items, result_id=name))
        gone = (u for u in known if u not in uris and u not in self._session.documents)
        reports += (_FullReport(uri, []) for uri in gone if known[uri] != "")
        return reports

    async def all(self, report: Report | None = None) -> dict[str, list[types.Diagnostic]]:
        """The findings of all files that are not open; ``report`` is told how far it is."""
        async with self._lock:
            files = await self.files()
            open_ = {document.file for document in self._session.documents.values()}
            closed = [file for file in files if file not in open_]
            for number, file in enumerate(closed):
                if file not in self._found:
                    self._found[file] = await self._check(file)
                if report is not None:
                    report(number + 1, len(closed), file)
            return {file: self._found[file] for file in closed if file in self._found}

    async def files(self) -> list[str]:
        """The Flow files of the workspace, looked up again once some may have come or gone."""
        found = self._files
        if found is None or not self._session.watches:
            found = self._files = await self._session.work.ask("files")
        return found

    async def _check(self, file: str) -> list[types.Diagnostic]:
        found: tuple[Diagnostic, ...]
        try:
            found = await self._session.work.ask("check", file)
        except WorkError:
            return []
        if not found:
            return []
        project = self._session.projects.of(file)
        document = OpenDocument(self._session.uri(file), file, project.text(file) or "", 0, project)
        look = self._session.checking.text_look(document)
        return [converted(look, each) for each in found]
