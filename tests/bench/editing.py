"""Someone who edits a project at random, always in the same way for the same seed."""

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

from client import Client, RefusedError
from typist import Document, Spot

_TYPED = (
    "\n  extra:\n    uses: std.log\n    with: {message: Hello}",
    "\n    retry: {max_attempts: 3, delay: 1s}",
    " ${{ steps.charge.outputs.receipt }}",
    "${{ inputs. }}",
    " # why, é and 𝄞",
    "when: ",
    "x",
)
_BREAKING = (
    "[",
    "{",
    '"',
    "'",
    "]: [",
    ": : ",
    "\t",
    "- ",
    "&a *b",
    "}}",
    "${{",
    "\n?",
    "\x00",
    "|",
)
_KEPT_LINES = 1.5
"""How much longer than at first a text may get before it is put back."""
_PLACE = ("hover", "definition", "typeDefinition", "documentHighlight", "signatureHelp")
_WHOLE = ("documentSymbol", "foldingRange", "documentLink", "codeLens")
_RANGE = ("inlayHint", "semanticTokens/range")
_STYLE = {"tabSize": 2, "insertSpaces": True}
_EXPECTED = {-32800, -32801, -32803}
"""Errors that are answers: cancelled, overtaken by an edit, impossible here."""


class Person:
    """An editor with some files open, and how long its requests took."""

    def __init__(self, client: Client, files: list[Path], seed: int) -> None:
        self._client = client
        self._files = files
        self._random = random.Random(seed)  # noqa: S311 -- nothing is secret
        self._open: list[Document] = []
        self._result_ids: dict[str, str] = {}
        self.seconds: list[float] = []
        self.failures: Counter[str] = Counter()
        self._acts = {
            self._type: 10,
            self._ask_place: 10,
            self._complete: 6,
            self._ask_whole: 4,
            self._ask_tokens: 4,
            self._delete: 4,
            self._paste: 2,
            self._break: 3,
            self._undo: 4,
            self._act: 3,
            self._rename: 2,
            self._format: 1,
            self._calls: 1,
            self._search: 1,
            self._cancel: 1,
            self._save: 1,
            self._switch: 1,
        }
        for _ in range(4):
            self._switch(None)

    def act(self) -> None:
        """Do one thing."""
        document = self._random.choice(self._open)
        (act,) = self._random.choices(list(self._acts), list(self._acts.values()))
        try:
            act(document)
        except RefusedError as error:
            if error.code not in _EXPECTED:
                self.failures[str(error)] += 1
        if len(document.lines) > len(document.saved.splitlines()) * _KEPT_LINES + 20:
            self._undo(document)

    def close(self) -> None:
        """Close everything."""
        while self._open:
            self._open.pop().close()

    def _request(self, method: str, params: Any) -> Any:
        start = time.perf_counter()
        try:
            return self._client.request(method, params)
        finally:
            self.seconds.append(time.perf_counter() - start)

    def _spot(self, document: Document) -> Spot:
        line = self._random.randrange(len(document.lines))
        return line, self._random.randint(0, len(document.lines[line].rstrip("\r\n")))

    def _span(self, document: Document, most: int) -> tuple[Spot, Spot]:
        start = self._spot(document)
        line = min(start[0] + self._random.randint(0, most), len(document.lines) - 1)
        end = line, self._random.randint(0, len(document.lines[line].rstrip("\r\n")))
        return min(start, end), max(start, end)

    def _ranged(self, document: Document, most: int) -> dict[str, Any]:
        return {**document.named(), "range": document.range(*self._span(document, most))}

    # Edits

    def _type(self, document: Document) -> None:
        spot = self._spot(document)
        for character in self._random.choice(_TYPED):
            spot = document.replace(spot, spot, character)
            self._client.rest(0.005)
            if self._random.random() < 0.1:
                self._request("textDocument/completion", document.at(spot))

    def _delete(self, document: Document) -> None:
        document.replace(*self._span(document, 3), "")

    def _paste(self, document: Document) -> None:
        first = self._random.randrange(len(document.lines))
        copied = "".join(document.lines[first : first + self._random.randint(1, 20)])
        spot = self._spot(document)
        document.replace(spot, spot, copied)

    def _break(self, document: Document) -> None:
        spot = self._spot(document)
        document.replace(spot, spot, self._random.choice(_BREAKING))

    def _undo(self, document: Document) -> None:
        last = len(document.lines) - 1
        document.replace((0, 0), (last, len(document.lines[last])), document.saved)

    # Requests

    def _ask_place(self, document: Document) -> None:
        method = self._random.choice(_PLACE)
        self._request(f"textDocument/{method}", document.at(self._spot(document)))
        ranged = self._ranged(document, 60)
        self._request(f"textDocument/{self._random.choice(_RANGE)}", ranged)
        context = {"context": {"includeDeclaration": True}}
        self._request("textDocument/references", document.at(self._spot(document)) | context)

    def _complete(self, document: Document) -> None:
        spot = self._spot(document)
        found = self._request("textDocument/completion", document.at(spot))
        items = found["items"] if isinstance(found, dict) else found or []
        if items:
            self._request("completionItem/resolve", self._random.choice(items))

    def _ask_whole(self, document: Document) -> None:
        method = self._random.choice(_WHOLE)
        found = self._request(f"textDocument/{method}", document.named())
        if method == "codeLens":
            for lens in found[:5]:
                self._request("codeLens/resolve", lens)

    def _ask_tokens(self, document: Document) -> None:
        method, params = "textDocument/semanticTokens/full", document.named()
        if document.uri in self._result_ids:
            method += "/delta"
            params["previousResultId"] = self._result_ids[document.uri]
        self._result_ids[document.uri] = self._request(method, params)["resultId"]

    def _act(self, document: Document) -> None:
        """Do what the server offers, here and in the other open files."""
        context = {"diagnostics": [], "triggerKind": 1}
        params = self._ranged(document, 4) | {"context": context}
        actions = self._request("textDocument/codeAction", params)
        if actions:
            chosen = self._request("codeAction/resolve", self._random.choice(actions))
            self._apply(chosen.get("edit"))

    def _rename(self, document: Document) -> None:
        place = document.at(self._spot(document))
        if self._request("textDocument/prepareRename", place):
            name = f"name{self._random.randrange(9)}"
            self._apply(self._request("textDocument/rename", place | {"newName": name}))

    def _apply(self, edit: dict[str, Any] | None) -> None:
        open_ = {document.uri: document for document in self._open}
        changes = dict((edit or {}).get("changes") or {})
        for each in (edit or {}).get("documentChanges") or ():
            if "edits" in each:
                changes[each["textDocument"]["uri"]] = each["edits"]
        for uri, edits in changes.items():
            if uri in open_:
                open_[uri].apply(edits)

    def _format(self, document: Document) -> None:
        params = document.named() | {"options": _STYLE}
        document.apply(self._request("textDocument/formatting", params) or [])

    def _calls(self, document: Document) -> None:
        place = document.at(self._spot(document))
        for item in self._request("textDocument/prepareCallHierarchy", place) or ():
            self._request("callHierarchy/incomingCalls", {"item": item})
            self._request("callHierarchy/outgoingCalls", {"item": item})

    def _search(self, _: Document) -> None:
        self._request("workspace/symbol", {"query": self._random.choice("aeiost")})

    def _cancel(self, document: Document) -> None:
        method = "textDocument/references"
        context = {"context": {"includeDeclaration": True}}
        number = self._client.ask(method, document.at(self._spot(document)) | context)
        self._client.notify("$/cancelRequest", {"id": number})
        self._client.answer(number, method)

    # Files

    def _save(self, document: Document) -> None:
        """Save as it was: whoever watches files hears of it all the same."""
        self._undo(document)
        self._client.notify("textDocument/didSave", document.named())
        changes = [
            {"uri": file.as_uri(), "type": 2} for file in self._random.sample(self._files, 2)
        ]
        self._client.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    def _switch(self, document: Document | None) -> None:
        """Close a file, and open one that is not open."""
        if document is not None:
            self._open.remove(document)
            self._result_ids.pop(document.uri, None)
            document.close()
        known = {document.uri for document in self._open}
        file = self._random.choice([file for file in self._files if file.as_uri() not in known])
        opened = Document(self._client, str(file), file.read_text("utf-8"), "flow")
        self._open.append(opened)
        opened.open()
