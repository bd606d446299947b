"""The ways to write one thing: in a block or between braces, a type in short or as a schema."""

from collections.abc import Iterator

from flow_core.diagnostics import Edit, Patch
from flow_core.ide.actions.action import Action, Kind
from flow_core.ide.actions.request import Request, patched
from flow_core.ide.levels import level_at
from flow_core.ide.pieces import kind_of_module
from flow_core.module import Module
from flow_core.places import Path, Place, Span
from flow_core.syntax.nodes import Alias, Mapping, Node, Scalar, Sequence, walk
from flow_core.syntax.splice import indentation
from flow_core.syntax.writing import write_text

_KIND: Kind = "refactor.rewrite"
WIDTH = 100
"""A longer line is not offered."""


def actions(request: Request) -> Iterator[Action]:
    """One for the collection whose key is here, one for the type."""
    module, path = request.module, request.path
    if not path or not isinstance(path[-1], str):
        return
    if request.part == "key" and module.document.kind == "yaml":
        yield from _other_style(module, path)
    yield from _other_type(module, path)


def _other_style(module: Module, path: Path) -> Iterator[Action]:
    located, depth = module.document.reach(path)
    if located is None or depth < len(path) or located.entry is None:
        return
    node = located.node
    if not isinstance(node, Mapping | Sequence) or not _is_plain(module, node, located.origin):
        return
    parent = module.document.get(path[:-1])
    if node.flow and isinstance(parent, Mapping) and not parent.flow:
        edit = _as_block(module, node, located.origin, path)
        yield Action(f"Write `{path[-1]}` as a block", _KIND, (edit,))
    elif not node.flow and (line := _as_line(module, node, located.origin, path)) is not None:
        yield Action(f"Write `{path[-1]}` on one line", _KIND, (line,))


def _is_plain(module: Module, node: Mapping | Sequence, origin: int) -> bool:
    """Whether it holds something, and nothing that only its form can hold."""
    start, end = node.start + origin, node.end + origin
    commented = any(start <= c.span.start < end for c in module.document.comments)
    members = node.entries if isinstance(node, Mapping) else node.items
    return bool(members) and not commented and not any(map(_is_bound, walk(node)))


def _is_bound(node: Node) -> bool:
    """Whether a node has to do with anchors, or is a text over several lines."""
    if isinstance(node, Alias) or node.anchor:
        return True
    if isinstance(node, Mapping):
        return any(entry.merges for entry in node.entries)
    return isinstance(node, Scalar) and "\n" in node.text


# To a block


def _as_block(module: Module, node: Mapping | Sequence, origin: int, path: Path) -> Edit:
    key = module.document.locate(Place(path, "key"))
    text, step = module.document.text, indentation(module.document)
    column = module.document.lines.position(key.start)[1]
    lines = _lines(node, step)
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = newline + " " * (column + step)
    start = text.rindex(":", key.end, node.start + origin) + 1
    return Edit(module.file, Span(start, node.end + origin), indent + indent.join(lines))


def _lines(node: Node, step: int) -> list[str]:
    """The lines of a node as a block."""
    if isinstance(node, Mapping) and node.entries:
        return [
            line for entry in node.entries for line in _entry_lines(entry.key, entry.value, step)
        ]
    if isinstance(node, Sequence) and node.items:
        return [line for item in node.items for line in _item_lines(item, step)]
    return [_line(node)]


def _entry_lines(key: Scalar, value: Node, step: int) -> list[str]:
    name = write_text(key.text)
    if isinstance(value, Scalar) or not _lines_below(value):
        return [f"{name}: {_line(value, flow=False)}".rstrip()]
    return [f"{name}:", *(" " * step + line for line in _lines(value, step))]


def _item_lines(item: Node, step: int) -> list[str]:
    first, *rest = _lines(item, step)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _lines_below(value: Node) -> bool:
    """Whether a collection goes below its key: one that has members that are no scalars."""
    if isinstance(value, Mapping):
        return bool(value.entries)
    return isinstance(value, Sequence) and any(not isinstance(i, Scalar) for i in value.items)


# To one line


def _as_line(module: Module, node: Mapping | Sequence, origin: int, path: Path) -> Edit | None:
    key = module.document.locate(Place(path, "key"))
    line = _line(node)
    column = module.document.lines.position(key.end)[1]
    if column + len(line) + 2 > WIDTH:
        return None
    start = module.document.text.index(":", key.end) + 1
    return Edit(module.file, Span(start, node.end + origin), f" {line}")


def _line(node: Node, *, flow: bool = True) -> str:
    """A node on one line, its numbers spelled as they are."""
    if isinstance(node, Mapping):
        members = (f"{write_text(e.key.text, flow=True)}: {_line(e.value)}" for e in node.entries)
        return "{" + ", ".join(members) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(map(_line, node.items)) + "]"
    if not isinstance(node, Scalar):
        return ""
    return write_text(node.text, flow=flow) if isinstance(node.value, str) else node.text


# Types


def _other_type(module: Module, path: Path) -> Iterator[Action]:
    if not level_at(path, kind_of_module(module)).is_type:
        return
    node = module.document.get(path)
    if isinstance(node, Scalar) and isinstance(node.value, str):
        edits = patched(module, Patch("replace", path, {"type": node.value}))
        yield Action(f"Write the type of `{path[-1]}` in full", _KIND, edits)
    elif isinstance(node, Mapping) and [entry.key.text for entry in node.entries] == ["type"]:
        inner = node.fields["type"]
        if isinstance(inner, Scalar) and isinstance(inner.value, str):
            edits = patched(module, Patch("replace", path, inner.value))
            yield Action(f"Write the type of `{path[-1]}` in short", _KIND, edits)
