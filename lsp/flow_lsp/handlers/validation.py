"""The command that checks the whole workspace, with progress."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable

from lsprotocol import types

from flow_lsp.features import Feature
from flow_lsp.session import Session

COMMAND = "flow.server.validateWorkspace"


async def validate(session: Session, _: types.ExecuteCommandParams) -> dict[str, int]:
    """Check all files; gives how many there are, and how many findings of each severity."""
    begin, report, end = await _progress(session)
    begin()
    try:
        found = await session.survey.all(report)
    finally:
        end()
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


async def _progress(
    session: Session,
) -> tuple[Callable[[], None], Callable[[int, int, str], None], Callable[[], None]]:
    """How to begin, report and end: nothing at all for a client that shows no progress."""
    window = session.client.window
    if window is None or not window.work_done_progress:
        return (lambda: None), (lambda *_: None), (lambda: None)
    token = str(uuid.uuid4())
    progress = session.server.work_done_progress
    await progress.create_async(token)

    def begin() -> None:
        progress.begin(token, types.WorkDoneProgressBegin("Flow: checking", percentage=0))

    def report(done: int, of: int, file: str) -> None:
        name = file.rsplit("/", 1)[-1]
        share = 100 * done // of
        progress.report(token, types.WorkDoneProgressReport(message=name, percentage=share))

    def end() -> None:
        progress.end(token, types.WorkDoneProgressEnd())
        progress.tokens.pop(token, None)

    return begin, report, end


FEATURES = (
    Feature(
        types.WORKSPACE_EXECUTE_COMMAND, validate, types.ExecuteCommandOptions(commands=[COMMAND])
    ),
)
