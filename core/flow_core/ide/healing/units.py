"""The units of a text: what can be replaced in it without touching the rest."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec

from flow_core.ide.healing.sense import makes_sense
from flow_core.ide.levels import level_at
from flow_core.ide.pieces import Piece, PlacedPiece, pieces
from flow_core.places import Path, Span
from flow_core.syntax import Document, Mapping, SyntaxProblem
from flow_core.syntax.blocks import NESTED
from flow_core.syntax.nodes import Entry, Scalar
from flow_core.syntax.problems import LOSING_NOTHING

_HARMLESS = LOSING_NOTHING - {"duplicate-key"}
"""What does not break a unit. A key twice may come from the unit behind, whose name is gone."""


class Unit(msgspec.Struct, frozen=True):
    """A part of a text: the paths of what it declares, its text, and where that is."""

    paths: tuple[Path, ...]
    text: str
    span: Span
    sound: bool = True

    def bare(self, start: int, end: int) -> Span:
        """Where a range of its text is, without the space around that."""
        text = self.text[start:end]
        first = self.span.start + start + len(text) - len(text.lstrip())
        return Span(first, max(self.span.start + start + len(text.rstrip()), first))


def units(document: Document) -> list[Unit]:
    """The units of a document, in order."""
    return list(_entries(document) if document.kind == "json" else _blocks(document))


def joined(document: Document, found: Sequence[Unit]) -> tuple[str, list[int]]:
    """A text of units, and where each starts in it."""
    write = _json if document.kind == "json" else _yaml
    text = ""
    starts: list[int] = []
    for piece, is_unit in write(found):
        if is_unit:
            starts.append(len(text))
        text += piece
    return text, starts


def _broken_by(problems: Sequence[SyntaxProblem]) -> list[int]:
    """Where the problems are that may have lost something."""
    return [problem.span.start for problem in problems if problem.kind not in _HARMLESS]


# YAML


def _blocks(document: Document) -> Iterator[Unit]:
    placed = list(pieces(document, "pipeline"))
    starts = [*(each.start for each in placed), len(document.text)]
    for each, (start, end) in zip(placed, pairwise(starts), strict=True):
        paths = each.remembered(_paths)
        yield Unit(paths, each.piece.text, Span(start, end), _is_sound(each))


def _paths(piece: Piece) -> tuple[Path, ...]:
    root = piece.root
    if isinstance(root, Mapping):
        return tuple((*piece.path, entry.key.text) for entry in root.entries)
    return ((*piece.path, root.text),) if isinstance(root, Scalar) and root.text else ()


def _is_sound(placed: PlacedPiece) -> bool:
    block = placed.placed.block
    is_read = block.state == "sound" and not _broken_by(block.problems)
    return is_read and placed.remembered(_is_sensible)


def _is_sensible(piece: Piece) -> bool:
    level = level_at(piece.path, piece.kind)
    return piece.root is None or makes_sense(piece.root, level)


def _yaml(found: Sequence[Unit]) -> Iterator[tuple[str, bool]]:
    for unit in found:
        yield unit.text if unit.text.endswith("\n") else f"{unit.text}\n", True


# JSON


def _entries(document: Document) -> Iterator[Unit]:
    """The entries of a JSON text; a section with entries is a unit of its key alone, and theirs."""
    text, faults = document.text, _broken_by(document.problems)
    if not (isinstance(document.root, Mapping) and document.root.entries):
        yield Unit(((),), text, Span(0, len(text)), not faults)
        return
    found = list(_placed(document.root))
    ends = [*(entry.key.start for _, entry, _ in found[1:]), len(text)]
    behind = found[0][1].key.start
    lost = any(fault < behind for fault in faults)
    for (path, entry, end), following in zip(found, ends, strict=True):
        start = entry.key.start
        sound = not any(start <= fault < following for fault in faults)
        sound = sound and _is_known(path, entry)
        yield Unit((path,), text[start:end], Span(start, end), sound and not lost)


def _is_known(path: Path, entry: Entry) -> bool:
    """Whether an entry makes sense where it stands."""
    level = level_at(path[:-1], "pipeline")
    return makes_sense(Mapping(0, 0, (entry,)), level)


def _placed(root: Mapping) -> Iterator[tuple[Path, Entry, int]]:
    for entry in root.entries:
        name, value = entry.key.text, entry.value
        if name in NESTED and isinstance(value, Mapping) and value.entries:
            header = Entry(entry.key, Mapping(value.start, value.start))
            yield (name,), header, value.start
            for child in value.entries:
                yield (name, child.key.text), child, max(child.value.end, child.key.end)
        else:
            yield (name,), entry, max(value.end, entry.key.end)


def _json(found: Sequence[Unit]) -> Iterator[tuple[str, bool]]:
    """Units between braces and commas."""
    before = "{\n"
    for name, group in groupby(found, key=lambda unit: unit.paths[0][0]):
        members = list(group)
        yield before, False
        before = ",\n"
        if len(members) == 1 and len(members[0].paths[0]) == 1:
            yield members[0].text, True
            if members[0].text.rstrip().endswith(":"):
                yield " {}", False  # a section all of whose members are gone
        else:
            yield from _section(str(name), members)
    yield "\n}\n", False


def _section(name: str, members: list[Unit]) -> Iterator[tuple[str, bool]]:
    if len(members[0].paths[0]) == 1:
        yield members.pop(0).text.rstrip(), True
    else:
        yield f"{json.dumps(name)}:", False
    before = " {\n"
    for member in members:
        yield before, False
        yield member.text, True
        before = ",\n"
    yield "\n}", False
