"""What a Python component returned, as JSON data: by what the values are, so nothing is mended."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

import msgspec

from flow_core.diagnostics import Json
from flow_core.durations import show_duration
from flow_core.run.python.kinds import (
    is_class,
    is_iterable,
    is_mapping,
    is_model,
    is_object,
    is_record,
    is_root_model,
)

_MAX_DEPTH = 100
_MICROSECOND = dt.timedelta(microseconds=1)


class NotData(Exception):  # noqa: N818 - it becomes a `type_error` of the step
    """A value that a pipeline can't hold; ``path`` leads to it."""

    def __init__(self, value: object, path: str) -> None:
        where = f"{path}: " if path else ""
        super().__init__(f"{where}a value of the type `{type(value).__name__}` is no data")


def outputs_of(value: Any, names: Collection[str]) -> dict[str, Json]:
    """The outputs that a function returned: the fields of a record, or the output `result`.

    ``names`` are the outputs that are declared.

    Raises:
        NotData: it returned what a pipeline can't hold, or no record where one is expected.
    """
    if value is None and not names:
        return {}
    data: Any = to_json(value)
    if set(names) == {"result"} and not (_is_record(value) and set(data) == {"result"}):
        return {"result": data}
    if is_object(data):
        return data
    if value is None:
        return {}
    raise NotData(value, "the outputs")


def to_json(value: Any, path: str = "", depth: int = 0) -> Any:
    """A value as JSON data: records are objects, sets and generators lists, times text.

    Raises:
        NotData: a part of it is none.

    >>> to_json({"at": dt.timedelta(seconds=90), "tags": {"a"}})
    {'at': '1m30s', 'tags': ['a']}
    """
    if depth > _MAX_DEPTH:
        raise NotData(value, path)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return to_json(value.value, path, depth + 1)
    if is_root_model(value):
        return to_json(value.root, path, depth + 1)
    scalar = _scalar(value)
    if scalar is not None:
        return scalar
    fields = fields_of(value)
    if fields is not None:
        return _object(fields, path, depth)
    if is_iterable(value):
        return [to_json(each, f"{path}[{n}]", depth + 1) for n, each in enumerate(value)]
    raise NotData(value, path)


def _object(fields: Mapping[Any, Any], path: str, depth: int) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in fields.items():
        name = key.value if isinstance(key, Enum) else key
        if not isinstance(name, str):
            raise NotData(name, f"{path}: a key")
        found[name] = to_json(value, f"{path}.{name}" if path else name, depth + 1)
    return found


def _scalar(value: Any) -> int | float | str | None:
    """A scalar as JSON has it, None for what is none."""
    match value:
        case str():
            return str(value)
        case int():
            return int(value)
        case float() | Decimal():
            return float(value)
        case bytes() | bytearray():
            from base64 import b64encode

            return b64encode(value).decode()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return _duration(value)
        case PurePath() | UUID():
            return str(value)
        case _:
            return _of_pydantic(value)


def _duration(value: dt.timedelta) -> str:
    microseconds = value // _MICROSECOND
    return show_duration(microseconds) if microseconds >= 0 else f"-{show_duration(-microseconds)}"


def _of_pydantic(value: Any) -> str | None:
    """The text of pydantic's scalars: a URL, a secret."""
    if not type(value).__module__.startswith("pydantic"):
        return None
    reveal = getattr(value, "get_secret_value", None)
    return str(reveal() if reveal else value) if not is_model(value) else None


def fields_of(value: Any) -> Mapping[Any, Any] | None:
    """The fields of a record or mapping, None for what is none."""
    if is_mapping(value):
        return value
    if is_model(value):
        return _of_model(value, type(value))
    if is_class(value) or not is_record(type(value)):
        return None
    return {shown: getattr(value, name) for shown, name in _names(value, type(value))}


def _names(value: Any, kind: Any) -> list[tuple[str, str]]:
    """The fields of an instance of a class for records: as JSON and as Python name them."""
    if isinstance(value, msgspec.Struct):
        return [(field.encode_name, field.name) for field in msgspec.structs.fields(value)]
    if dataclasses.is_dataclass(value):
        return [(field.name, field.name) for field in dataclasses.fields(value)]
    attributes: Any = getattr(kind, "__attrs_attrs__", None)
    names: list[str] = [each.name for each in attributes] if attributes else [*kind._fields]
    return [(name, name) for name in names]


def _of_model(value: Any, kind: Any) -> dict[str, Any]:
    fields: dict[str, Any] = kind.model_fields
    return {
        field.serialization_alias or field.alias or name: getattr(value, name)
        for name, field in fields.items()
    }


def _is_record(value: Any) -> bool:
    return fields_of(value) is not None
