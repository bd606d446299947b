"""The types of operators: which operands they take and what they give.

Operands are looked at by *kind*; a union must work with each of its members.
"""

from collections.abc import Iterator
from itertools import product
from typing import Literal, TypeAlias

from flow_core.types import alternatives, join, union
from flow_core.types.kinds import (
    ANY,
    INTEGER,
    NUMBER,
    STRING,
    AnyType,
    BooleanType,
    BytesType,
    DatetimeType,
    DurationType,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    StringType,
    Type,
)

Kind: TypeAlias = Literal[
    "any",
    "null",
    "boolean",
    "integer",
    "number",
    "string",
    "bytes",
    "duration",
    "datetime",
    "list",
    "map",
]
DURATION = DurationType()
TIMESTAMP = DatetimeType()
BYTES = BytesType()
_MAX_COMBINATIONS = 100
_KINDS: dict[type, Kind] = {
    AnyType: "any",
    NullType: "null",
    BooleanType: "boolean",
    StringType: "string",
    BytesType: "bytes",
    DurationType: "duration",
    DatetimeType: "datetime",
    ListType: "list",
    MapType: "map",
    ObjectType: "map",
}
_NUMBERS = frozenset({"integer", "number"})
_ORDERED = frozenset({"boolean", "string", "bytes", "duration", "datetime"})
_RESULTS: dict[tuple[str, Kind, Kind], Type] = {
    ("+", "string", "string"): STRING,
    ("+", "bytes", "bytes"): BYTES,
    ("+", "duration", "duration"): DURATION,
    ("+", "datetime", "duration"): TIMESTAMP,
    ("+", "duration", "datetime"): TIMESTAMP,
    ("-", "duration", "duration"): DURATION,
    ("-", "datetime", "duration"): TIMESTAMP,
    ("-", "datetime", "datetime"): DURATION,
    ("%", "integer", "integer"): INTEGER,
}
VERBS = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "%": "take the remainder of",
    "in": "look up",
}


def kind_of(type_: Type) -> Kind:
    """The kind of one alternative of a type."""
    if isinstance(type_, NumberType):
        return "integer" if type_.integer else "number"
    return _KINDS[type(type_)]


def kinds(type_: Type) -> tuple[Kind, ...]:
    """The kinds of value that a type has."""
    if type(type_) in _KINDS:
        return (_KINDS[type(type_)],)
    return tuple(dict.fromkeys(kind_of(member) for member in alternatives(type_)))


def may_be_null(type_: Type) -> bool:
    """Whether a type says that null is possible; `any` says nothing."""
    return NullType in map(type, alternatives(type_))


def arithmetic(operator: str, left: Type, right: Type) -> Type | None:
    """The type of ``left operator right``, or None where some operands can't be combined."""
    results = [_combine(operator, one, other) for one, other in _pairs(left, right)]
    found = [result for result in results if result is not None]
    return union(*found) if len(found) == len(results) else None


def _pairs(left: Type, right: Type) -> Iterator[tuple[Type, Type]]:
    """All combinations of operands; one of anything where there are too many to look at."""
    lefts, rights = alternatives(left), alternatives(right)
    if len(lefts) * len(rights) > _MAX_COMBINATIONS:
        return iter([(ANY, ANY)])
    return product(lefts, rights)


def _combine(operator: str, left: Type, right: Type) -> Type | None:
    """The result for one combination of operands."""
    if operator == "+" and isinstance(left, ListType) and isinstance(right, ListType):
        items: tuple[Type, Type] = (_unbounded(left), _unbounded(right))
        return join(*items)
    one, other = kind_of(left), kind_of(right)
    if one in _NUMBERS and other in _NUMBERS and operator != "%":
        return INTEGER if one == other == "integer" else NUMBER
    if "any" in (one, other):
        return _with_any(operator, other if one == "any" else one)
    return _RESULTS.get((operator, one, other))


def _unbounded(type_: ListType) -> ListType:
    """A list of any length, unless it is known to be empty."""
    return type_ if type_.max_items == 0 else ListType(type_.item)


def _with_any(operator: str, known: Kind) -> Type | None:
    """The result with one operand of which nothing is known."""
    if known == "any":
        return ANY
    works = any(
        symbol == operator and known in (one, other) for symbol, one, other in _RESULTS
    ) or (known in _NUMBERS and operator != "%")
    if works or (known == "list" and operator == "+"):
        return STRING if known == "string" else BYTES if known == "bytes" else ANY
    return None


def comparable(left: Type, right: Type) -> bool:
    """Whether ``<``, ``<=``, ``>`` or ``>=`` can order all values of two types."""
    return all(
        "any" in pair or set(pair) <= _NUMBERS or (pair[0] == pair[1] and pair[0] in _ORDERED)
        for pair in ((kind_of(one), kind_of(other)) for one, other in _pairs(left, right))
    )


def may_equal(left: Type, right: Type) -> bool:
    """Whether two types have values of one kind, so that comparing them makes sense.

    Null compares with everything.
    """
    ones, others = set(kinds(left)), set(kinds(right))
    if ones & others or {"any", "null"} & (ones | others):
        return True
    return bool(ones & _NUMBERS and others & _NUMBERS)


def negated(type_: Type) -> Type | None:
    """The type of ``-operand``."""
    found = set(kinds(type_))
    if not found <= {"integer", "number", "any"}:
        return None
    return ANY if "any" in found else NUMBER if "number" in found else INTEGER


def is_boolean(type_: Type) -> bool:
    """Whether a type can stand where a condition is asked for."""
    return set(kinds(type_)) <= {"boolean", "any"}


def item_type(type_: Type) -> Type | None:
    """What a macro's variable stands for: an item of a list or a key of a map."""
    found: list[Type] = []
    for member in alternatives(type_):
        match kind_of(member):
            case "list":
                found.append(member.item if isinstance(member, ListType) else ANY)
            case "map":
                empty = isinstance(member, ObjectType) and not member.fields
                found.append(ANY if empty else STRING)
            case "any":
                found.append(ANY)
            case _:
                return None
    return union(*found)


def value_type(type_: Type) -> Type:
    """What the second variable of a macro stands for: an item of a list or a value of a map."""
    return union(*(_value(member) for member in alternatives(type_)))


def _value(type_: Type) -> Type:
    match type_:
        case ListType():
            return type_.item
        case MapType():
            return type_.value
        case ObjectType() if type_.fields and not type_.open:
            return union(*(field.type for field in type_.fields.values()))
        case _:
            return ANY
