"""Findings for clients that pull them, of one document and of the workspace."""

from lsprotocol import types

from flow_lsp.features import Feature
from flow_lsp.session import Session
from flow_lsp.survey import result_id


def document(
    session: Session, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    """The findings of a document; only that they are the same, where they are."""
    found = session.checking.findings(session.document(params.text_document.uri))
    known = result_id(found)
    if params.previous_result_id == known:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=known)
    return types.RelatedFullDocumentDiagnosticReport(items=found, result_id=known)


async def workspace(
    session: Session, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """What changed in the findings of files that are not open; waits until something has."""
    known = {each.uri: each.value for each in params.previous_result_ids}
    while True:
        changed = session.checking.changed
        items = await session.survey.changes(known)
        if items:
            return types.WorkspaceDiagnosticReport(items)
        await changed.wait()


FEATURES = (
    Feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        document,
        types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="flow"
        ),
    ),
    Feature(types.WORKSPACE_DIAGNOSTIC, workspace),
)
