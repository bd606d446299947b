"""What an expression refers to: the paths that start at a variable of its scope.

`steps.charge.outputs.receipt` and `steps['charge'].outputs.receipt` are one path. From a step's
references come its implied dependencies: a path that begins with ``steps, x, "outputs"`` implies
that ``x`` succeeded, one with any other attribute (``status``, ``error``, ``attempts``, …) that it
settled, and a *guarded* one that it succeeded or was skipped.
"""

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from flow_core.expr.ast import (
    Ast,
    Call,
    Has,
    Index,
    Literal,
    Macro,
    Name,
    Select,
    children,
)
from flow_core.places import Span

NamePath: TypeAlias = tuple[str, ...]
"""A variable and the properties that are read of it, one after the other."""


class Reference(msgspec.Struct, frozen=True):
    """One longest path of names in an expression.

    ``segments`` are the ranges of the names, one for each element of ``path``; a name written as
    an index (``['charge']``) has the range between its quotes. ``guarded`` tells that the path
    stands inside ``coalesce`` or ``has``, so that a null is expected there.
    """

    path: NamePath
    segments: tuple[Span, ...]
    start: int
    end: int
    guarded: bool = False


def references(tree: Ast) -> tuple[Reference, ...]:
    """All references, in the order of the text; variables of macros are none.

    >>> from flow_core.expr.parser import parse
    >>> [found.path for found in references(parse("inputs.lines.map(x, x.id)").tree)]
    [('inputs', 'lines')]
    """
    return tuple(_references(tree, frozenset(), guarded=False))


def _references(node: Ast, bound: frozenset[str], *, guarded: bool) -> Iterator[Reference]:
    chain = _chain(node)
    if chain:
        root = chain[0][0]
        assert isinstance(root, Name)  # noqa: S101 - what a chain begins with, for type checkers
        if root.name not in bound or root.absolute:
            yield Reference(
                tuple(name for _, name, _ in chain),
                tuple(span for _, _, span in chain),
                root.start,
                chain[-1][0].end,
                guarded,
            )
    guarded = guarded or isinstance(node, Has) or _is_coalesce(node)
    for child in _beyond(node, bool(chain)):
        yield from _references(child, _bound(node, child, bound), guarded=guarded)


def _is_coalesce(node: Ast) -> bool:
    return isinstance(node, Call) and node.function == "coalesce" and node.target is None


def _bound(node: Ast, child: Ast, bound: frozenset[str]) -> frozenset[str]:
    """The variables of macros that are visible in a child."""
    if isinstance(node, Macro) and child is not node.target:
        return bound | {variable.name for variable in node.variables}
    return bound


def _beyond(node: Ast, named: bool) -> Iterator[Ast]:  # noqa: FBT001 - private
    """The children of a node that are no part of its own path."""
    if isinstance(node, Macro):
        yield node.target
        yield from node.arguments
    elif not named:
        yield from children(node)


_Link: TypeAlias = tuple[Ast, str, Span]


def _chain(node: Ast) -> list[_Link]:
    """The nodes, names and ranges along a path that is all of a node, from its root; else empty.

    A selection whose name is still to be written ends the path before it.
    """
    links: list[_Link] = []
    while True:
        match node:
            case Name() if node.name:
                start = node.end - len(node.name)
                links.append((node, node.name, Span(start, node.end)))
                return links[::-1]
            case Select():
                if node.name:
                    links.append((node, node.name, Span(node.name_start, node.name_end)))
                node = node.operand
            case Index(index=Literal(value=str() as name) as literal):
                links.append((node, name, _inside_quotes(literal, name)))
                node = node.operand
            case _:
                return []


def _inside_quotes(literal: Literal, name: str) -> Span:
    """Where the name stands in a string literal; all of it if escapes make that uncertain."""
    plain = literal.end - literal.start == len(name) + 2
    return Span(literal.start + 1, literal.end - 1) if plain else Span(literal.start, literal.end)


def path_of(node: Ast) -> NamePath:
    """The path that a node is, or ``()``. One that looks past a macro's variables is none."""
    chain = _chain(node)
    if chain and isinstance(chain[0][0], Name) and chain[0][0].absolute:
        return ()
    return tuple(name for _, name, _ in chain)
