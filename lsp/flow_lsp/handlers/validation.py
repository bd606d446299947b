"""The command that checks the whole workspace, with progress."""

import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import TypeAlias

from lsprotocol import types

from flow_lsp.features import Feature
from flow_lsp.session import Session

COMMAND = "flow.server.validateWorkspace"


async def validate(session: Session, _: types.ExecuteCommandParams) -> dict[str, int]:
    """Check all files; gives how many there are, and how many findings of each severity."""
    progress = _Progress(session)
    await progress.begin()
    try:
        found = await session.survey.all(progress.report)
    finally:
        progress.end()
    opened = {d.uri: session.checking.findings(d) for d in session.documents.values()}
    closed = {session.uri(file): items for file, items in found.items()}
    if not session.checking.pulls:
        for uri, items in closed.items():
            params = types.PublishDiagnosticsParams(uri, items)
            session.server.text_document_publish_diagnostics(params)
    return _counts(len(opened) + len(closed), [*opened.values(), *closed.values()])


def _counts(files: int, found: Iterable[list[types.Diagnostic]]) -> dict[str, int]:
    severities = Counter(each.severity for items in found for each in items)
    return {
        "files": files,
        "errors": severities[types.DiagnosticSeverity.Error],
        "warnings": severities[types.DiagnosticSeverity.Warning],
    }


_Value: TypeAlias = (
    types.WorkDoneProgressBegin | types.WorkDoneProgressReport | types.WorkDoneProgressEnd
)


class _Progress:
    """Tells the client how far it is, if the client shows such things."""

    def __init__(self, session: Session) -> None:
        window = session.client.window
        self._token = str(uuid.uuid4()) if window and window.work_done_progress else ""
        self._server = session.server

    async def begin(self) -> None:
        """Say that it begins."""
        if self._token:
            params = types.WorkDoneProgressCreateParams(self._token)
            await self._server.window_work_done_progress_create_async(params)
            self._tell(types.WorkDoneProgressBegin("Flow: checking", percentage=0))

    def report(self, done: int, of: int, file: str) -> None:
        """Say which of how many files are done, and which was the last."""
        name, share = PurePath(file).name, 100 * done // of
        self._tell(types.WorkDoneProgressReport(message=name, percentage=share))

    def end(self) -> None:
        """Say that it is over."""
        self._tell(types.WorkDoneProgressEnd())

    def _tell(self, value: _Value) -> None:
        if self._token:
            self._server.progress(types.ProgressParams(self._token, value))


FEATURES = (
    Feature(
        types.WORKSPACE_EXECUTE_COMMAND, validate, types.ExecuteCommandOptions(commands=[COMMAND])
    ),
)
