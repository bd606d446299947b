"""The shape of a document against the definition of the language: keys, kinds of values, names.

One walk over the tree. What is wrong with a value is said once and not looked into further; types
and expressions are others' to check. Recursion is as deep as the tree, which `syntax` bounds.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flow_core.language import choices, scalars, strangers
from flow_core.language.echoes import Echoes
from flow_core.language.formats import RESERVED_NAMES, SPELLINGS, fits, repair_name
from flow_core.language.forms import choose, empty_value, wrong_form
from flow_core.language.keys import FILES, FileKind, resolve
from flow_core.language.outdented import outdented
from flow_core.language.problem import ShapeProblem, entry_place, quoted, subject
from flow_core.language.roots import foreign_file, root_problems
from flow_core.language.shapes import (
    Boolean,
    Constant,
    Data,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Shape,
    Text,
    TypeShape,
    Value,
    Words,
)
from flow_core.places import Path, Place
from flow_core.syntax import Document
from flow_core.syntax.nodes import Mapping, Scalar, Sequence
from flow_core.syntax.nodes import Value as Node

if TYPE_CHECKING:
    from collections.abc import Callable

_IGNORE = ListOf(Text())


def file_kind(document: Document) -> FileKind:
    """Whether a document holds scenarios or a pipeline, by its keys."""
    keys = document.root.fields if isinstance(document.root, Mapping) else {}
    is_scenarios = "flow_test" in keys or ("scenarios" in keys and "flow" not in keys)
    return "scenario" if is_scenarios else "pipeline"


def check_shape(document: Document, kind: FileKind | None = None) -> tuple[ShapeProblem, ...]:
    """What is wrong with the shape of a document.

    Without a ``kind`` it is told from the keys. An empty document is the syntax's to report, and
    so is what only follows from a fault of the text.
    """
    root = document.root
    if root is None or (isinstance(root, Scalar) and root.value is None):
        return ()
    kind = kind or file_kind(document)
    foreign = foreign_file(root)
    if foreign is not None:
        return (foreign,)
    walk = Walk(document)
    walk.visit(root, FILES[kind], ())
    if kind == "pipeline" and isinstance(root, Mapping):
        walk.problems += root_problems(root, walk.meant)
    echoes = Echoes(document)
    return tuple(problem for problem in walk.problems if not echoes.has_problem(problem))


def is_sound(node: Node, shape: Shape) -> bool:
    """Whether a value has a shape."""
    walk = Walk()
    walk.visit(node, shape, ())
    return not walk.problems


class Walk:
    """One walk over a tree, the whole of the ``document`` if that is given.

    ``meant`` gathers the keys of the root that stand there under other names.
    """

    def __init__(self, document: Document | None = None) -> None:
        self._document = document
        self.problems: list[ShapeProblem] = []
        self.meant: set[str] = set()
        self._visits: dict[type, Callable[[Any, Any, Path], None]] = {
            Record: self._record,
            MapOf: self._map,
            ListOf: self._list,
            OneOf: self._one_of,
            TypeShape: self._type,
            Data: self._data,
            Value: self._value,
            **dict.fromkeys((Text, Number, Boolean, Words, Constant), self._scalar),
        }

    def visit(self, node: Node, shape: Shape, path: Path) -> None:
        """Check one value."""
        shape = resolve(shape)
        self._visits[type(shape)](node, shape, path)

    def _report(self, problem: ShapeProblem | None) -> None:
        if problem is not None:
            self.problems.append(problem)

    def _scalar(self, node: Node, shape: Shape, path: Path) -> None:
        if isinstance(node, Scalar) and node.value is not None:
            self._report(scalars.CHECKS[type(shape)](node, shape, path))
        else:
            self._report(wrong_form(node, shape, path))

    def _value(self, node: Node, shape: Value, path: Path) -> None:
        if shape.gives == "any":
            self.problems += map(empty_value, _empty_places(node, path))
            return
        if isinstance(node, Scalar) and node.value is None:
            self._report(wrong_form(node, shape, path))
        else:
            self._report(scalars.check_value(node, shape, path))

    def _data(self, node: Node, shape: Data, path: Path) -> None:
        if not shape.literal:
            return
        match node:
            case Mapping():
                for name, value in node.fields.items():
                    self._data(value, shape, (*path, name))
            case Sequence():
                for index, value in enumerate(node.values):
                    self._data(value, shape, (*path, index))
            case Scalar():
                if isinstance(node.value, str) and "${{" in node.text.replace("$${{", ""):
                    self._report(scalars.not_evaluated(node, shape, path))

    def _type(self, node: Node, shape: TypeShape, path: Path) -> None:
        if isinstance(node, Mapping):
            for key in shape.keys:
                if key.name in node.fields:
                    self.visit(node.fields[key.name], key.shape, (*path, key.name))

    def _one_of(self, node: Node, shape: OneOf, path: Path) -> None:
        variant = choose(node, shape)
        if variant is None:
            self._report(wrong_form(node, shape, path))
        else:
            self.visit(node, variant, path)

    def _list(self, node: Node, shape: ListOf, path: Path) -> None:
        if not isinstance(node, Sequence):
            self._report(wrong_form(node, shape, path))
            return
        if shape.filled and not node.items:
            self._report(_empty(path))
        for index, value in enumerate(node.values):
            self.visit(value, shape.item, (*path, index))

    def _map(self, node: Node, shape: MapOf, path: Path) -> None:
        if not isinstance(node, Mapping):
            self._report(wrong_form(node, shape, path))
            return
        if shape.filled and not node.entries:
            self._report(_empty(path))
        misplaced = dict(outdented(node, shape, path, self._document))
        self.problems += misplaced.values()
        for name, value in node.fields.items():
            if name in misplaced:
                continue
            if name.startswith("x-"):
                self._extension(name, value, path)
                continue
            if shape.names == "identifier" and not fits(name, "identifier"):
                self._report(_bad_name(name, path))
            self.visit(value, shape.value, (*path, name))

    def _record(self, node: Node, shape: Record, path: Path) -> None:
        if not isinstance(node, Mapping):
            self._report(wrong_form(node, shape, path))
            return
        meant: set[str] = set()
        for name, value in node.fields.items():
            key = shape.index.get(name)
            if key is not None:
                if not (key.nullable and isinstance(value, Scalar) and _is_null(value)):
                    self.visit(value, key.shape, (*path, name))
            elif name.startswith("x-"):
                self._extension(name, value, path)
            elif not strangers.is_invented(node, name):
                stranger = strangers.Stranger(name, node, shape, (*path, name), frozenset(meant))
                problem, key_meant = strangers.explain(stranger, is_sound)
                self._report(problem)
                meant.add(key_meant)
        if not path:
            self.meant = meant
        self.problems += strangers.missing(node, shape, path, meant)
        self.problems += choices.problems(node, shape, path, meant)

    def _extension(self, name: str, value: Node, path: Path) -> None:
        if name == "x-flow-ignore":
            self.visit(value, _IGNORE, (*path, name))


def _empty_places(node: Node, path: Path) -> Iterator[Path]:
    """Where a value or a part of it is left out, for `key:` and nothing more gives null."""
    match node:
        case Scalar(value=None, text=""):
            yield path
        case Mapping():
            for name, value in node.fields.items():
                if not strangers.is_invented(node, name):
                    yield from _empty_places(value, (*path, name))
        case Sequence():
            for index, value in enumerate(node.values):
                yield from _empty_places(value, (*path, index))
        case _:
            return


def _is_null(node: Scalar) -> bool:
    return node.value is None and bool(node.text)


def _empty(path: Path) -> ShapeProblem:
    message = f"{subject(path)} is empty, but at least one entry was expected"
    return ShapeProblem("empty-value", entry_place(path), message, "add an entry or remove the key")


def _bad_name(name: str, path: Path) -> ShapeProblem:
    repaired = repair_name(name)
    wrong = f"must be {SPELLINGS['identifier'].noun}, for expressions read it"
    if name in RESERVED_NAMES:
        wrong = "is a reserved word of expressions"
    message = f"the name {quoted(name)} in {subject(path)} {wrong}"
    return ShapeProblem(
        "bad-name",
        Place((*path, name), "key"),
        message,
        f"rename it, with all that refers to it, to `{repaired}`" if repaired else "",
        strangers.renaming((*path, name), repaired, safe=False) if repaired else None,
    )
