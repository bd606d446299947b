"""Offers inside of expressions: names, properties, functions, and the texts of enums."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from flow_core.analysis.scopes import VARIABLES
from flow_core.expr import ast
from flow_core.expr.ast import Ast
from flow_core.ide.completion.computed import TEXTUAL
from flow_core.ide.completion.errors import named_in
from flow_core.ide.completion.functions import global_functions, member_functions
from flow_core.ide.completion.inside import Typed
from flow_core.ide.completion.item import Offer
from flow_core.ide.completion.position import Position, position, unclosed, wanted
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.template import Source, Writer
from flow_core.ide.completion.visible import (
    NAMESPACES,
    Visible,
    fields_of,
    is_name,
    suits,
    type_detail,
)
from flow_core.ide.cursor import Cursor, scope_of
from flow_core.ide.expected import expected
from flow_core.places import Span
from flow_core.syntax.nodes import Scalar
from flow_core.types import Type, alternatives, without_null
from flow_core.types.kinds import AnyType, BooleanType, ListType, MapType, ObjectType, StringType

_UNSUITABLE = 3
_LATER = 4
_DOT = re.compile(r"\.\s*\Z")


def in_expression(cursor: Cursor, typed: Typed) -> Iterator[tuple[Spot, Offer]]:
    """What may be typed at a cursor that stands in an expression."""
    where = _inner(typed)
    if where is None:
        return
    start, end = cursor.offset - len(where.found.before), cursor.offset + len(where.found.after)
    spot = Spot(
        cursor,
        "value",
        typed.path,
        Span(start, end),
        where.found.before,
        Writer(raw=True),
        before="" if cursor.line[-1:] != "{" else " ",
        alone=True,
    )
    brackets = unclosed(typed.source[: typed.offset]) if typed.closer else ""
    closed = msgspec.structs.replace(spot, after=brackets + typed.closer, edits=typed.edits)
    for offer in where.offers():
        yield (spot if offer.continues else closed), offer
    dot = _DOT.search(cursor.line[: len(cursor.line) - len(where.found.before)])
    if dot is not None:
        span = Span(start - len(dot[0]), end)
        for offer in where.indexed():
            yield msgspec.structs.replace(spot if offer.continues else closed, span=span), offer


def _inner(typed: Typed) -> "_Inner | None":
    module = typed.cursor.module
    found = position(typed.source, typed.offset, scope_of(module, typed.site))
    if found is None:
        return None
    field = expected(module, typed.path)
    outer = (field.type if field else None) if _is_all(typed) else TEXTUAL
    return _Inner(typed, found, Visible(typed.cursor, typed.site), wanted(found, outer))


def _is_all(typed: Typed) -> bool:
    """Whether the expression is all of its scalar."""
    node = typed.cursor.node
    text = node.text.strip() if isinstance(node, Scalar) else ""
    return text.startswith("${{") and text[3:].partition("}}")[2] == ""


class _Inner(msgspec.Struct, frozen=True):
    """A position in an expression, what is visible there, and the type that is wanted."""

    typed: Typed
    found: Position
    visible: Visible
    wanted: Type | None

    def offers(self) -> Iterator[Offer]:
        """What may be typed there."""
        match self.found.node:
            case ast.Literal():
                yield from self._texts()
            case ast.Select(operand=operand):
                yield from self._members(operand)
            case ast.Call(target=target) if target is not None:
                yield from self._members(target)
            case _:
                yield from self._names()

    def indexed(self) -> Iterator[Offer]:
        """What can be read of a value, but not by the dot that is typed: an index replaces it."""
        node = self.found.node
        for offer in self._properties(node.operand) if isinstance(node, ast.Select) else ():
            if not is_name(offer.label):
                index = _source(self._in_expression(f"[{offer.label!r}]"))
                yield msgspec.structs.replace(offer, write=index, filter=f".{offer.label}")

    def _in_expression(self, source: str) -> str:
        """A source whose texts are in quotes that its scalar has not."""
        return source.replace("'", '"') if self.typed.quote == "'" else source

    def _texts(self) -> Iterator[Offer]:
        """What a text between quotes may be: a value of an enum, or the name in an index."""
        closer = self.found.closer
        around = self.found.chain[1:2]
        if around and isinstance(around[0], ast.Index):
            for offer in self._properties(around[0].operand):
                yield msgspec.structs.replace(offer, write=Source((offer.label, closer)))
        for offer in self._known_texts():
            yield msgspec.structs.replace(offer, write=Source((offer.label, closer)))

    def _known_texts(self) -> Iterator[Offer]:
        """The texts that are wanted, where those are known: of an enum, or names of errors."""
        for each in alternatives(without_null(self.wanted)) if self.wanted is not None else ():
            if isinstance(each, StringType):
                yield from (Offer(text, "value", text, rank=1) for text in each.enum or ())
        if self.found.is_compared_with(_is_name_of_error):
            for offer in named_in(self.typed.cursor, self.typed.path):
                yield msgspec.structs.replace(offer, rank=1)

    # Names

    def _names(self) -> Iterator[Offer]:
        hidden = self.found.here.locals
        for name, type_ in hidden.items():
            yield _variable(name, type_, type_detail(type_), rank=1)
        for name, type_ in self.visible.variables.items():
            if name not in hidden:
                rank = 1 if self._is_wanted(type_) else 3
                yield _variable(name, type_, VARIABLES.get(name, ""), rank)
        if self.visible.steps and "steps" not in hidden:
            yield Offer(
                "steps", "variable", _source("steps"), VARIABLES["steps"], rank=3, continues=True
            )
        yield from self._constants()
        yield from self._paths()
        yield from global_functions(self.wanted, called=self.found.called)

    def _is_wanted(self, type_: Type) -> bool:
        known = self.wanted is not None and not isinstance(self.wanted, AnyType)
        return known and suits(type_, self.wanted) == 0

    def _constants(self) -> Iterator[Offer]:
        quote = self._in_expression("'")
        for offer in self._known_texts():
            text = f"{quote}{offer.label}{quote}"
            yield msgspec.structs.replace(offer, label=text, write=_source(text))
        kinds = alternatives(self.wanted) if self.wanted is not None else ()
        is_boolean = any(isinstance(each, BooleanType) for each in kinds)
        for word in ("true", "false", "null"):
            rank = 3 if is_boolean and word != "null" else 8
            yield Offer(word, "word", _source(word), rank=rank)

    def _paths(self) -> Iterator[Offer]:
        """What suits the place, by the whole path to it."""
        is_free = self.wanted is None or isinstance(self.wanted, AnyType)
        for readable in self.visible.readable():
            rank = suits(readable.type, self.wanted)
            if rank < _UNSUITABLE - 1 and "." in readable.source:
                source, detail = self._in_expression(readable.source), type_detail(readable.type)
                yield _variable(source, readable.type, detail, _LATER if is_free else rank + 1)

    # What is read of a value

    def _members(self, operand: Ast) -> Iterator[Offer]:
        yield from (offer for offer in self._properties(operand) if is_name(offer.label))
        if not _is_namespace(operand):
            type_ = self.found.type_of(operand)
            yield from member_functions(type_, self.wanted, called=self.found.called)

    def _properties(self, operand: Ast) -> Iterator[Offer]:
        is_hidden = "steps" in self.found.here.locals
        match operand:
            case ast.Name(name="steps") if not is_hidden:
                for name in self.visible.steps:
                    yield Offer(name, "step", _source(name), rank=3, continues=True)
                return
            case ast.Select(operand=ast.Name(name="steps"), name=step) if not is_hidden:
                yield from self._fields(self.visible.step_type(step), first="outputs")
            case _:
                yield from self._fields(self.found.type_of(operand))

    def _fields(self, type_: Type, first: str = "") -> Iterator[Offer]:
        """The properties of a type; one that is asked for most comes first."""
        for name, field in fields_of(type_):
            rank = 0 if name == first else suits(field.type, self.wanted) + 1
            yield _variable(name, field.type, type_detail(field.type), rank, kind="field")


def _source(text: str) -> Source:
    return Source((text,))


def _variable(
    name: str, type_: Type, detail: str, rank: int, kind: Literal["variable", "field"] = "variable"
) -> Offer:
    holds_more = (ObjectType, MapType, ListType)
    continues = any(isinstance(each, holds_more) for each in alternatives(without_null(type_)))
    rank = min(rank, _UNSUITABLE) if continues and kind == "field" else rank
    return Offer(name, kind, _source(name), detail, rank, continues=continues)


def _is_name_of_error(operand: Ast) -> bool:
    match operand:
        case ast.Select(operand=ast.Name(name="error"), name="name"):
            return True
        case _:
            return False


def _is_namespace(operand: Ast) -> bool:
    """Whether something is only there to be read of: `inputs`, `steps`, `steps.charge`."""
    match operand:
        case ast.Name(name=name):
            return name in NAMESPACES
        case ast.Select(operand=ast.Name(name="steps")):
            return True
        case _:
            return False
