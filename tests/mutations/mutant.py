"""Valid files, and copies of them with one mistake each."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from flow_core.check import check
from flow_core.diagnostics import Diagnostic, Edit, Json, Patch, Raw, Severity
from flow_core.places import Part, Place, Span
from flow_core.places import Path as TreePath
from flow_core.project import Project
from flow_core.settings import Settings, load
from flow_core.syntax import Document, Mapping, Node, Scalar, Sequence, data, parse
from flow_core.syntax.patch import apply_edits, apply_patches

if TYPE_CHECKING:
    from flow_core.module import Module

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "docs" / "examples", ROOT / "core" / "flow_core" / "templates")
PATTERNS = ("*.flow.yaml", "*.flow.json")

_NAMED = frozenset((
    *("imports", "types", "fields", "inputs", "outputs", "state", "components", "steps"),
    *("finally", "errors", "depends_on", "returns", "with", "set", "value"),
))  # fmt: skip
"""Keys with names below them, which the language does not know."""

_DATA = ("with", "set", "value", "metadata", "default", "headers", "body")
"""Keys with data below them; so has `inputs` of a `schedule`."""


class Mutant(msgspec.Struct, frozen=True):
    """A text with a mistake, and the lines of it, from 0, of which one has to be reported."""

    text: str
    lines: frozenset[int]


Mutation = Callable[["Original"], Iterator[Mutant]]
"""Makes all the mutants of one kind that a file allows."""


class Original:
    """A file without a finding."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.settings: Settings = load(path)
        self.module: Module = Project(self.settings).add(str(path), path.read_text("utf-8"))
        self.document = self.module.document
        self.text = self.document.text

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def entries(self) -> list[tuple[TreePath, Node]]:
        """All entries of mappings, as written: their paths and values."""
        return list(_entries(self.document.root, ()))

    @cached_property
    def keys(self) -> list[TreePath]:
        """The paths of all keys of the language; what is named by the file is none."""
        return [path for path, _ in self.entries if _is_key(path)]

    @cached_property
    def holes(self) -> list[tuple[int, int]]:
        """The ranges of all expressions, with their braces."""
        found: list[tuple[int, int]] = []
        start = self.text.find("${{")
        while start >= 0:
            end = self.text.index("}}", start) + 2
            found.append((start, end))
            start = self.text.find("${{", end)
        return found

    def names(self, section: str) -> list[str]:
        """The names that a section of the file declares."""
        found = self.document.get((section,))
        return list(found.fields) if isinstance(found, Mapping) else []

    def span(self, path: TreePath, part: Part = "value") -> Span:
        return self.document.locate(Place(path, part))

    def keyed(self, *names: str) -> Iterator[tuple[TreePath, Node]]:
        """The keys of these names: their paths and values."""
        for path, value in self.entries:
            if path[-1] in names and _is_key(path):
                yield path, value

    def line(self, path: TreePath) -> int:
        """The line of a key."""
        return self.line_at(self.span(path, "key").start)

    def line_at(self, offset: int) -> int:
        return self.document.lines.position(offset)[0]

    def source(self, path: TreePath) -> str:
        """The text of a value."""
        span = self.span(path)
        return self.text[span.start : span.end]

    def edited(self, start: int, end: int, text: str) -> Mutant:
        """A range replaced; a line that the new text stands on is to be reported."""
        first = self.line_at(start)
        lines = range(first, first + text.count("\n") + 1)
        changed = self.text[:start] + text + self.text[end:]
        return Mutant(changed, frozenset(lines))

    def rewritten(self, line: int, text: str) -> Mutant:
        """A line replaced, and to be reported."""
        changed = [*self.lines[:line], text, *self.lines[line + 1 :]]
        return Mutant("\n".join(changed), frozenset({line}))

    def patched(self, patch: Patch, at: Iterable[TreePath] = ()) -> Mutant:
        """The file with a patch; a line that it wrote, or of an entry at ``at``, is to be reported.

        Without ``at`` the line of the patched key counts, too.
        """
        edits = apply_patches(self.document, (patch,))
        text = apply_edits(self.text, edits)
        mutated = parse(text, self.document.kind)
        lines = {line for path in at for line in _lines(mutated, path)}
        if not at:
            lines = {*_written(edits, text), *_lines(mutated, patch.path)[:1]}
        return Mutant(text, frozenset(lines))

    def valued(self, path: TreePath, source: str, at: Iterable[TreePath] = ()) -> Mutant:
        """Another value at a path, as source text."""
        return self.patched(Patch("replace", path, Raw(source)), at)

    def replaced(self, path: TreePath, value: Json, at: Iterable[TreePath] = ()) -> Mutant:
        """Other data at a path."""
        return self.patched(Patch("replace", path, value), at)

    def renamed(self, path: TreePath, name: str, at: Iterable[TreePath] = ()) -> Mutant:
        """A key with another name."""
        return self.patched(Patch("rename", path, name), at)

    def inserted(self, path: TreePath, value: Json, at: Iterable[TreePath] = ()) -> Mutant:
        """One more entry."""
        return self.patched(Patch("insert", path, value), at)

    def without(self, path: TreePath, *at: TreePath) -> Mutant:
        """An entry deleted, to be reported at another one."""
        return self.patched(Patch("delete", path), at)


def _lines(document: Document, path: TreePath) -> range:
    """The lines of an entry; only that of its key if more keys stand below it."""
    value = document.get(path)
    start = document.locate(Place(path, "key")).start
    end = document.locate(Place(path)).end if isinstance(value, Scalar) else start
    position = document.lines.position
    return range(position(start)[0], position(max(start, end))[0] + 1)


def _written(edits: tuple[Edit, ...], text: str) -> Iterator[int]:
    """The lines of a changed text that hold something the edits wrote."""
    shift = 0
    for edit in edits:
        start = edit.span.start + shift
        for offset, char in enumerate(edit.text):
            if not char.isspace():
                yield text.count("\n", 0, start + offset)
        shift += len(edit.text) - (edit.span.end - edit.span.start)


def _entries(node: Node | None, path: TreePath) -> Iterator[tuple[TreePath, Node]]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            if not entry.merges:
                yield (*path, entry.key.text), entry.value
                yield from _entries(entry.value, (*path, entry.key.text))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from _entries(item, (*path, index))


def _is_key(path: TreePath) -> bool:
    parents = path[:-1]
    if any(str(part).startswith("x-") for part in path):
        return False
    if set(parents) & set(_DATA) or {"schedule", "inputs"} <= set(parents):
        return False
    return not parents or parents[-1] not in _NAMED


def is_broken(original: Original, mutant: Mutant) -> bool:
    """Whether a mutant is not just another spelling of the original."""
    document = parse(mutant.text, original.document.kind)
    return bool(document.problems) or data(document.root) != data(original.document.root)


def findings(original: Original, mutant: Mutant) -> list[tuple[int, Diagnostic]]:
    """The errors and warnings in a mutant, each with its line."""
    module = Project(original.settings).add(str(original.path), mutant.text)
    position = module.document.lines.position
    return [
        (position(found.span.start)[0], found)
        for found in check(module)
        if found.severity <= Severity.WARNING
    ]


def originals() -> list[Path]:
    """The valid files of the examples and templates."""
    found = (path for folder in FOLDERS for kind in PATTERNS for path in folder.rglob(kind))
    return sorted(path for path in found if "broken" not in path.parts)
