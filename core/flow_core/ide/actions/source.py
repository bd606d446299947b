"""Source text on the move: out of one file and its indentation, into another place."""

from collections.abc import Iterable, Sequence

from flow_core.diagnostics import Edit, Json
from flow_core.places import Path, Span
from flow_core.syntax.document import Document
from flow_core.syntax.patch import apply_edits
from flow_core.syntax.render import entry_lines, flow_text, json_lines
from flow_core.syntax.siblings import Siblings
from flow_core.syntax.splice import indentation
from flow_core.syntax.writing import write_text


class Members:
    """Some neighbouring members of a mapping, as the text that they are."""

    def __init__(self, document: Document, parent: Path, names: Sequence[str]) -> None:
        self._document = document
        self._siblings = Siblings(document, parent)
        extents = [self._siblings.extent(self._siblings.index(name)) for name in names]
        self._pieces = extents if self._siblings.flow else [Span(extents[0].start, extents[-1].end)]
        self.span = Span(extents[0].start, extents[-1].end)

    def text(self, edits: Iterable[Edit] = ()) -> str:
        """Their text without its indentation, after some edits; in JSON with commas between."""
        between = ",\n" if self._document.kind == "json" else "\n"
        wanted = list(edits)
        return between.join(self._piece(piece, wanted) for piece in self._pieces)

    def _piece(self, piece: Span, edits: list[Edit]) -> str:
        """One piece; an edit that also takes the end of its line ends with the piece."""
        inside = [
            Edit("", Span(e.span.start - piece.start, min(e.span.end, piece.end) - piece.start), e.text)
            for e in edits
            if piece.start <= e.span.start < piece.end
        ]
        text = self._document.text
        line = text[text.rfind("\n", 0, piece.start) + 1 : piece.start]
        column = len(line) - len(line.lstrip(" ")) if self._siblings.flow else len(line)
        new = apply_edits(text[piece.start : piece.end], inside)
        return outdented(new.replace("\r\n", "\n"), column).strip("\n ")

    def replaced(self, name: str, value: Json) -> Edit:
        """The edit that puts one other member in their place."""
        return Edit("", self.span, self._indented(self._lines(name, value)))

    def _lines(self, name: str, value: Json) -> list[str]:
        step = indentation(self._document)
        if self._document.kind == "json":
            first, *rest = json_lines(value, step)
            lines = [f"{json_lines(name, step)[0]}: {first}", *rest]
            return lines if self._siblings.own_lines else [" ".join(map(str.strip, lines))]
        if self._siblings.flow:
            return [f"{write_text(name, flow=True)}: {flow_text(value)}"]
        return entry_lines(name, value, step)

    def _indented(self, lines: list[str]) -> str:
        text = self._document.text
        column = self.span.start - text.rfind("\n", 0, self.span.start) - 1
        newline = "\r\n" if "\r\n" in text else "\n"
        return (newline + " " * column).join(lines)


def outdented(text: str, column: int) -> str:
    r"""A text whose lines, but for the first, lose up to so many leading blanks.

    >>> outdented("a:\n    b: 1\n", 2)
    'a:\n  b: 1\n'
    """
    first, *rest = text.split("\n")
    return "\n".join((first, *(line[min(column, _blanks(line)) :] for line in rest)))


def indented(text: str, column: int) -> str:
    """A text whose lines get so many blanks more; empty ones stay empty."""
    return "\n".join(" " * column + line if line.strip() else "" for line in text.split("\n"))


def _blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
