"""The syntax tree of an expression: frozen nodes with exact ranges, holes where text is missing.

``start`` and ``end`` are code-point offsets into the expression's source. A node's range reaches
from its first token to its last, so it contains the ranges of its children; parentheses around an
expression belong to the node above it.
"""

from collections.abc import Iterator
from typing import Literal as Choice
from typing import TypeAlias

import msgspec


class Hole(msgspec.Struct, frozen=True):
    """A place where an expression should stand and none does."""

    start: int
    end: int


class Literal(msgspec.Struct, frozen=True):
    """A constant: null, a boolean, an int, a double, a string or bytes."""

    value: bool | int | float | str | bytes | None
    start: int
    end: int


class Name(msgspec.Struct, frozen=True):
    """A variable. ``absolute`` (written ``.name``) looks past the variables of macros."""

    name: str
    start: int
    end: int
    absolute: bool = False


class Select(msgspec.Struct, frozen=True):
    """``operand.name``; the name is ``""`` where it is still to be written.

    ``name_start`` and ``name_end`` are the range of the name alone.
    """

    operand: "Ast"
    name: str
    name_start: int
    name_end: int
    start: int
    end: int


class Index(msgspec.Struct, frozen=True):
    """``operand[index]``."""

    operand: "Ast"
    index: "Ast"
    start: int
    end: int


class Call(msgspec.Struct, frozen=True):
    """``function(arguments)``, or ``target.function(arguments)``."""

    function: str
    target: "Ast | None"
    arguments: "tuple[Ast, ...]"
    name_start: int
    name_end: int
    start: int
    end: int


class Has(msgspec.Struct, frozen=True):
    """``has(operand.name)``."""

    field: Select
    start: int
    end: int


class Macro(msgspec.Struct, frozen=True):
    """``target.name(variables, arguments)``: evaluates its arguments once for each element.

    One variable stands for an element of a list or a key of a map; two stand for index and
    element, or for key and value.
    """

    name: str
    target: "Ast"
    variables: tuple[Name, ...]
    arguments: "tuple[Ast, ...]"
    name_start: int
    name_end: int
    start: int
    end: int


class Unary(msgspec.Struct, frozen=True):
    """``!operand`` or ``-operand``."""

    operator: Choice["!", "-"]
    operand: "Ast"
    start: int
    end: int


class Binary(msgspec.Struct, frozen=True):
    """``left operator right``; the operator's own range is ``operator_start`` up to its length."""

    operator: str
    left: "Ast"
    right: "Ast"
    operator_start: int
    start: int
    end: int


class Ternary(msgspec.Struct, frozen=True):
    """``condition ? then : otherwise``."""

    condition: "Ast"
    then: "Ast"
    otherwise: "Ast"
    start: int
    end: int


class ListLiteral(msgspec.Struct, frozen=True):
    """``[items]``."""

    items: "tuple[Ast, ...]"
    start: int
    end: int


class MapLiteral(msgspec.Struct, frozen=True):
    """``{key: value}``."""

    entries: "tuple[tuple[Ast, Ast], ...]"
    start: int
    end: int


Ast: TypeAlias = (
    Hole
    | Literal
    | Name
    | Select
    | Index
    | Call
    | Has
    | Macro
    | Unary
    | Binary
    | Ternary
    | ListLiteral
    | MapLiteral
)


def children(node: Ast) -> tuple[Ast, ...]:  # noqa: C901 - one case for each kind of node
    """The nodes directly below, in the order of the text."""
    match node:
        case Select(operand=operand) | Unary(operand=operand):
            return (operand,)
        case Index():
            return (node.operand, node.index)
        case Call():
            return node.arguments if node.target is None else (node.target, *node.arguments)
        case Has():
            return (node.field,)
        case Macro():
            return (node.target, *node.variables, *node.arguments)
        case Binary():
            return (node.left, node.right)
        case Ternary():
            return (node.condition, node.then, node.otherwise)
        case ListLiteral():
            return node.items
        case MapLiteral():
            return tuple(part for entry in node.entries for part in entry)
        case Hole() | Literal() | Name():
            return ()


def walk(tree: Ast) -> Iterator[Ast]:
    """The tree and all nodes below it, parents first, in the order of the text."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(children(node)))
