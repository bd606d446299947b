"""Links: the files that a text names, and the addresses in its descriptions."""

import os
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from flow_core.analysis.resolve import PATHS
from flow_core.ide.levels import Level, level_at, scalars
from flow_core.ide.pieces import Piece, kind_of_module, pieces
from flow_core.module import Module
from flow_core.places import Span
from flow_core.syntax.nodes import Scalar
from flow_core.syntax.scalars import source_map

_ADDRESS = re.compile(r"https?://[^\s<>\"'`|{}\\^]*[^\s<>\"'`|{}\\^.,:;!?)\]]")
_PYTHON = "python:"


class Link(msgspec.Struct, frozen=True):
    """A range that leads to a ``file`` (absolute; to a line of it, from 0) or to an ``address``."""

    span: Span
    file: str = ""
    line: int = 0
    address: str = ""
    tooltip: str = ""


class _Named(msgspec.Struct, frozen=True):
    """What a text names, counted from the start of its piece."""

    kind: Literal["path", "module", "function", "address"]
    span: Span
    target: str


def links(module: Module) -> Iterator[Link]:
    """All links of a module whose targets are there, in the order of the text."""
    for placed in pieces(module.document, kind_of_module(module)):
        for named in placed.remembered(_named):
            span = Span(named.span.start + placed.start, named.span.end + placed.start)
            if named.kind == "address":
                yield Link(span, address=named.target)
            elif (found := _file(module, named)) is not None:
                file, line = found
                yield Link(span, file, line, tooltip=_tooltip(module, file))


def _tooltip(module: Module, file: str) -> str:
    return f"Open {os.path.relpath(file, module.project.settings.root).replace(os.sep, '/')}"


def _file(module: Module, named: _Named) -> tuple[str, int] | None:
    """The file and the line that are meant, if the project has them."""
    project = module.project
    if named.kind == "path":
        file = project.resolve(module.file, named.target)
        is_there = not project.is_outside(file) and project.text(file) is not None
        return (file, 0) if is_there else None
    name, _, function = named.target.partition(":")
    source = project.python_source(name)
    if source is None:
        return None
    file, text = source
    return file, _line_of(function, text) if function else 0


def _line_of(function: str, text: str) -> int:
    """The line of a function's definition, the first where there is none."""
    found = re.search(rf"^(?:async[ ]+)?def[ ]+{re.escape(function)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) if found else 0


# What a piece names


def _named(piece: Piece) -> tuple[_Named, ...]:
    found = [*_in_comments(piece)]
    if piece.root is not None:
        for node, level in scalars(piece.root, level_at(piece.path, piece.kind)):
            found += _in_scalar(piece, node, level)
    return tuple(sorted(found, key=lambda named: named.span))


def _in_comments(piece: Piece) -> Iterator[_Named]:
    for comment in piece.comments:
        for found in _ADDRESS.finditer(comment.text):
            start, end = (comment.span.start + offset for offset in found.span())
            yield _Named("address", Span(start, end), found[0])


def _in_scalar(piece: Piece, node: Scalar, level: Level) -> Iterator[_Named]:
    for kind, start, end, target in _targets(node.text, level):
        mapped = source_map(piece.text, -piece.shift, node, piece.syntax)
        yield _Named(kind, Span(*mapped.span(start, end)), target)


def _targets(
    text: str, level: Level
) -> Iterator[tuple[Literal["path", "module", "function", "address"], int, int, str]]:
    """What a scalar names: the kind of it, its range in the text, and the target."""
    owner = level.owner.name if level.owner else ""
    if level.format == "prose":
        for found in _ADDRESS.finditer(text):
            yield "address", *found.span(), found[0]
    elif text.startswith(_PYTHON) and owner == "imports":
        yield "module", 0, len(text), text.removeprefix(_PYTHON)
    elif owner == "python":
        yield "function", 0, len(text), text
    elif owner == "$ref" and (path := text.partition("#")[0]):
        yield "path", 0, len(text), path
    elif level.format == "path" or owner == "imports" or _is_path(text, level):
        yield "path", 0, len(text), text


def _is_path(text: str, level: Level) -> bool:
    """Whether what is called is a pipeline by its path."""
    return level.format == "reference" and text.startswith(PATHS)
