"""JSON data as a hint wants it: records of their classes, times, enums, sets."""

import dataclasses
import datetime as dt
import types
import typing
from collections import abc, deque
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from flow_core.durations import parse_duration
from flow_core.run.python.kinds import (
    is_class,
    is_list,
    is_model,
    is_object,
    is_record,
    is_root_model,
)

_UNIONS = (typing.Union, types.UnionType)
_TRANSPARENT = (typing.Annotated, typing.Required, typing.NotRequired, typing.Final)
_LISTS: dict[Any, Callable[[Any], Any]] = {
    set: set,
    frozenset: frozenset,
    abc.Set: set,
    abc.MutableSet: set,
    tuple: tuple,
    deque: deque,
    abc.Iterator: iter,
    abc.Generator: iter,
}
"""How a list becomes what the hint says; what is not here stays a list."""


def to_hint(value: Any, hint: Any) -> Any:
    """The value as a function with this hint expects it; unchanged where the hint is not known.

    Raises:
        ValueError, TypeError: a class refuses it.

    >>> to_hint("1m30s", dt.timedelta), to_hint([1, 1], set[int])
    (datetime.timedelta(seconds=90), {1})
    """
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        return _of_union(value, parts)
    if value is None:
        return None
    if origin in _TRANSPARENT:
        return to_hint(value, parts[0])
    if isinstance(hint, typing.NewType):
        return to_hint(value, hint.__supertype__)
    if isinstance(hint, typing.TypeVar) or hint is Any:
        return value
    kind = origin or hint
    if is_list(value):
        return _list(value, kind, parts)
    if is_object(value) and not is_record(kind):
        item = parts[1] if len(parts) == 2 else Any  # noqa: PLR2004 - a key and a value
        return {name: to_hint(each, item) for name, each in value.items()}
    return _instance(value, kind) if is_class(kind) else value


def _of_union(value: Any, members: tuple[Any, ...]) -> Any:
    """The first member that the value's kind suits and that takes it."""
    if value is None:
        return None
    for member in members:
        if not _suits(value, member):
            continue
        try:
            return to_hint(value, member)
        except (ValueError, TypeError):
            continue
    return value


def _suits(value: Any, hint: Any) -> bool:
    """Whether a hint may be for values of this kind of JSON."""
    kind = typing.get_origin(hint) or hint
    if kind in _TRANSPARENT:
        return _suits(value, typing.get_args(hint)[0])
    if kind is typing.Literal:
        return value in typing.get_args(hint)
    if not is_class(kind) or kind is object:
        return True
    if is_object(value):
        return is_record(kind) or issubclass(kind, abc.Mapping)
    if is_list(value):
        return issubclass(kind, abc.Iterable) and not issubclass(kind, str | bytes | abc.Mapping)
    if isinstance(value, bool):
        return kind is bool
    if isinstance(value, int | float):
        return issubclass(kind, int | float | Decimal | Enum) and kind is not bool
    return not issubclass(kind, int | float | list | dict)


def _list(items: list[Any], kind: Any, parts: tuple[Any, ...]) -> Any:
    if is_root_model(kind):
        return kind.model_validate(items)
    if kind is tuple and parts and parts[-1] is not Ellipsis and len(parts) == len(items):
        return tuple(to_hint(item, part) for item, part in zip(items, parts, strict=True))
    found = [to_hint(item, parts[0] if parts else Any) for item in items]
    return _LISTS.get(kind, list)(found)


def _instance(value: Any, kind: type) -> Any:
    """A scalar or record as an instance of a class."""
    if is_object(value):
        return _record(value, kind)
    if isinstance(value, kind) and type(value) is kind:
        return value
    make = _SCALARS.get(kind)
    if make is not None:
        return make(value)
    if issubclass(kind, Enum) or issubclass(kind, str | int | float):
        return kind(value)
    return _foreign(value, kind)


def _record(value: Mapping[str, Any], kind: Any) -> Any:
    """A record of its class; what is absent and may be null is null (R-type-4)."""
    if is_model(kind):
        return kind.model_validate(_with_nulls(kind, value))
    hints = typing.get_type_hints(kind, include_extras=True)
    named = {name: name for name in hints}
    if issubclass(kind, msgspec.Struct):
        named = {field.encode_name: field.name for field in msgspec.structs.fields(kind)}
    fields = {
        named.get(name, name): to_hint(each, hints.get(named.get(name, name), Any))
        for name, each in value.items()
    }
    filled = _with_nulls(kind, fields)
    if typing.is_typeddict(kind):
        return filled
    return kind(**{name: each for name, each in filled.items() if name in hints})


def _with_nulls(kind: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields, with None for those that the class requires and that may be null."""
    hints = typing.get_type_hints(kind)
    missing = [n for n in _required(kind) if n not in fields and _admits_none(hints.get(n))]
    return {**fields, **dict.fromkeys(missing)}


def _required(kind: Any) -> list[str]:
    if typing.is_typeddict(kind):
        return sorted(kind.__required_keys__)
    if is_model(kind):
        return [name for name, field in kind.model_fields.items() if field.is_required()]
    if dataclasses.is_dataclass(kind):
        unset = dataclasses.MISSING
        return [
            each.name
            for each in dataclasses.fields(kind)
            if each.init and each.default is unset and each.default_factory is unset
        ]
    if issubclass(kind, msgspec.Struct):
        return [field.name for field in msgspec.structs.fields(kind) if field.required]
    return [name for name in getattr(kind, "_fields", ()) if name not in kind._field_defaults]


def _admits_none(hint: Any) -> bool:
    return hint is None or hint is types.NoneType or types.NoneType in typing.get_args(hint)


def _is_foreign(hint: Any) -> bool:
    return isinstance(hint, type) and hint.__module__.startswith("pydantic")


def _foreign(value: Any, hint: Any) -> Any:
    """A value of one of pydantic's types; any other unknown hint leaves it as it is."""
    if not _is_foreign(hint):
        return value
    from pydantic import TypeAdapter

    try:
        return TypeAdapter(hint).validate_python(value)
    except ImportError:  # `EmailStr` wants a package that may not be there
        return value


def _seconds(text: str) -> dt.timedelta:
    microseconds = parse_duration(text)
    if microseconds is None:
        raise ValueError(f"`{text}` is no duration")
    return dt.timedelta(microseconds=microseconds)


def _bytes(text: str) -> bytes:
    from base64 import b64decode

    return b64decode(text, validate=True)


_SCALARS: dict[type, Callable[[Any], Any]] = {
    bytes: _bytes,
    bytearray: lambda text: bytearray(_bytes(text)),
    dt.datetime: dt.datetime.fromisoformat,
    dt.date: dt.date.fromisoformat,
    dt.time: dt.time.fromisoformat,
    dt.timedelta: _seconds,
    Decimal: lambda number: Decimal(str(number)),
    UUID: UUID,
    Path: Path,
    float: float,
    int: lambda number: number,
    str: lambda text: text,
    bool: lambda flag: flag,
    object: lambda value: value,
}
