"""What one piece of a text declares, and what there is to say of it in a few words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec

from flow_core.fields import fields, label, texts
from flow_core.ide.pieces import Piece
from flow_core.places import Span
from flow_core.syntax.nodes import Entry, Mapping, Node, Scalar, Sequence, Value, follow

SymbolKind: TypeAlias = Literal[
    "pipeline",
    "library",
    "scenarios",
    "section",
    "import",
    "type",
    "input",
    "secret",
    "channel",
    "component",
    "step",
    "group",
    "branch",
    "handler",
    "compensation",
    "output",
    "scenario",
]

_MEMBERS: dict[str, SymbolKind] = {
    "imports": "import",
    "types": "type",
    "inputs": "input",
    "secrets": "secret",
    "state": "channel",
    "components": "component",
    "steps": "step",
    "finally": "step",
    "outputs": "output",
    "scenarios": "scenario",
}
"""The keys of a file that are shown, and what stands under them."""

_RUNS = ("python", "shell", "http", "flow")
_LONGEST = 80
"""Characters of a detail."""


class DocumentSymbol(msgspec.Struct, frozen=True):
    """Something that a file declares.

    ``span`` is all of it, ``selection`` its name; ``detail`` says what it uses or what type it has.
    """

    name: str
    kind: SymbolKind
    detail: str
    span: Span
    selection: Span
    children: "tuple[DocumentSymbol, ...]" = ()


def piece_symbols(piece: Piece) -> tuple[DocumentSymbol, ...]:
    """The sections that a piece holds, or the members of one; from the start of the piece on."""
    reader = _Reader(-piece.shift)
    root = piece.root
    if not piece.path:
        entries = root.entries if isinstance(root, Mapping) else ()
        return tuple(reader.section(e) for e in entries if e.key.text in _MEMBERS)
    if isinstance(root, Scalar):
        root = Mapping(root.start, root.end, (Entry(root, root),))  # its colon is still to come
    return tuple(reader.members(str(piece.path[0]), root))


class _Reader:
    """Makes symbols of nodes whose offsets are to be moved ``by`` so much."""

    def __init__(self, by: int) -> None:
        self._by = by

    def section(self, entry: Entry) -> DocumentSymbol:
        """A key of the file with its members."""
        return self._entry(entry, "section", "", self.members(entry.key.text, entry.value))

    def members(self, section: str, node: Node | None) -> Iterator[DocumentSymbol]:
        """What is declared under a key of the file."""
        kind = _MEMBERS[section]
        if isinstance(node, Sequence):
            for item in node.items:
                yield self._item(label(follow(item)), kind, "", item)
        elif kind == "step":
            yield from self._steps(node)
        elif isinstance(node, Mapping):
            for entry in node.entries:
                detail = _DETAILS.get(kind, _type)(entry.value)
                yield self._entry(entry, kind, detail)

    def _steps(self, node: Node | None) -> Iterator[DocumentSymbol]:
        for entry in node.entries if isinstance(node, Mapping) else ():
            kind: SymbolKind = "group" if "steps" in _fields(entry.value) else "step"
            yield self._entry(entry, kind, _call(entry.value), self._inside(entry.value))

    def _inside(self, node: Node) -> Iterator[DocumentSymbol]:
        """What is inside of a step, branch or handler."""
        for entry in node.entries if isinstance(node, Mapping) else ():
            value = entry.value
            if entry.key.text == "steps":
                yield from self._steps(value)
            elif entry.key.text == "compensate":
                name, inside = "compensate", self._inside(value)
                yield self._entry(entry, "compensation", _call(value), inside, name)
            elif isinstance(value, Sequence) and entry.key.text in {"switch", "catch"}:
                kind: SymbolKind = "branch" if entry.key.text == "switch" else "handler"
                for item in value.items:
                    name = _branch(item) if kind == "branch" else _handler(item)
                    yield self._item(name, kind, _call(item), item, self._inside(item))

    def _entry(
        self,
        entry: Entry,
        kind: SymbolKind,
        detail: str,
        children: Iterable[DocumentSymbol] = (),
        name: str = "",
    ) -> DocumentSymbol:
        key = entry.key
        end = max(entry.value.end, key.end) + self._by
        selection = Span(key.start + self._by, key.end + self._by)
        span = Span(selection.start, end)
        return DocumentSymbol(name or key.text or "…", kind, detail, span, selection, (*children,))

    def _item(
        self,
        name: str,
        kind: SymbolKind,
        detail: str,
        item: Node,
        children: Iterable[DocumentSymbol] = (),
    ) -> DocumentSymbol:
        span = Span(item.start + self._by, item.end + self._by)
        first = item.entries[0].key if isinstance(item, Mapping) and item.entries else item
        selection = Span(first.start + self._by, first.end + self._by)
        return DocumentSymbol(name or "…", kind, detail, span, selection, (*children,))


# In a few words


def _fields(node: Node) -> dict[str, Value]:
    return fields(follow(node))


def _call(node: Node) -> str:
    """What a step, a branch or a handler calls."""
    found = _fields(node)
    if "uses" in found:
        return _cut(label(found["uses"]))
    return next((key for key in ("steps", "switch", "value", "skip") if key in found), "")


def _branch(node: Node) -> str:
    """When a branch is taken."""
    when = label(_fields(node).get("when"))
    return _cut(f"when {when}") if when else "otherwise"


def _handler(node: Node) -> str:
    """What a handler catches."""
    return _cut(f"catch {', '.join(texts(_fields(node).get('errors')) or ())}")


def _scalar(node: Node) -> str:
    return _cut(label(follow(node)))


def _type(node: Node) -> str:
    """A type in shorthand, or the word for what it is."""
    found = _fields(node)
    named = label(found.get("type")) or label(found.get("$ref"))
    is_object = "fields" in found or "properties" in found
    return _scalar(node) or _cut(named) or ("object" if is_object else "")


def _output(node: Node) -> str:
    return _scalar(node) or _cut(label(_fields(node).get("value")))


def _component(node: Node) -> str:
    """What runs."""
    run = fields(_fields(node).get("run"))
    kind = next((kind for kind in _RUNS if kind in run), "")
    return _cut(label(run[kind])) or kind if kind else ""


def _scenario(node: Node) -> str:
    return _cut(label(_fields(node).get("description")))


_DETAILS: dict[SymbolKind, Callable[[Node], str]] = {
    "import": _scalar,
    "component": _component,
    "output": _output,
    "scenario": _scenario,
}


def _cut(text: str) -> str:
    line = " ".join(text[: 2 * _LONGEST].split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
