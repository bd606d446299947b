"""What the parts of an expression are: the type of each, and what is in scope there."""

from collections.abc import Iterator

import msgspec

from flow_core.expr.ast import Ast, Has, children
from flow_core.expr.inference import Inference
from flow_core.expr.scope import Scope
from flow_core.types.kinds import Type


class Seen(msgspec.Struct, frozen=True):
    """A part of an expression, its type, and the scope in which it is evaluated."""

    node: Ast
    type: Type
    scope: Scope


def around(tree: Ast, offset: int) -> tuple[Ast, ...]:
    """The nodes that hold an offset, innermost first; between two, those of the right one.

    >>> from flow_core.expr.parser import parse
    >>> [type(node).__name__ for node in around(parse("size(x) + 1").tree, 5)]
    ['Name', 'Call', 'Binary']
    """
    found = [tree]
    while inner := [node for node in _parts(found[-1]) if node.start <= offset <= node.end]:
        found.append(inner[-1])
    return tuple(reversed(found))


def _parts(node: Ast) -> Iterator[Ast]:
    """The nodes below that take up room."""
    return (child for child in children(node) if child.end > child.start)


def inspect(tree: Ast, scope: Scope) -> dict[tuple[int, int], Seen]:
    """The parts of an expression by their ranges.

    What a macro declares is no part; in the scope of its arguments it is among the locals.
    """
    recording = _Recording()
    recording.type_of(tree, scope)
    return recording.seen


class _Recording(Inference):
    """An inference that remembers what it finds out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[tuple[int, int], Seen] = {}

    def type_of(self, node: Ast, scope: Scope) -> Type:
        """The type of a node."""
        if isinstance(node, Has):
            self.type_of(node.field, scope)
        found = super().type_of(node, scope)
        self.seen[node.start, node.end] = Seen(node, found, scope)
        return found
