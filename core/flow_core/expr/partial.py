"""The way of JSON data with markers in it to values, of which what is unknown can't be read."""

from collections.abc import Mapping

import msgspec

from flow_core.diagnostics import Json
from flow_core.expr.unknown import PartialList, PartialMap, not_known
from flow_core.expr.values import Record, Value, adopt, fits_kind
from flow_core.markers import UNKNOWN_KEY, has_unknown, is_unknown
from flow_core.types import alternatives
from flow_core.types.kinds import ANY, Field, ListType, MapType, ObjectType, Type

_MARK = msgspec.json.encode(UNKNOWN_KEY) + b":"


def may_have_unknown(data: Json) -> bool:
    """Whether markers may stand in data; looked for in its text, which takes least time."""
    try:
        return _MARK in msgspec.json.encode(data)
    except (TypeError, ValueError, OverflowError):
        return has_unknown(data)
    except RecursionError:
        return False


def adopt_partial(data: Json, type_: Type) -> Value:
    """What `adopt` gives, with partial lists and maps in the place of those that hold a marker.

    Raises:
        EvaluationError: the data itself is a marker.
    """
    match data:
        case {"$unknown": what} if is_unknown(data):
            raise not_known(str(what))
        case dict():
            return _map(data, type_)
        case list():
            return _list(data, _item(type_))
        case _:
            return adopt(data, type_)


def _list(data: list[Json], item: Type) -> Value:
    if any(map(is_unknown, data)):
        return PartialList(data)
    return [adopt_partial(entry, item) for entry in data]


def _item(type_: Type) -> Type:
    """The type of a list's items."""
    found = (part.item for part in alternatives(type_) if isinstance(part, ListType))
    return next(found, ANY)


def _map(data: dict[str, Json], type_: Type) -> Value:
    fields, other = _entries(data, type_)
    unknown = {key: value for key, value in data.items() if is_unknown(value)}
    known = {
        key: adopt_partial(value, fields[key].type if key in fields else other)
        for key, value in data.items()
        if key not in unknown
    }
    if unknown:
        return PartialMap(known, unknown, fields)
    return Record(known, fields) if fields else known


def _entries(data: dict[str, Json], type_: Type) -> tuple[Mapping[str, Field], Type]:
    """The declared properties of a map or object, and the type of its other values."""
    for part in alternatives(type_):
        if isinstance(part, ObjectType) and fits_kind(data, part):
            return part.fields, ANY
        if isinstance(part, MapType):
            return {}, part.value
    return {}, ANY
