"""The values of expressions, and their way from JSON and back.

They are Python's own, ints and floats being CEL's ints and doubles, besides `Duration`, `Timestamp`
and `TypeValue`. Objects whose properties are declared are `Record`s: reading a declared property
that is absent gives null.
"""

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeGuard

import msgspec

from flow_core.diagnostics import Json
from flow_core.durations import parse_duration, show_duration
from flow_core.expr.errors import Fault, Meter
from flow_core.expr.times import Duration, Timestamp, parse_timestamp
from flow_core.expr.unknown import PartialList, PartialMap
from flow_core.types import alternatives, deref
from flow_core.types.kinds import (
    BytesType,
    DatetimeType,
    DurationType,
    Field,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    Type,
    UnionType,
)


class TypeValue(msgspec.Struct, frozen=True):
    """A type as a value: what `type(x)` gives, by its name in CEL."""

    name: str


Value: TypeAlias = Any
"""One of the kinds in `KINDS`. What it is, is only known when it is there."""


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether a value is a list."""
    return isinstance(value, list)


def is_map(value: object) -> TypeGuard[dict[Any, Any]]:
    """Whether a value is a map or an object."""
    return isinstance(value, dict)


class Record(dict[Any, Any]):
    """An object with declared properties; an absent one reads as null."""

    __slots__ = ("declared",)

    def __init__(self, data: Mapping[str, Value], declared: Mapping[str, Field]) -> None:
        super().__init__(data)
        self.declared = declared

    def __missing__(self, key: str) -> None:
        if key not in self.declared:
            raise KeyError(key)


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    bytes: "bytes",
    Duration: "duration",
    Timestamp: "datetime",
    list: "list",
    dict: "map",
    Record: "map",
    PartialList: "list",
    PartialMap: "map",
    TypeValue: "type",
}
_CEL_NAMES = {
    "null": "null_type",
    "boolean": "bool",
    "integer": "int",
    "number": "double",
    "duration": "google.protobuf.Duration",
    "datetime": "google.protobuf.Timestamp",
}


def type_value(value: Value) -> TypeValue:
    """The type of a value."""
    kind = KINDS[type(value)]
    return TypeValue(_CEL_NAMES.get(kind, kind))


# From JSON and back


def adopt(data: Json, type_: Type) -> Value:
    """A JSON value of a type as expressions see it; data that does not fit stays as it is.

    Numbers become ints or doubles whatever their spelling, texts become times, durations and bytes
    where the type says so, and objects become records. What holds markers (see `flow_core.markers`)
    becomes something of which only the known parts can be read.
    """
    if isinstance(data, dict | list):
        from flow_core.expr.partial import adopt_partial, may_have_unknown

        if may_have_unknown(data):
            return adopt_partial(data, type_)
    return _adopt(data, type_)


def _adopt(data: Json, type_: Type) -> Value:
    type_ = deref(type_)
    if isinstance(type_, UnionType):
        return _adopt_union(data, type_)
    return _ADOPTERS.get(type(type_), _as_it_is)(data, type_)


def _as_it_is(data: Json, _type: Type) -> Value:
    return data


def _adopt_union(data: Json, type_: Type) -> Value:
    """As the first alternative that makes something else of the data than it is."""
    members = [member for member in alternatives(type_) if fits_kind(data, member)]
    for member in members:
        value = _adopt(data, member)
        if value is not data:
            return value
    return data


def fits_kind(data: Json, type_: Type) -> bool:
    """Whether data has what an alternative requires, if that is an object."""
    if isinstance(type_, ObjectType) and isinstance(data, dict):
        required = (name for name, field in type_.fields.items() if field.required)
        return all(name in data for name in required)
    return True


def _adopt_number(data: Json, type_: Any) -> Value:
    if isinstance(data, bool) or not isinstance(data, int | float):
        return data
    if not type_.integer:
        return float(data)
    return int(data) if isinstance(data, float) and data.is_integer() else data


def _adopt_list(data: Json, type_: Any) -> Value:
    return [_adopt(item, type_.item) for item in data] if isinstance(data, list) else data


def _adopt_map(data: Json, type_: Any) -> Value:
    if not isinstance(data, dict):
        return data
    return {key: _adopt(value, type_.value) for key, value in data.items()}


def _adopt_object(data: Json, type_: Any) -> Value:
    if not isinstance(data, dict):
        return data
    fields: Mapping[str, Field] = type_.fields
    return Record(
        {
            key: _adopt(value, fields[key].type) if key in fields else value
            for key, value in data.items()
        },
        fields,
    )


def _adopt_duration(data: Json, _type: Any) -> Value:
    microseconds = parse_duration(data) if isinstance(data, str) else None
    return data if microseconds is None else Duration(microseconds)


def _adopt_datetime(data: Json, _type: Any) -> Value:
    return (parse_timestamp(data) or data) if isinstance(data, str) else data


def _adopt_bytes(data: Json, _type: Any) -> Value:
    try:
        return base64.b64decode(data, validate=True) if isinstance(data, str) else data
    except (binascii.Error, ValueError):
        return data


_ADOPTERS: dict[type, Callable[[Json, Any], Value]] = {
    NumberType: _adopt_number,
    ListType: _adopt_list,
    MapType: _adopt_map,
    ObjectType: _adopt_object,
    DurationType: _adopt_duration,
    DatetimeType: _adopt_datetime,
    BytesType: _adopt_bytes,
}


def plain(value: Value) -> Json:
    """A value as JSON: durations in Flow's syntax, times in RFC 3339, bytes in base64.

    Raises:
        Fault: for a negative duration, a type, or a map whose keys are no strings.
    """
    if is_list(value):
        return [plain(item) for item in value]
    if is_map(value):
        return {_plain_key(key): plain(item) for key, item in value.items()}
    match value:
        case Duration():
            if value.microseconds < 0:
                raise Fault("bad-argument", f"a duration in JSON is never negative: {value}")
            return show_duration(value.microseconds)
        case Timestamp():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode()
        case TypeValue():
            raise Fault("bad-argument", f"the type `{value.name}` is no JSON value")
        case _:
            data: Json = value
            return data


def _plain_key(key: object) -> str:
    if not isinstance(key, str):
        raise Fault("bad-argument", f"a key in JSON is a string, not `{key}`")
    return key


# Equality

_NUMBERS = frozenset({int, float})


def equal(left: Value, right: Value, meter: Meter) -> bool:
    """CEL's equality: numbers by their size (as doubles if one is), other kinds with themselves."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return left == right if type(left) is type(right) else float(left) == float(right)
    if is_list(left) and is_list(right):
        return _equal_lists(left, right, meter)
    if is_map(left) and is_map(right):
        return _equal_maps(left, right, meter)
    return type(left) is type(right) and bool(left == right)


def _equal_lists(left: Any, right: Any, meter: Meter) -> bool:
    if len(left) != len(right):
        return False
    meter.spend(len(left))
    return all(equal(one, other, meter) for one, other in zip(left, right, strict=True))


def _equal_maps(left: dict[Any, Value], right: dict[Any, Value], meter: Meter) -> bool:
    if len(left) != len(right):
        return False
    meter.spend(len(left))
    return all(has_key(right, key) and equal(item, right[key], meter) for key, item in left.items())


def has_key(container: Mapping[Any, Value], key: Value) -> bool:
    """Whether a map has a key; to Python ``True`` and ``1`` are one, to CEL they are not."""
    if not isinstance(key, bool | int | float | str) or key not in container:
        return False
    if isinstance(key, str) or key not in {0, 1}:
        return True
    stored = next(other for other in container if other == key and not isinstance(other, str))
    return isinstance(stored, bool) is isinstance(key, bool)
