"""Whether edits leave every name standing for what it stood for."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from flow_core.diagnostics import Edit
from flow_core.ide.occurrences import names_in
from flow_core.ide.symbol import Symbol, declared_at
from flow_core.module import Module
from flow_core.places import Span
from flow_core.project import Project
from flow_core.syntax import parse
from flow_core.syntax.patch import apply_edits

if TYPE_CHECKING:
    from flow_core.components.library import Library

_Moves: TypeAlias = "Mapping[str, _Move]"
"""How the text of files moves."""

_Meaning: TypeAlias = frozenset[tuple[str, str, Span | None]]
"""What a name stands for: each time the kind, the file, and where it is declared, if it is."""


def changed_meaning(modules: Iterable[Module], edits: Iterable[Edit], names: frozenset[str]) -> str:
    """Where one of these names would stand for something else, in a sentence; ``""`` for nowhere.

    ``modules`` are those that hold one of the names.
    """
    by_file: dict[str, list[Edit]] = {}
    for edit in sorted(edits):
        by_file.setdefault(edit.file, []).append(edit)
    moves = {file: _Move(here) for file, here in by_file.items()}
    projects: dict[Project, _Edited] = {}
    for module in modules:
        project = projects.setdefault(module.project, _Edited(module.project, by_file))
        edited = project.module(module.file) or module
        before, after = _meanings(module, names, moves), _meanings(edited, names, {})
        for span in sorted(before.keys() | after.keys()):
            if before.get(span) != after.get(span):
                return _told(edited, span)
    return ""


class _Move:
    """Where things of a text are after its edits; what is replaced, as its replacement."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.span.start for edit in edits]
        growth = (len(edit.text) - (edit.span.end - edit.span.start) for edit in edits)
        self._by = list(accumulate(growth, initial=0))

    def moved(self, span: Span) -> Span:
        """A range that holds all of an edit or nothing of it."""
        return Span(self._moved(span.start), self._moved(span.end))

    def _moved(self, offset: int) -> int:
        return offset + self._by[bisect_left(self._starts, offset)]


class _Edited(Project):
    """A project as it is after some edits; what they leave alone is not read again."""

    def __init__(self, project: Project, edits: Mapping[str, Sequence[Edit]]) -> None:
        super().__init__(project.settings, project.text)
        self._before = project
        self._edits = edits

    def module(self, file: str) -> Module | None:
        """The module of a file."""
        before = self._before.module(file)
        if before is not None and before.file not in self._modules:
            document, edits = before.document, self._edits.get(before.file)
            if edits:
                document = parse(apply_edits(document.text, edits), document.kind)
            self._modules[before.file] = Module(before.file, document, self)
        return before and self._modules[before.file]

    def plugin(self, name: str) -> "Library | None":
        """The library that an installed package offers."""
        return self._before.plugin(name)


def _meanings(module: Module, names: frozenset[str], moves: _Moves) -> dict[Span, _Meaning]:
    """What these names stand for in a module, by where they stand after some edits."""
    found: dict[Span, _Meaning] = {}
    for name in names_in(module):
        symbols = (*name.symbols, *name.linked)
        if any(symbol.name in names for symbol in symbols):
            span = _moved(name.span, module.file, moves)
            found[span] = frozenset(_meaning(module, symbol, moves) for symbol in symbols)
    return found


def _meaning(module: Module, symbol: Symbol, moves: _Moves) -> tuple[str, str, Span | None]:
    file, declared = symbol.place.file, declared_at(module, symbol)
    return symbol.kind, file, declared and _moved(declared, file, moves)


def _moved(span: Span, file: str, moves: _Moves) -> Span:
    return moves[file].moved(span) if file in moves else span


def _told(module: Module, span: Span) -> str:
    line, column = module.document.lines.position(span.start)
    name = module.document.text[span.start : span.end]
    file = module.file.replace("\\", "/").rpartition("/")[2]
    return f"`{name}` would stand for something else at {file}:{line + 1}:{column + 1}"
