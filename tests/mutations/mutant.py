"""Valid files, and copies of them with one mistake each."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from flow_core.check import check
from flow_core.diagnostics import Diagnostic, Edit, Json, Patch, Raw, Severity
from flow_core.module import Module
from flow_core.places import Path as TreePath
from flow_core.places import Place, Span
from flow_core.project import Project
from flow_core.settings import Settings, load
from flow_core.syntax import Mapping, Node, Sequence
from flow_core.syntax.patch import apply_edits, apply_patches

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "docs" / "examples", ROOT / "core" / "flow_core" / "templates")
PATTERNS = ("*.flow.yaml", "*.flow.json")

_NAMED = ("imports", "types", "fields", "inputs", "outputs", "state", "components", "steps")
_NAMED = (*_NAMED, "finally", "errors", "depends_on", "returns", "with", "set", "value")
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

    def span(self, path: TreePath, part: str = "value") -> Span:
        return self.document.locate(Place(path, part))  # type: ignore[arg-type]

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

    def replaced(self, line: int, text: str) -> Mutant:
        """A line replaced, and to be reported."""
        changed = [*self.lines[:line], text, *self.lines[line + 1 :]]
        return Mutant("\n".join(changed), frozenset({line}))

    def patched(self, *patches: Patch, at: Iterable[TreePath] = ()) -> Mutant:
        """The file with patches; a line that they wrote, or of a key at ``at``, is to be reported."""
        edits = apply_patches(self.document, patches)
        text = apply_edits(self.text, edits)
        if not at:
            return Mutant(text, frozenset(_written(edits, text)))
        mutated = Project(self.settings).add(str(self.path), text).document
        spans = [mutated.locate(Place(path, "key")) for path in at]
        return Mutant(text, frozenset(mutated.lines.position(span.start)[0] for span in spans))

    def valued(self, path: TreePath, source: str) -> Mutant:
        """Another value at a path, as source text."""
        return self.patched(Patch("replace", path, Raw(source)))

    def inserted(self, path: TreePath, value: Json) -> Mutant:
        return self.patched(Patch("insert", path, value))

    def without(self, path: TreePath, *at: TreePath) -> Mutant:
        """An entry deleted, to be reported at another key."""
        return self.patched(Patch("delete", path), at=at)


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
    if set(parents) & set(_DATA) or {"schedule", "inputs"} <= set(parents):
        return False
    return not parents or parents[-1] not in _NAMED


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
