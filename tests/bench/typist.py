"""An open document, and someone who types in it."""

from typing import Any, NamedTuple

from client import Client
from lsprotocol.types import Position, PositionEncodingKind

from flow_lsp.buffer import Buffer
from flow_lsp.encoding import Encoding

Spot = tuple[int, int]
"""Line and column in code points."""


class Document:
    """A document that a client has open."""

    def __init__(self, client: Client, name: str, text: str, language: str = "yaml") -> None:
        self.client = client
        self.uri = (client.folder / name).as_uri()
        self.language = language
        self.version = 0
        self.saved = text
        self._buffer = Buffer(text)
        self._encoding = Encoding(PositionEncodingKind.Utf16)

    @property
    def lines(self) -> list[str]:
        """Its lines, with their ends."""
        return self._buffer.lines

    @property
    def text(self) -> str:
        """All of it."""
        return self._buffer.text

    def open(self) -> None:
        """Open it."""
        self.version += 1
        item = {"uri": self.uri, "languageId": self.language, "version": self.version}
        self.client.findings.pop(self.uri, None)
        self.client.notify("textDocument/didOpen", {"textDocument": {**item, "text": self.text}})

    def close(self) -> None:
        """Close it."""
        self.client.notify("textDocument/didClose", self.named())

    def replace(self, start: Spot, end: Spot, text: str) -> Spot:
        """Replace a range; where the new text ends."""
        found = self.range(start, end)
        splice = self._buffer.replace(start, end, text)
        self.version += 1
        params = {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"range": found, "text": text}],
        }
        self.client.findings.pop(self.uri, None)
        self.client.notify("textDocument/didChange", params)
        return splice.new_end

    def diagnosed(self) -> list[dict[str, Any]]:
        """The findings of the document as it is, once they are there.

        A server that names no version means the last one.
        """
        self.client.until(self._is_diagnosed)
        found: list[dict[str, Any]] = self.client.findings[self.uri]["diagnostics"]
        return found

    def _is_diagnosed(self) -> bool:
        found = self.client.findings.get(self.uri)
        return found is not None and (found.get("version") or self.version) >= self.version

    def named(self) -> dict[str, Any]:
        """Parameters of a request about the document."""
        return {"textDocument": {"uri": self.uri}}

    def at(self, spot: Spot) -> dict[str, Any]:
        """Parameters of a request about a position."""
        return {**self.named(), "position": self._position(spot)}

    def range(self, start: Spot, end: Spot) -> dict[str, Any]:
        """A range as the protocol writes it."""
        return {"start": self._position(start), "end": self._position(end)}

    def _position(self, spot: Spot) -> dict[str, int]:
        line, column = spot
        return {"line": line, "character": self._encoding.units(self.lines[line][:column])}

    def apply(self, edits: list[dict[str, Any]]) -> None:
        """Make edits that the server answered with: those behind first, which move no others."""
        ordered = sorted(edits, key=_start)
        for edit in reversed(ordered):
            start, end = (self._spot(edit["range"][side]) for side in ("start", "end"))
            self.replace(start, end, edit["newText"])

    def _spot(self, position: dict[str, int]) -> Spot:
        return self._buffer.position(Position(**position), self._encoding)

    def find(self, words: str, line: int) -> Spot:
        """Where words end first, from a line on.

        Raises:
            LookupError: They do not stand there.
        """
        for number in range(line, len(self.lines)):
            column = self.lines[number].find(words)
            if column >= 0:
                return number, column + len(words)
        raise LookupError(words)


def _start(edit: dict[str, Any]) -> tuple[int, int]:
    start = edit["range"]["start"]
    return start["line"], start["character"]


class Place(NamedTuple):
    """Where someone types: behind which words, and which keys."""

    name: str
    words: str
    keys: tuple[str, ...]


VALUE = Place("a value", 'text: "after', (" ", "i", "t"))
COMMENT = Place("a comment", "# Waits", (" ", "a", "b"))
EXPRESSION = Place("an expression", "outputs.count", (" ", "+", " ", "1"))
KEY = Place("a new key", "timeout: 30s", ("\n    ", "d", "e", "s"))
PLACES = (VALUE, COMMENT, EXPRESSION, KEY)
"""What is typed inside of a step of `samples`; at most times it is broken."""


class Typing:
    """Someone who types at the place that follows a line, and takes it back key by key."""

    def __init__(self, document: Document, place: Place, line: int) -> None:
        self._document = document
        self._keys = list(reversed(place.keys))
        self._typed: list[tuple[Spot, Spot]] = []
        self.keystrokes = 2 * len(place.keys)
        self.caret = document.find(place.words, line)

    def press(self) -> None:
        """Press the next key."""
        if self._keys:
            start = self.caret
            self.caret = self._document.replace(start, start, self._keys.pop())
            self._typed.append((start, self.caret))
        else:
            self.caret = self._document.replace(*self._typed.pop(), "")
