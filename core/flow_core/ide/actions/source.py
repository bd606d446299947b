"""Source text on the move: out of one file and its indentation, into another place."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from flow_core.diagnostics import Edit, Json
from flow_core.places import Path, Place, Span
from flow_core.syntax.document import Document
from flow_core.syntax.patch import apply_edits
from flow_core.syntax.render import entry_lines, flow_text, json_lines
from flow_core.syntax.siblings import Siblings
from flow_core.syntax.splice import indentation
from flow_core.syntax.writing import write_text


class Lines(msgspec.Struct, frozen=True):
    """The source of a mapping's members, without their indentation."""

    text: str


Content: TypeAlias = "Json | Lines"


class Members:
    """Some neighbouring members of a mapping, as the text that they are."""

    def __init__(self, document: Document, parent: Path, names: Sequence[str]) -> None:
        self._document = document
        self._siblings = Siblings(document, parent)
        extents = [self._siblings.extent(self._siblings.index(name)) for name in names]
        self._pieces = extents if self._siblings.flow else [Span(extents[0].start, extents[-1].end)]
        self.span = Span(extents[0].start, extents[-1].end)

    @property
    def flow(self) -> bool:
        """Whether they stand between braces."""
        return self._siblings.flow

    def lines(self, edits: Iterable[Edit] = (), *, flow: bool = False) -> Lines:
        """Their text after some edits; with ``flow``, and in JSON, with commas between them."""
        between = ",\n" if flow or self._document.kind == "json" else "\n"
        wanted = list(edits)
        return Lines(between.join(self._piece(piece, wanted) for piece in self._pieces))

    def _piece(self, piece: Span, edits: list[Edit]) -> str:
        """One piece; an edit that also takes the end of its line ends with the piece."""
        inside = [_clipped(edit, piece) for edit in edits if _is_in(edit.span, piece)]
        text = self._document.text
        line = text[text.rfind("\n", 0, piece.start) + 1 : piece.start]
        column = len(line) - len(line.lstrip(" ")) if self._siblings.flow else len(line)
        new = apply_edits(text[piece.start : piece.end], inside)
        return outdented(new.replace("\r\n", "\n"), column).strip("\n ")

    def replaced(self, name: str, value: Mapping[str, Content]) -> Edit:
        """The edit that puts one other member in their place."""
        kind, step = self._document.kind, indentation(self._document)
        if kind == "json":
            text = f"{json.dumps(name)}: {object_text(value, step)}"
            text = text if self._siblings.own_lines else " ".join(map(str.strip, text.split("\n")))
        elif self._siblings.flow:
            text = f"{write_text(name, flow=True)}: {flow_mapping(value)}"
        else:
            text = f"{write_text(name)}:\n{indented(block_text(value, step), step)}"
        return Edit("", self.span, _at_column(self._document, self.span.start, text))


def exchanged(document: Document, path: Path, members: Mapping[str, Content]) -> Edit:
    """The edit that puts several members in the place of one; in YAML not between braces.

    The comments above it stay where they are, and that behind it, behind the first line.
    """
    step, span = indentation(document), document.locate(Place(path, "entry"))
    if document.kind == "json":
        inner = object_text(members, step).split("\n")[1:-1]
        text = outdented("\n".join((inner[0].lstrip(" "), *inner[1:])), step)
        spread = Siblings(document, path[:-1]).own_lines
        text = text if spread else " ".join(map(str.strip, text.split("\n")))
        return Edit("", span, _at_column(document, span.start, text))
    comment = document.text[span.end :].split("\n", 1)[0].rstrip()
    first, *rest = block_text(members, step).split("\n")
    text = "\n".join((first + comment, *rest))
    covered = Span(span.start, span.end + len(comment))
    return Edit("", covered, _at_column(document, span.start, text))


def _at_column(document: Document, offset: int, text: str) -> str:
    """A text over several lines, as it stands from an offset on."""
    column = document.lines.position(offset)[1]
    newline = "\r\n" if "\r\n" in document.text else "\n"
    first, *rest = text.split("\n")
    return newline.join((first, *(" " * column + line if line else "" for line in rest)))


def block_text(value: Mapping[str, Content], step: int) -> str:
    """A mapping as a block of YAML."""
    lines: list[str] = []
    for name, content in value.items():
        if isinstance(content, Lines):
            lines += (f"{write_text(name)}:", indented(content.text, step))
        else:
            lines += entry_lines(name, content, step)
    return "\n".join(lines)


def object_text(value: Mapping[str, Content], step: int) -> str:
    """A mapping as JSON over several lines."""
    members: list[str] = []
    for name, content in value.items():
        if isinstance(content, Lines):
            inner = f"{{\n{indented(content.text, step)}\n}}"
        else:
            inner = "\n".join(json_lines(content, step))
        members.append(f"{json.dumps(name)}: {inner}")
    return "{\n" + indented(",\n".join(members), step) + "\n}"


def flow_mapping(value: Mapping[str, Content]) -> str:
    """A mapping of YAML between braces."""
    members = (
        f"{write_text(name, flow=True)}: "
        + (f"{{{content.text}}}" if isinstance(content, Lines) else flow_text(content))
        for name, content in value.items()
    )
    return "{" + ", ".join(members) + "}"


def _is_in(span: Span, piece: Span) -> bool:
    """Whether an edit is one of a piece: what is inserted at its end is, too."""
    inserts = span.start == span.end == piece.end
    return piece.start <= span.start < piece.end or inserts


def _clipped(edit: Edit, piece: Span) -> Edit:
    """An edit of a text as one of a piece of it."""
    end = min(edit.span.end, piece.end)
    return Edit("", Span(edit.span.start - piece.start, end - piece.start), edit.text)


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
