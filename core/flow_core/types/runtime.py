"""Values of a run against the types of their ports (R-type-6): quick where they fit.

A check gives the value as the port takes it: whole numbers become ints where an integer is wanted,
all numbers become doubles where a number is. What is only known after the run fits everywhere.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from flow_core.diagnostics import Json
from flow_core.expr.unknown import is_unknown
from flow_core.types.algebra import alternatives, deref
from flow_core.types.kinds import (
    AnyType,
    BooleanType,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    SchemaType,
    StringType,
    Type,
)
from flow_core.types.literals import literal_problems

Check: TypeAlias = Callable[[Json], Json]

_MAX_INT = 2**63
_STRING, _BOOLEAN, _NULL = StringType(), BooleanType(), NullType()


class Misfit(Exception):  # noqa: N818 - it becomes a `type_error` of the step
    """Why a value does not fit."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def port_check(type_: Type) -> Check:
    """The check of a type.

    >>> from flow_core.types.kinds import NUMBER
    >>> port_check(NUMBER)(2)
    2.0
    """
    quick = _Compiler().compile(type_)

    def check(data: Json) -> Json:
        try:
            return quick(data)
        except _Unsure:
            return _slowly(data, type_)

    return check


def _slowly(data: Json, type_: Type) -> Json:
    """What the quick way was not sure of; unknown parts aside."""
    problems = literal_problems(_without_unknowns(data), type_)
    if problems and not _has_unknown(data):
        raise Misfit(problems[0].text)
    return _normal(data, type_)


class _Unsure(Exception):  # noqa: N818 - not an error
    """The quick way does not know."""


class _Compiler:
    """Makes a quick check of a type; of one that holds itself the inner one is made when needed."""

    def __init__(self) -> None:
        self._made: dict[int, Check] = {}

    def compile(self, type_: Type) -> Check:  # noqa: C901 - one case for each kind of type
        if isinstance(type_, SchemaType):
            return _unsure
        named, type_ = type_, deref(type_)
        if id(type_) in self._made:
            return self._made[id(type_)]
        if named is not type_:
            self._made[id(type_)] = self._later(type_)
        match type_:
            case AnyType():
                return _as_it_is
            case NumberType():
                return _number(type_)
            case ListType():
                return self._list(type_)
            case MapType():
                return self._map(type_)
            case ObjectType():
                return self._object(type_)
            case _ if type_ == _STRING:
                return _kind(str)
            case _ if type_ == _BOOLEAN:
                return _kind(bool)
            case _ if type_ == _NULL:
                return _kind(type(None))
            case _:
                return _unsure

    def _later(self, type_: Type) -> Check:
        made: list[Check] = []

        def check(data: Json) -> Json:
            if not made:
                made.append(_Compiler().compile(type_))
            return made[0](data)

        return check

    def _list(self, type_: ListType) -> Check:
        item = self.compile(type_.item)
        plain = type_.min_items is type_.max_items is None and not type_.unique

        def check(data: Json) -> Json:
            if type(data) is not list or not plain:
                raise _Unsure
            return [item(entry) for entry in data]

        return check

    def _map(self, type_: MapType) -> Check:
        value = self.compile(type_.value)

        def check(data: Json) -> Json:
            if type(data) is not dict or is_unknown(data):
                raise _Unsure
            return {key: value(entry) for key, entry in data.items()}

        return check

    def _object(self, type_: ObjectType) -> Check:
        fields = {name: self.compile(field.type) for name, field in type_.fields.items()}
        required = [name for name, field in type_.fields.items() if field.required]

        def check(data: Json) -> Json:
            if type(data) is not dict:
                raise _Unsure
            for name in required:
                if name not in data:
                    raise _Unsure
            found: dict[str, Json] = {}
            for name, value in data.items():
                field = fields.get(name)
                if field is None and not type_.open:
                    raise _Unsure
                found[name] = value if field is None else field(value)
            return found

        return check


def _as_it_is(data: Json) -> Json:
    return data


def _unsure(_data: Json) -> Json:
    raise _Unsure


def _kind(kind: type) -> Check:
    def check(data: Json) -> Json:
        if type(data) is not kind:
            raise _Unsure
        return data

    return check


def _number(type_: NumberType) -> Check:
    bounded = type_ not in (NumberType(), NumberType(integer=True))
    wanted = int if type_.integer else float

    def check(data: Json) -> Json:
        if bounded or type(data) is not wanted or not -_MAX_INT <= data < _MAX_INT:
            raise _Unsure
        return data

    return check


# The slow way


def _normal(data: Json, type_: Type) -> Json:
    """A value that fits, with its numbers as the type wants them."""
    if is_unknown(data):
        return data
    for member in alternatives(type_):
        if _may_be(data, member):
            return _normal_of(data, member)
    return data


def _may_be(data: Json, type_: Type) -> bool:
    if isinstance(type_, AnyType):
        return True
    alone: Any = data
    return not literal_problems(_without_unknowns(alone), type_) or _has_unknown(data)


def _normal_of(data: Json, type_: Type) -> Json:
    match data, type_:
        case bool(), _:
            return data
        case int() | float(), NumberType():
            return _as_number(data, type_)
        case list(), ListType(item=item):
            return [_normal(entry, item) for entry in data]
        case dict(), MapType(value=value):
            return {key: _normal(entry, value) for key, entry in data.items()}
        case dict(), ObjectType(fields=fields):
            return {
                key: _normal(entry, fields[key].type) if key in fields else entry
                for key, entry in data.items()
            }
        case _:
            return data


def _as_number(data: float, type_: NumberType) -> float:
    if not type_.integer:
        return float(data)
    return int(data)


def _has_unknown(data: Json) -> bool:
    if isinstance(data, dict):
        return is_unknown(data) or any(map(_has_unknown, data.values()))
    return isinstance(data, list) and any(map(_has_unknown, data))


def _without_unknowns(data: Json) -> Json:
    """The value with null for what is not known; only asked for the problems of known values."""
    if isinstance(data, dict):
        if is_unknown(data):
            return None
        return {key: _without_unknowns(value) for key, value in data.items()}
    return [_without_unknowns(item) for item in data] if isinstance(data, list) else data
