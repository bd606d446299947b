"""The type of every node of a tree, and the problems on the way.

Every operand is looked at, also where ``&&`` and ``||`` would never reach it. What can't be known
is `any`, and `any` is never the cause of a problem.
"""

from collections.abc import Callable
from typing import Any

from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.expr.calls import check_call
from flow_core.expr.complaints import Complaints, name_path
from flow_core.expr.functions import TYPE_NAMES
from flow_core.expr.literals import check_zero
from flow_core.expr.macros import check_macro
from flow_core.expr.narrowing import facts
from flow_core.expr.operators import (
    VERBS,
    arithmetic,
    comparable,
    is_boolean,
    item_type,
    kinds,
    may_be_null,
    may_equal,
    negated,
    value_type,
)
from flow_core.expr.references import path_of
from flow_core.expr.scope import Scope
from flow_core.types import alternatives, join, member, show, union, without_null
from flow_core.types.kinds import (
    ANY,
    BOOLEAN,
    NULL,
    BooleanType,
    BytesType,
    Field,
    ListType,
    NumberType,
    ObjectType,
    StringType,
    Type,
)


class Inference:
    """One check: the problems so far, and what the evaluator will want to know."""

    def __init__(self) -> None:
        self.complaints = Complaints()
        self.doubles: set[tuple[int, int]] = set()

    def type_of(self, node: Ast, scope: Scope) -> Type:
        """The type of a node; `any` where a problem makes it unknowable."""
        return _CASES[type(node)](self, node, scope)

    def has(self, node: ast.Has, scope: Scope) -> Type:
        """``has(a.b)``."""
        self.select(node.field, scope)
        return BOOLEAN

    # Names and what is read of them

    def name(self, node: ast.Name, scope: Scope) -> Type:
        """A variable."""
        type_ = scope.lookup(node.name, absolute=node.absolute)
        if type_ is None:
            if node.name in TYPE_NAMES:
                return ANY
            self.complaints.unknown_name(node, scope)
            return ANY
        return type_ if node.absolute else scope.refine((node.name,), type_)

    def select(self, node: ast.Select, scope: Scope) -> Type:
        """A property. Asking for it with `has` is no different."""
        if name_path(node, scope):
            return ANY
        operand = self.operand(node.operand, scope)
        if not node.name:
            return ANY
        return self.property(node, operand, node.name, scope)

    def operand(self, node: Ast, scope: Scope) -> Type:
        """What something is read of: it must not be null."""
        type_ = self.type_of(node, scope)
        if may_be_null(type_):
            self.complaints.null_access(node)
            return without_null(type_)
        return type_

    def property(
        self, node: ast.Select | ast.Index, operand: Type, name: str, scope: Scope
    ) -> Type:
        """The type of a named property, given what is known of its path."""
        found: list[Type] = []
        for type_ in alternatives(operand):
            property_ = ANY if is_undeclared(type_) else member(type_, name)
            if property_ is None:
                self.complaints.unknown_member(node, operand, name)
                return ANY
            found.append(property_)
        type_ = union(*found)
        path = path_of(node) if scope.refines else ()
        return scope.refine(path, type_) if path else type_

    def index(self, node: ast.Index, scope: Scope) -> Type:
        """An item of a list or a value of a map."""
        operand = self.operand(node.operand, scope)
        index = self.strict(node.index, scope, "be an index")
        key = node.index.value if isinstance(node.index, ast.Literal) else None
        if isinstance(key, str) and set(kinds(operand)) <= {"map", "any"}:
            return self.property(node, operand, key, scope)
        wanted = {"list": "integer", "map": "string"}
        for kind in kinds(operand):
            if kind not in {"list", "map", "any"}:
                text = f"`{show(operand)}` has no items"
                self.complaints.mismatch(node.operand, text, "only lists and maps have items")
                return ANY
            if kind != "any" and not set(kinds(index)) <= {wanted[kind], "any"}:
                text = f"a {kind} is indexed by `{wanted[kind]}`, not `{show(index)}`"
                self.complaints.mismatch(
                    node.index, text, "lists count from `[0]`, maps have names: `['name']`"
                )
                return ANY
        return value_type(operand)

    # Operators

    def strict(self, node: Ast, scope: Scope, use: str) -> Type:
        """The type of an operand that must not be null; ``use`` says what null can't do."""
        type_ = self.type_of(node, scope)
        if not may_be_null(type_):
            return type_
        self.complaints.null_operand(node, use)
        return ANY if type_ == NULL else without_null(type_)

    def condition(self, node: Ast, scope: Scope, hint: str = "") -> bool:
        """Whether an operand is a boolean, as it must be."""
        type_ = self.strict(node, scope, "be a condition")
        if not is_boolean(type_):
            text = f"a condition must be `boolean`, not `{show(type_)}`"
            self.complaints.mismatch(node, text, hint)
        return is_boolean(type_)

    def junction(self, node: ast.Binary, scope: Scope) -> None:
        """``&&`` and ``||``: both operands are conditions, and one complaint will do."""
        hint = "for a default write `coalesce(value, default)`" if node.operator == "||" else ""
        is_sound = self.condition(node.left, scope, hint)
        reached = scope.narrowed(facts(node.left, node.operator == "&&"))
        if is_sound:
            self.condition(node.right, reached)
        else:
            self.type_of(node.right, reached)

    def binary(self, node: ast.Binary, scope: Scope) -> Type:
        """``left operator right``."""
        operator = node.operator
        if operator in {"&&", "||"}:
            self.junction(node, scope)
            return BOOLEAN
        if operator in {"==", "!="}:
            self.equality(node, scope)
            return BOOLEAN
        if operator == "in":
            self.membership(node, scope)
            return BOOLEAN
        use = "be added" if operator == "+" else "be calculated with"
        use = "be compared by size" if operator[0] in "<>" else use
        left = self.strict(node.left, scope, use)
        right = self.strict(node.right, scope, use)
        if operator[0] in "<>":
            if not comparable(left, right):
                text = f"`{show(left)}` and `{show(right)}` can't be compared by size"
                self.complaints.unlike(node, text, left, right)
            return BOOLEAN
        return self.arithmetic(node, left, right)

    def arithmetic(self, node: ast.Binary, left: Type, right: Type) -> Type:
        """``+ - * / %``."""
        result = arithmetic(node.operator, left, right)
        self.complaints.add(check_zero(node, left, right))
        if result is None:
            self.complaints.no_operation(node, VERBS[node.operator], left, right)
            return ANY
        return result

    def equality(self, node: ast.Binary, scope: Scope) -> None:
        """``==`` and ``!=``: of two kinds that share no value they make no sense."""
        left, right = self.type_of(node.left, scope), self.type_of(node.right, scope)
        if not may_equal(left, right):
            text = f"`{show(left)}` never equals `{show(right)}`"
            self.complaints.unlike(node, text, left, right)

    def membership(self, node: ast.Binary, scope: Scope) -> None:
        """``value in list`` and ``key in map``."""
        value = self.type_of(node.left, scope)
        container = self.strict(node.right, scope, "hold anything")
        items = item_type(container)
        if items is None:
            is_text = "string" in kinds(container)
            hint = "write `text.contains(part)`" if is_text else "compare with `==`"
            text = f"`in` needs a list or a map on its right, not `{show(container)}`"
            self.complaints.mismatch(node.right, text, hint)
        elif not may_equal(value, items):
            text = f"`{show(value)}` is never in `{show(container)}`"
            self.complaints.unlike(node, text, value, items)

    def unary(self, node: ast.Unary, scope: Scope) -> Type:
        """``!`` and ``-``."""
        if node.operator == "!":
            self.condition(node.operand, scope)
            return BOOLEAN
        operand = self.strict(node.operand, scope, "be calculated with")
        result = negated(operand)
        if result is None:
            text = f"`{show(operand)}` has no negative"
            self.complaints.mismatch(node, text, "only numbers and durations have one")
        return ANY if result is None else result

    def ternary(self, node: ast.Ternary, scope: Scope) -> Type:
        """``condition ? then : otherwise``; an int beside a double becomes one."""
        self.condition(node.condition, scope)
        then = self.type_of(node.then, scope.narrowed(facts(node.condition, truth=True)))
        otherwise = self.type_of(node.otherwise, scope.narrowed(facts(node.condition, truth=False)))
        found = {*kinds(then), *kinds(otherwise)}
        if {"integer", "number"} <= found:
            self.doubles.add((node.start, node.end))
        return join(then, otherwise)

    # Lists and maps

    def list_literal(self, node: ast.ListLiteral, scope: Scope) -> Type:
        """``[…]``; of an empty one it is only known that it has no items."""
        if not node.items:
            return ListType(ANY, max_items=0)
        item = self.type_of(node.items[0], scope)
        for other in node.items[1:]:
            item = join(item, self.type_of(other, scope))
        return ListType(item)

    def map_literal(self, node: ast.MapLiteral, scope: Scope) -> Type:
        """``{…}``: an object if all keys are constant texts."""
        fields: dict[str, Field] = {}
        for key, value in node.entries:
            type_ = self.type_of(value, scope)
            if isinstance(key, ast.Literal) and isinstance(key.value, str):
                if key.value in fields:
                    self.complaints.repeated_key(key, key.value)
                fields[key.value] = Field(type_)
            else:
                self.key(key, scope)
        return ObjectType(fields, open=False) if len(fields) == len(node.entries) else ANY

    def key(self, node: Ast, scope: Scope) -> None:
        """A key that is no constant text."""
        type_ = self.strict(node, scope, "be a key")
        if not set(kinds(type_)) <= {"string", "integer", "boolean", "any"}:
            self.complaints.bad_key(node, show(type_))


_CASES: dict[type, Callable[[Inference, Any, Scope], Type]] = {
    ast.Literal: lambda _, node, __: literal_type(node),
    ast.Name: Inference.name,
    ast.Select: Inference.select,
    ast.Index: Inference.index,
    ast.Call: check_call,
    ast.Binary: Inference.binary,
    ast.Unary: Inference.unary,
    ast.Ternary: Inference.ternary,
    ast.Has: Inference.has,
    ast.Macro: check_macro,
    ast.ListLiteral: Inference.list_literal,
    ast.MapLiteral: Inference.map_literal,
    ast.Hole: lambda _, __, ___: ANY,
}


def is_undeclared(type_: Type) -> bool:
    """Whether a type is an object of which no property is declared, so that any may be there."""
    return isinstance(type_, ObjectType) and type_.open and not type_.fields


def literal_type(node: ast.Literal) -> Type:
    """The type whose only value is a constant."""
    match node.value:
        case None:
            return NULL
        case bool() as value:
            return BooleanType(value)
        case int() as value:
            return NumberType(integer=True, enum=(value,))
        case float() as value:
            return NumberType(enum=(value,))
        case str() as value:
            return StringType(enum=(value,))
        case bytes():
            return BytesType()
