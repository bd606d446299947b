"""What is known of an expression's value before anything runs.

`constant` folds what depends on no variable. `truth` tells of a condition that it always holds or
never does, from constants, from what is known where it stands, and from the types of its operands.
"""

from collections.abc import Callable
from enum import Enum
from math import inf
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec

from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.expr.checker import check
from flow_core.expr.functions import TYPE_NAMES
from flow_core.expr.narrowing import facts
from flow_core.expr.operators import kinds
from flow_core.expr.references import references
from flow_core.expr.scope import Scope
from flow_core.types import alternatives
from flow_core.types.kinds import BooleanType, NullType, NumberType, StringType, Type

if TYPE_CHECKING:
    from flow_core.expr.values import Value


class _Unknown(Enum):
    UNKNOWN = "unknown"


UNKNOWN: Final = _Unknown.UNKNOWN
"""Not known before the run."""

Folded: TypeAlias = "Value | Literal[_Unknown.UNKNOWN]"


def constant(tree: Ast) -> Folded:
    """The value of an expression that needs no variable to have one, else UNKNOWN.

    >>> from flow_core.expr.parser import parse
    >>> constant(parse("2 * 21").tree), constant(parse("x > 1").tree)
    (42, <_Unknown.UNKNOWN: 'unknown'>)
    """
    if _needs_variables(tree):
        return UNKNOWN
    from flow_core.expr.errors import EvaluationError
    from flow_core.expr.evaluate import evaluate

    try:
        return evaluate(tree, {})
    except EvaluationError:
        return UNKNOWN


_STRICT = (ast.Literal, ast.Name, ast.Select, ast.Index, ast.Unary, ast.Binary)


def _needs_variables(tree: Ast) -> bool:
    """Whether a tree reads variables and, for want of calls and choices, must evaluate them all."""
    if all(".".join(use.path) in TYPE_NAMES for use in references(tree)):
        return False
    return all(
        isinstance(node, _STRICT)
        and not (isinstance(node, ast.Binary) and node.operator in {"&&", "||"})
        for node in ast.walk(tree)
    )


def truth(tree: Ast, scope: Scope) -> bool | None:
    """Whether a condition always holds (True), never does (False), or that can't be told (None)."""
    folded = constant(tree)
    if isinstance(folded, bool):
        return folded
    match tree:
        case ast.Unary(operator="!"):
            inner = truth(tree.operand, scope)
            return None if inner is None else not inner
        case ast.Binary(operator="&&" | "||"):
            return _logic(tree, scope)
        case ast.Ternary():
            return _choice(tree, scope)
        case ast.Has():
            return True if _never_null(_type(tree.field, scope)) else None
        case ast.Binary():
            return _comparison(tree, scope)
        case _:
            type_ = _type(tree, scope)
            return type_.const if isinstance(type_, BooleanType) else None


def _type(tree: Ast, scope: Scope) -> Type:
    return check(tree, scope).type


def _logic(tree: ast.Binary, scope: Scope) -> bool | None:
    """``&&`` and ``||``; the right side knows what the left one leaves open."""
    decisive = tree.operator == "||"
    left = truth(tree.left, scope)
    right = truth(tree.right, scope.narrowed(facts(tree.left, not decisive)))
    if decisive in (left, right):
        return decisive
    return None if left is None or right is None else not decisive


def _choice(tree: ast.Ternary, scope: Scope) -> bool | None:
    condition = truth(tree.condition, scope)
    then = truth(tree.then, scope.narrowed(facts(tree.condition, truth=True)))
    otherwise = truth(tree.otherwise, scope.narrowed(facts(tree.condition, truth=False)))
    if condition is not None:
        return then if condition else otherwise
    return then if then is otherwise else None


def _comparison(tree: ast.Binary, scope: Scope) -> bool | None:
    """What the types of two operands say."""
    left = _type(tree.left, scope)
    right = _type(tree.right, scope)
    match tree.operator:
        case "==":
            return _equal(left, right)
        case "!=":
            equal = _equal(left, right)
            return None if equal is None else not equal
        case "in" if isinstance(tree.right, ast.ListLiteral):
            found = [_equal(left, _type(item, scope)) for item in tree.right.items]
            return _listed(left, right, found)
        case "<" | "<=" | ">" | ">=" as operator:
            return _ordered(operator, left, right)
        case _:
            return None


def _listed(left: Type, right: Type, found: list[bool | None]) -> bool | None:
    """Whether a value is in a list literal, given how it compares with each item."""
    if True in found:
        return True
    if all(equal is False for equal in found):
        return False
    items = [getattr(member, "item", None) for member in alternatives(right)]
    wanted, listed = _constants(left), _constants(items[0]) if items and items[0] else None
    known = wanted is not None and listed is not None and wanted <= listed
    return True if known else None


def _equal(left: Type, right: Type) -> bool | None:
    """Whether values of two types are always or never equal."""
    if _only_null(left) and _only_null(right):
        return True
    if (_only_null(left) and _never_null(right)) or (_only_null(right) and _never_null(left)):
        return False
    ones, others = _constants(left), _constants(right)
    if ones is not None and others is not None:
        if not ones & others:
            return False
        return True if len(ones) == len(others) == 1 else None
    separate = _ordered("<", left, right) or _ordered(">", left, right)
    return False if separate else None


def _only_null(type_: Type) -> bool:
    return all(isinstance(member, NullType) for member in alternatives(type_))


def _never_null(type_: Type) -> bool:
    return not {"null", "any"} & set(kinds(type_))


def _constants(type_: Type) -> frozenset[object] | None:
    """All values of a type, where there are only a few; each with its kind."""
    found: set[object] = set()
    for member in alternatives(type_):
        match member:
            case NullType():
                found.add(("null", None))
            case BooleanType(const=None):
                found |= {("boolean", True), ("boolean", False)}
            case BooleanType():
                found.add(("boolean", member.const))
            case StringType(enum=tuple() as texts):
                found |= {("string", text) for text in texts}
            case NumberType(enum=tuple() as numbers):
                found |= {("number", number) for number in numbers}
            case _:
                return None
    return frozenset(found)


class _Interval(msgspec.Struct, frozen=True):
    """Bounds of numbers; an open end does not belong to it."""

    low: float = -inf
    high: float = inf
    low_open: bool = False
    high_open: bool = False


def _interval(type_: Type) -> _Interval | None:
    """Where the numbers of a type lie; None for a type that has others than numbers."""
    members = alternatives(type_)
    if len(members) != 1 or not isinstance(members[0], NumberType):
        return None
    number = members[0]
    if number.enum:
        return _Interval(min(number.enum), max(number.enum))
    low, low_open = _bound(number.minimum, number.exclusive_minimum, max, -inf)
    high, high_open = _bound(number.maximum, number.exclusive_maximum, min, inf)
    return _Interval(low, high, low_open, high_open)


def _bound(
    closed: float | None,
    opened: float | None,
    tighter: Callable[[float, float], float],
    none: float,
) -> tuple[float, bool]:
    """The tighter of two bounds, and whether it is the open one."""
    one = none if closed is None else closed
    other = none if opened is None else opened
    bound = tighter(one, other)
    return bound, opened is not None and bound == other


def _ordered(operator: str, left: Type, right: Type) -> bool | None:
    """Whether the numbers of two types are always or never in an order."""
    one, other = _interval(left), _interval(right)
    if one is None or other is None:
        return None
    if operator in {">", ">="}:
        one, other = other, one
    below = one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))
    above = one.low > other.high or (one.low == other.high and (one.low_open or other.high_open))
    if operator in {"<", ">"}:
        return True if below else False if above or one.low == other.high else None
    return True if below or one.high == other.low else False if above else None
