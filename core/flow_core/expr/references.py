"""What an expression refers to: the paths that start at a variable of its scope.

`steps.charge.outputs.receipt` and `steps['charge'].outputs.receipt` are one path. From a step's
references come its implied dependencies: a path that begins with ``steps, x, "outputs"`` implies
that ``x`` succeeded, one with any other attribute (``status``, ``error``, ``attempts``, …) that it
settled, and a *guarded* one that it succeeded or was skipped.
"""

from functools import lru_cache
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


@lru_cache(maxsize=4096)
def references(tree: Ast) -> tuple[Reference, ...]:
    """All references, in the order of the text; variables of macros are none.

    >>> from flow_core.expr.parser import parse
    >>> [found.path for found in references(parse("inputs.lines.map(x, x.id)").tree)]
    [('inputs', 'lines')]
    """
    found: list[Reference] = []
    _collect(tree, frozenset(), found, guarded=False)
    return tuple(found)


def _collect(node: Ast, bound: frozenset[str], found: list[Reference], *, guarded: bool) -> None:
    links = _chain(node)
    if links:
        root, *_ = links[0]
        if not (isinstance(root, Name) and root.name in bound and not root.absolute):
            names = tuple(name for _, name, _ in links)
            spans = tuple(span for _, _, span in links)
            found.append(Reference(names, spans, root.start, links[-1][0].end, guarded))
        return
    guarded = guarded or isinstance(node, Has) or _is_coalesce(node)
    for child in _operands(node):
        _collect(child, _bound(node, child, bound), found, guarded=guarded)


def _is_coalesce(node: Ast) -> bool:
    return isinstance(node, Call) and node.function == "coalesce" and node.target is None


def _bound(node: Ast, child: Ast, bound: frozenset[str]) -> frozenset[str]:
    """The variables of macros that are visible in a child."""
    if isinstance(node, Macro) and child is not node.target:
        return bound | {variable.name for variable in node.variables}
    return bound


def _operands(node: Ast) -> tuple[Ast, ...]:
    """The children of a node, without the variables that a macro declares."""
    return (node.target, *node.arguments) if isinstance(node, Macro) else children(node)


_Link: TypeAlias = tuple[Ast, str, Span]


def _chain(node: Ast) -> list[_Link]:
    """The nodes, names and ranges along a path that is all of a node, from its root; else empty.

    A selection whose name is still to be written ends the path before it.
    """
    links: list[_Link] = []
    while not isinstance(node, Name):
        if isinstance(node, Select):
            if node.name:
                links.append((node, node.name, Span(node.name_start, node.name_end)))
        elif isinstance(node, Index) and (name := _named(node)) is not None:
            links.append((node, name, _inside_quotes(node.index, name)))
        else:
            return []
        node = node.operand
    if not node.name:
        return []
    links.append((node, node.name, Span(node.end - len(node.name), node.end)))
    return links[::-1]


def _named(node: Index) -> str | None:
    """The name in an index that is a constant text."""
    value = node.index.value if isinstance(node.index, Literal) else None
    return value if isinstance(value, str) else None


def _inside_quotes(literal: Ast, name: str) -> Span:
    """Where the name stands in a string literal; all of it if escapes make that uncertain."""
    plain = literal.end - literal.start == len(name) + 2
    return Span(literal.start + 1, literal.end - 1) if plain else Span(literal.start, literal.end)


def path_of(node: Ast) -> NamePath:
    """The path that a node is, or ``()``. One that looks past a macro's variables is none."""
    names: list[str] = []
    while not isinstance(node, Name):
        if isinstance(node, Select):
            name: str | None = node.name
        elif isinstance(node, Index):
            name = _named(node)
        else:
            return ()
        if name is None:
            return ()
        if name or isinstance(node, Index):
            names.append(name)
        node = node.operand
    if not node.name or node.absolute:
        return ()
    return (node.name, *names[::-1])
