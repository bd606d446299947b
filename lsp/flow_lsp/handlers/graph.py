"""The graph of a pipeline for a preview beside its text: `flow/graph` and `flow/page`.

Both ask about `{textDocument: {uri}}`. The graph is `{version, picture, ranges, findings, stale}`:
what the page shows, for each box its range and `[{severity, code, message, range}]`, and the boxes
that show an older text because the one at hand is broken. The page is `{html}`.
"""

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from flow_core.diagnostics import Diagnostic, Severity
from flow_core.ide.healing.healed import Healed, heal
from flow_core.places import Span
from flow_lsp.document import OpenDocument
from flow_lsp.features import Feature
from flow_lsp.look import Look
from flow_lsp.session import Session

if TYPE_CHECKING:
    from flow_lsp.graph import Graph

_healed: WeakKeyDictionary[OpenDocument, Healed] = WeakKeyDictionary()
"""How the text of each document was healed last."""


async def graph(session: Session, params: Any) -> dict[str, Any]:
    """The graph of a document."""
    look, version, found = await _drawn(session, _uri(params))
    return {
        "version": version,
        "picture": found.picture,
        "ranges": {name: look.range(span) for name, span in found.spans.items()},
        "findings": {
            name: [_shown(look, each) for each in findings]
            for name, findings in found.findings.items()
        },
        "stale": found.stale,
    }


async def page(session: Session, params: Any) -> dict[str, str]:
    """The page that shows the graph, and takes later ones by message."""
    from flow_visualize.page import page as page_of

    _, _, found = await _drawn(session, _uri(params))
    return {"html": page_of(found.picture, title=found.picture["name"])}


def _uri(params: Any) -> str:
    """The document that is asked about. The protocol's own types do not cover our requests."""
    try:
        return str(params["textDocument"]["uri"])
    except (KeyError, TypeError) as error:
        raise JsonRpcInvalidParams("`textDocument.uri` was expected") from error


async def _drawn(session: Session, uri: str) -> "tuple[Look, int, Graph]":
    """The graph of a document as it is now, with its version and a look at it."""
    from flow_lsp.graph import graph_of

    document, look = session.document(uri), session.syntax(uri)
    version = document.version
    healed = _healed[document] = heal(look.module.document, _healed.get(document))
    findings = [_told(look, each) for each in session.checking.findings(document)]
    return look, version, await session.far(graph_of, uri, healed, findings)


def _told(look: Look, found: types.Diagnostic) -> Diagnostic:
    """A finding as it was before it was put into the client's terms, without its help."""
    span = Span(look.offset_at(found.range.start), look.offset_at(found.range.end))
    severity = Severity(found.severity or types.DiagnosticSeverity.Error)
    message = found.message.partition("\n")[0]
    return Diagnostic(look.module.file, span, str(found.code), "", severity, message)


def _shown(look: Look, found: Diagnostic) -> dict[str, Any]:
    return {
        "severity": found.severity.name.lower(),
        "code": found.code,
        "message": found.message,
        "range": look.range(found.span),
    }


FEATURES = (Feature("flow/graph", graph), Feature("flow/page", page))
