"""What kind of thing a value of unknown type is, told in a way that type checkers understand."""

import dataclasses
import typing
from collections.abc import Iterable, Mapping
from typing import Any, TypeGuard

import msgspec


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether it is a mapping."""
    return isinstance(value, Mapping)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether JSON data is an object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether JSON data is a list."""
    return isinstance(value, list)


def is_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    """Whether it can be gone through."""
    return isinstance(value, Iterable)


def is_class(value: object) -> TypeGuard[type[Any]]:
    """Whether it is a class."""
    return isinstance(value, type)


def is_model(value: Any) -> bool:
    """Whether a value, or a class, is a model of pydantic's."""
    return hasattr(value, "__pydantic_fields__") and hasattr(value, "model_dump")


def is_root_model(value: Any) -> bool:
    """Whether a value, or a class, is a model of pydantic's that stands for one value."""
    return is_model(value) and bool(getattr(value, "__pydantic_root_model__", False))


def is_record(kind: Any) -> bool:
    """Whether a class is one for records: what is an object in JSON."""
    return is_class(kind) and (
        typing.is_typeddict(kind)
        or dataclasses.is_dataclass(kind)
        or is_model(kind)
        or issubclass(kind, msgspec.Struct)
        or hasattr(kind, "__attrs_attrs__")
        or hasattr(kind, "_field_defaults")
    )
