"""Python hints as Flow types, from the syntax alone. What is not understood is `any`."""

import ast
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET, UnsetType

from flow_core.components.python.constraints import constraint_keywords, refine
from flow_core.components.python.known import FORMS, SECRETS, canonical, known_type
from flow_core.components.python.literals import enumeration, literal
from flow_core.components.python.names import Definition, Names, Qualified
from flow_core.components.python.records import Records
from flow_core.components.python.source import Source, parse_expression
from flow_core.types.algebra import union
from flow_core.types.kinds import (
    ANY,
    NULL,
    ListType,
    MapType,
    Ref,
    StringType,
    Type,
)

if TYPE_CHECKING:
    from flow_core.diagnostics import Json

_DEFAULTS = frozenset({"default", "default_factory", "factory"})
_MAX_DEPTH = 40
_MAX_INLINE = 3
"""Aliases of aliases beyond this are named instead of expanded, which bounds a type's size."""


class Hint(msgspec.Struct, frozen=True):
    """What a hint says: a type, and of the port or field that bears it the rest.

    ``optional``: there is a default, though it may be no literal. ``required`` is what
    ``Required`` and ``NotRequired`` say.
    """

    type: Type = ANY
    secret: bool = False
    description: str = ""
    default: "Json | UnsetType" = UNSET
    optional: bool = False
    required: bool | None = None


class Hints:
    """Reads hints. ``output``: of what a component gives, where a field with a default is there."""

    def __init__(self, names: Names, *, output: bool) -> None:
        self.names = names
        self.output = output
        self.records = Records(self)
        self._expanding: list[tuple[str, str]] = []

    def type(self, node: ast.expr | None, source: Source, depth: int = 0) -> Type:
        """The type of a hint."""
        return self.hint(node, source, depth).type

    def hint(self, node: ast.expr | None, source: Source, depth: int = 0) -> Hint:
        """All that a hint says; nothing for none."""
        if node is None or depth > _MAX_DEPTH:
            return Hint()
        match node:
            case ast.Constant(value=None):
                return Hint(NULL)
            case ast.Constant(value=str() as text):
                return self.hint(parse_expression(text), source, depth + 1)
            case ast.BinOp(op=ast.BitOr()):
                return self._union(_operands(node), source, depth)
            case ast.Name() | ast.Attribute():
                return self._named(node, source, depth)
            case ast.Subscript(value=head, slice=inside):
                return self._subscript(head, type_arguments(inside), source, depth)
            case ast.Call():
                return Hint(self._call(node, source, depth))
            case _:
                return Hint()

    def definition(self, definition: Definition) -> Type:
        """The type that a class or an alias of the project stands for."""
        if isinstance(definition.node, ast.ClassDef):
            return self.records.type(definition, definition.node)
        return self._alias(definition, 0).type

    def _named(self, node: ast.expr, source: Source, depth: int) -> Hint:
        symbol = self.names.resolve(node, source)
        match symbol:
            case Qualified(name=name):
                return Hint(known_type(name) or ANY, secret=canonical(name) in SECRETS)
            case Definition(node=ast.ClassDef() as class_):
                return Hint(self.records.type(symbol, class_))
            case Definition():
                return self._alias(symbol, depth)
            case _:
                return Hint()

    def _alias(self, definition: Definition, depth: int) -> Hint:
        """An alias, expanded; one that recurs or is nested deep becomes a name."""
        if not isinstance(definition.node, ast.expr):
            return Hint()
        key = (definition.source.file, definition.name)
        if key in self._expanding or len(self._expanding) >= _MAX_INLINE:
            resolve = lambda: self.definition(definition)  # noqa: E731 - a def would say no more
            return Hint(Ref(definition.name, definition.source.file, resolve))
        self._expanding.append(key)
        try:
            return self.hint(definition.node, definition.source, depth + 1)
        finally:
            self._expanding.pop()

    def _subscript(
        self, head: ast.expr, arguments: list[ast.expr], source: Source, depth: int
    ) -> Hint:
        symbol = self.names.resolve(head, source)
        if not isinstance(symbol, Qualified):
            return self._named(head, source, depth)  # a generic class: its parameters are `any`
        first, *rest = arguments
        match FORMS.get(canonical(symbol.name)):
            case "Union":
                return self._union(arguments, source, depth)
            case "Optional":
                return self._union([first, ast.Constant(None)], source, depth)
            case "Annotated":
                return self._annotated(first, rest, source, depth)
            case "Secret":
                return msgspec.structs.replace(self.hint(first, source, depth + 1), secret=True)
            case "Required" | "NotRequired" as form:
                inner = self.hint(first, source, depth + 1)
                return msgspec.structs.replace(inner, required=form == "Required")
            case "ReadOnly" | "Final" | "Awaitable" | "InitVar" | "Unpack":
                return self.hint(first, source, depth + 1)
            case form:
                return Hint(self._composed(form or "", arguments, source, depth + 1))

    def _composed(self, form: str, arguments: list[ast.expr], source: Source, depth: int) -> Type:
        match form:
            case "Literal":
                return self._literal(arguments, source)
            case "list":
                return ListType(self.type(arguments[0], source, depth))
            case "set":
                return ListType(self.type(arguments[0], source, depth), unique=True)
            case "tuple":
                return self._tuple(arguments, source, depth)
            case "map":
                return self._map(arguments, source, depth)
            case "Coroutine":
                return self.type(arguments[-1], source, depth)
            case _:
                return ANY

    def _union(self, members: list[ast.expr], source: Source, depth: int) -> Hint:
        hints = [self.hint(member, source, depth + 1) for member in members]
        return Hint(union(*(h.type for h in hints)), secret=any(h.secret for h in hints))

    def _literal(self, nodes: list[ast.expr], source: Source) -> Type:
        values: list[Json] = []
        for node in nodes:
            value = literal(node, source, self.names)
            if isinstance(value, UnsetType):
                return ANY
            values.append(value)
        return enumeration(values)

    def _tuple(self, nodes: list[ast.expr], source: Source, depth: int) -> Type:
        """JSON Schema's plain lists have one type of item, so a tuple's is the union of all."""
        match nodes:
            case [item, ast.Constant(value=value)] if value is ...:
                return ListType(self.type(item, source, depth))
            case [ast.Tuple(elts=[])]:
                return ListType(ANY, 0, 0)
            case _:
                items = union(*(self.type(node, source, depth) for node in nodes))
                return ListType(items, len(nodes), len(nodes))

    def _map(self, nodes: list[ast.expr], source: Source, depth: int) -> Type:
        """A map; one with other keys than strings is no JSON object, so `any`."""
        if len(nodes) != 2:  # noqa: PLR2004 - a key and a value
            return ANY
        key, value = (self.type(node, source, depth) for node in nodes)
        return MapType(value) if isinstance(key, StringType) or key == ANY else ANY

    def _annotated(
        self, inner: ast.expr, marks: list[ast.expr], source: Source, depth: int
    ) -> Hint:
        found = self.hint(inner, source, depth + 1)
        for mark in marks:
            found = self._marked(found, mark, source)
        return found

    def _marked(self, hint: Hint, mark: ast.expr, source: Source) -> Hint:
        """A hint with one more of `Annotated`'s marks: a constraint, a `Field`, a documentation."""
        if not isinstance(mark, ast.Call):
            return hint
        symbol = self.names.resolve(mark.func, source)
        name = canonical(symbol.name) if isinstance(symbol, Qualified) else ""
        if name in ("typing.Doc", "annotated_doc.Doc") and mark.args:
            return _described(hint, literal(mark.args[0], source, self.names))
        if name == "pydantic.Field":
            return self.field_keywords(hint, mark, source)
        if not name.startswith("annotated_types."):
            return hint
        keywords = constraint_keywords(mark, name.rpartition(".")[2])
        return msgspec.structs.replace(hint, type=self._refined(hint.type, keywords, source))

    def field_keywords(self, hint: Hint, call: ast.Call, source: Source) -> Hint:
        """What the keywords of pydantic's ``Field(…)`` and of its likes add to a hint."""
        keywords = {word.arg: word.value for word in call.keywords if word.arg}
        default = literal(keywords.get("default"), source, self.names)
        hint = _described(hint, literal(keywords.get("description"), source, self.names))
        return msgspec.structs.replace(
            hint,
            type=self._refined(hint.type, keywords, source),
            default=hint.default if isinstance(default, UnsetType) else default,
            optional=hint.optional or not _DEFAULTS.isdisjoint(keywords),
        )

    def _refined(self, type_: Type, keywords: dict[str, ast.expr], source: Source) -> Type:
        values = {key: literal(node, source, self.names) for key, node in keywords.items()}
        return refine(type_, {k: v for k, v in values.items() if not isinstance(v, UnsetType)})

    def _call(self, node: ast.Call, source: Source, depth: int) -> Type:
        """A type made by a call: ``NewType("Sku", str)``; others are the records' to know."""
        symbol = self.names.resolve(node.func, source)
        name = canonical(symbol.name) if isinstance(symbol, Qualified) else ""
        match name, node.args:
            case "typing.NewType", [_, base]:
                return self.type(base, source, depth + 1)
            case "typing.TypedDict", [_, ast.Dict() as fields]:
                return self.records.functional(node, fields, source)
            case _:
                return ANY


def type_arguments(inside: ast.expr) -> list[ast.expr]:
    """What stands in a hint's brackets; at least one, as ``tuple[()]`` holds an empty tuple."""
    return (inside.elts if isinstance(inside, ast.Tuple) else []) or [inside]


def _described(hint: Hint, text: "Json | UnsetType") -> Hint:
    return msgspec.structs.replace(hint, description=text) if isinstance(text, str) else hint


def _operands(node: ast.expr) -> list[ast.expr]:
    """The operands of ``a | b | c``, in order."""
    operands: list[ast.expr] = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        operands.append(node.right)
        node = node.left
    return [node, *reversed(operands)]
