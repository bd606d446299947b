"""A look at a module, and the way from its spans to the client's ranges and back."""

from bisect import bisect_left
from collections.abc import Iterable

from lsprotocol import types
from pygls.uris import from_fs_path

from flow_core.diagnostics import Edit
from flow_core.ide.cursor import Cursor
from flow_core.ide.location import Location
from flow_core.ide.slices import Slice
from flow_core.module import Module
from flow_core.places import Span
from flow_core.syntax import Document
from flow_lsp.document import OpenDocument
from flow_lsp.encoding import Encoding


class Look:
    """A module of an open document, or of a slice of one, with the cursor's offset in it.

    ``uris`` spells the files that are open as the client does.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- what a look consists of
        self,
        document: OpenDocument,
        found: Slice,
        module: Module,
        encoding: Encoding,
        uris: dict[str, str],
        position: types.Position | None = None,
    ) -> None:
        self.document = document
        self.slice = found
        self.module = module
        self.encoding = encoding
        self._uris = uris
        self._texts: dict[str, Document | None] = {}
        self.offset = 0 if position is None else self.offset_at(position)

    @property
    def cursor(self) -> Cursor:
        """The cursor."""
        return Cursor(self.module, self.offset, self.slice.others)

    def offset_at(self, position: types.Position) -> int:
        """The offset in the module's text of a position in the file."""
        line, column = self.document.buffer.position(position, self.encoding)
        lines = self.slice.lines
        if not isinstance(lines, range):
            line = bisect_left(lines, line)
        return self.module.document.lines.offset(line, column)

    def range(self, span: Span, file: str = "") -> types.Range:
        """The range of a span of the module's text, or of that of another file."""
        if file in {"", self.module.file}:
            return types.Range(self._position(span.start), self._position(span.end))
        return self._elsewhere(file, span)

    def _position(self, offset: int) -> types.Position:
        table = self.module.document.lines
        number, column = table.position(offset)
        start = table.starts[number]
        units = self.encoding.units(self.module.document.text[start : start + column])
        lines = self.slice.lines
        if number < len(lines):
            return types.Position(lines[number], units)
        return types.Position((lines[-1] + 1 if lines else 0), units)

    def _elsewhere(self, file: str, span: Span) -> types.Range:
        document = self._text_of(file)
        if document is None:
            return types.Range(types.Position(0, 0), types.Position(0, 0))
        start, end = (self._in(document, offset) for offset in (span.start, span.end))
        return types.Range(start, end)

    def _in(self, document: Document, offset: int) -> types.Position:
        line, column = document.lines.position(offset)
        start = document.lines.starts[line]
        return types.Position(line, self.encoding.units(document.text[start : start + column]))

    def _text_of(self, file: str) -> Document | None:
        if file not in self._texts:
            text = self.document.project.text(file)
            self._texts[file] = None if text is None else Document(text, "yaml", None)
        return self._texts[file]

    def uri(self, file: str) -> str:
        """The URI of a file."""
        return uri_of(file, self._uris)

    def location(self, location: Location) -> types.Location:
        """A location in the client's terms."""
        file = location.file or self.module.file
        return types.Location(self.uri(file), self.range(location.span, file))

    def text_edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        """Edits of the module's own file."""
        return [types.TextEdit(self.range(edit.span), edit.text) for edit in edits]

    def edits(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """Edits of any files."""
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            file = edit.file or self.module.file
            found = types.TextEdit(self.range(edit.span, file), edit.text)
            changes.setdefault(self.uri(file), []).append(found)
        return types.WorkspaceEdit(changes=changes)


def uri_of(file: str, uris: dict[str, str]) -> str:
    """The URI of a file, as the client spells it if it is open."""
    return uris.get(file) or from_fs_path(file) or file
