"""What a condition tells about the paths in it, once it is known to be true or false."""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from flow_core.expr.ast import Ast, Binary, Has, ListLiteral, Literal, Ternary, Unary
from flow_core.expr.references import NamePath, path_of

Constant: TypeAlias = "bool | int | float | str | bytes | None"


class Facts(msgspec.Struct, frozen=True):
    """What is known: paths that are not null, and the values that a path has or has not."""

    not_null: frozenset[NamePath] = frozenset()
    one_of: Mapping[NamePath, frozenset[Constant]] = {}
    none_of: Mapping[NamePath, frozenset[Constant]] = {}

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self.not_null or self.one_of or self.none_of)

    def both(self, other: "Facts") -> "Facts":
        """What holds where both hold."""
        if not other:
            return self
        one_of = {**other.one_of, **self.one_of}
        for path in self.one_of.keys() & other.one_of.keys():
            one_of[path] = self.one_of[path] & other.one_of[path]
        none_of = {**other.none_of, **self.none_of}
        for path in self.none_of.keys() & other.none_of.keys():
            none_of[path] = self.none_of[path] | other.none_of[path]
        return Facts(self.not_null | other.not_null, one_of, none_of)

    def either(self, other: "Facts") -> "Facts":
        """What holds where at least one of them holds."""
        one_of = {
            path: self.one_of[path] | other.one_of[path]
            for path in self.one_of.keys() & other.one_of.keys()
        }
        none_of = {
            path: self.none_of[path] & other.none_of[path]
            for path in self.none_of.keys() & other.none_of.keys()
        }
        return Facts(self.not_null & other.not_null, one_of, none_of)

    def without(self, names: frozenset[str]) -> "Facts":
        """What remains when variables of these names hide those that the facts are about."""
        return Facts(
            frozenset(path for path in self.not_null if path[0] not in names),
            {path: values for path, values in self.one_of.items() if path[0] not in names},
            {path: values for path, values in self.none_of.items() if path[0] not in names},
        )


NOTHING = Facts()


def facts(tree: Ast, truth: bool) -> Facts:  # noqa: FBT001 - which of two outcomes is the question
    """What follows when a condition evaluates to ``truth``.

    >>> from flow_core.expr.parser import parse
    >>> sorted(facts(parse("has(a.b) && c != null").tree, True).not_null)
    [('a', 'b'), ('c',)]
    """
    when_true, when_false = _outcomes(tree)
    return when_true if truth else when_false


def _outcomes(tree: Ast) -> tuple[Facts, Facts]:
    """What follows when a condition is true, and when it is false."""
    match tree:
        case Unary(operator="!"):
            when_true, when_false = _outcomes(tree.operand)
            return when_false, when_true
        case Binary(operator="&&"):
            left, right = _outcomes(tree.left), _outcomes(tree.right)
            return left[0].both(right[0]), left[1].either(right[1])
        case Binary(operator="||"):
            left, right = _outcomes(tree.left), _outcomes(tree.right)
            return left[0].either(right[0]), left[1].both(right[1])
        case Ternary():
            return _chosen(tree)
        case _:
            return _simple(tree, truth=True), _simple(tree, truth=False)


def _chosen(tree: Ternary) -> tuple[Facts, Facts]:
    """Either the condition and the first choice hold, or the second choice without it."""
    held, failed = _outcomes(tree.condition)
    then, otherwise = _outcomes(tree.then), _outcomes(tree.otherwise)
    return (
        held.both(then[0]).either(failed.both(otherwise[0])),
        held.both(then[1]).either(failed.both(otherwise[1])),
    )


def _simple(tree: Ast, *, truth: bool) -> Facts:
    """What follows from a comparison, a look-up, `has`, or a boolean by itself."""
    match tree:
        case Binary(operator="==" | "!=" as operator):
            return _compared(tree, equal=truth is (operator == "=="))
        case Binary(operator="in", right=ListLiteral()):
            return _listed(tree, inside=truth)
        case Has():
            path = path_of(tree.field)
            return Facts(frozenset({path})) if truth and path else NOTHING
        case _:
            path = path_of(tree)
            return Facts(frozenset({path}), {path: frozenset({truth})}) if path else NOTHING


def _compared(tree: Binary, *, equal: bool) -> Facts:
    """A path compared with a constant, in either order."""
    path, constant = path_of(tree.left), tree.right
    if not path:
        path, constant = path_of(tree.right), tree.left
    if not path or not isinstance(constant, Literal):
        return NOTHING
    return _values(path, frozenset({constant.value}), among=equal)


def _listed(tree: Binary, *, inside: bool) -> Facts:
    """A path looked up in a list of constants."""
    path = path_of(tree.left)
    items = tree.right.items if isinstance(tree.right, ListLiteral) else ()
    values = [item.value for item in items if isinstance(item, Literal)]
    if not path or not values or len(values) < len(items):
        return NOTHING
    return _values(path, frozenset(values), among=inside)


def _values(path: NamePath, values: frozenset[Constant], *, among: bool) -> Facts:
    """A path that is, or is not, one of some constants; a value that is not null tells so too."""
    not_null = frozenset({path}) if among is (None not in values) else frozenset[NamePath]()
    return Facts(not_null, {path: values}) if among else Facts(not_null, {}, {path: values})
