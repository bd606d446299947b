"""Parameters for every request that the server answers, at any position of a document."""

from collections.abc import Callable
from typing import Any

from flow_lsp.features import features

Params = Callable[[str, dict[str, int], dict[str, int]], dict[str, Any]]
"""Of a URI, a position and the end of the document."""


def _document(uri: str, _: Any, __: Any) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}}


def _position(uri: str, at: Any, _: Any) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": at}


def _range(uri: str, at: Any, end: Any) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "range": {"start": at, "end": end}}


_FORMAT = {"tabSize": 2, "insertSpaces": True}

REQUESTS: dict[str, Params] = {
    "textDocument/diagnostic": _document,
    "textDocument/completion": lambda *a: {**_position(*a), "context": {"triggerKind": 1}},
    "textDocument/hover": _position,
    "textDocument/signatureHelp": _position,
    "textDocument/definition": _position,
    "textDocument/declaration": _position,
    "textDocument/typeDefinition": _position,
    "textDocument/implementation": _position,
    "textDocument/references": lambda *a: {
        **_position(*a),
        "context": {"includeDeclaration": True},
    },
    "textDocument/documentHighlight": _position,
    "textDocument/prepareRename": _position,
    "textDocument/prepareCallHierarchy": _position,
    "textDocument/documentSymbol": _document,
    "textDocument/codeAction": lambda *a: {**_range(*a), "context": {"diagnostics": []}},
    "textDocument/formatting": lambda *a: {**_document(*a), "options": _FORMAT},
    "textDocument/rangeFormatting": lambda *a: {**_range(*a), "options": _FORMAT},
    "textDocument/onTypeFormatting": lambda *a: {**_position(*a), "ch": "\n", "options": _FORMAT},
    "textDocument/semanticTokens/full": _document,
    "textDocument/semanticTokens/full/delta": lambda *a: {**_document(*a), "previousResultId": "0"},
    "textDocument/semanticTokens/range": _range,
    "textDocument/inlayHint": _range,
    "textDocument/codeLens": _document,
    "textDocument/foldingRange": _document,
    "textDocument/selectionRange": lambda uri, at, _: {
        "textDocument": {"uri": uri},
        "positions": [at],
    },
    "textDocument/documentLink": _document,
    "flow/graph": _document,
    "flow/page": _document,
}
"""Requests about a document."""

OTHERS = {
    "initialized",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "textDocument/rename",
    "completionItem/resolve",
    "codeAction/resolve",
    "codeLens/resolve",
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
    "workspace/diagnostic",
    "workspace/symbol",
    "workspace/executeCommand",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "workspace/didChangeConfiguration",
    "workspace/willRenameFiles",
    "workspace/didRenameFiles",
    "workspace/willDeleteFiles",
    "workspace/didDeleteFiles",
    "workspace/didCreateFiles",
}
"""What is no request about a place of a document; tested elsewhere."""


def answered() -> list[str]:
    """The requests about a document that the server answers."""
    return [each.method for each in features() if each.method in REQUESTS]
