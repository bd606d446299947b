"""The implementation of every function in the table, by name.

An implementation takes the meter and then the arguments, the target first. That they are of the
right kinds has been made sure of with the table's signatures.
"""

from collections.abc import Callable

from flow_core.expr import conversions, list_functions, text_functions
from flow_core.expr.formats import format_text
from flow_core.expr.functions import Overload, Parameter, functions
from flow_core.expr.time_functions import GETTERS
from flow_core.expr.values import KINDS, Value

IMPLEMENTATIONS: dict[str, Callable[..., Value]] = {
    "bool": conversions.to_boolean,
    "bytes": conversions.to_bytes,
    "double": conversions.to_double,
    "duration": conversions.to_duration,
    "dyn": conversions.to_dyn,
    "int": conversions.to_integer,
    "string": conversions.to_string,
    "timestamp": conversions.to_timestamp,
    "type": conversions.to_type,
    "charAt": text_functions.char_at,
    "contains": text_functions.contains,
    "endsWith": text_functions.ends_with,
    "format": format_text,
    "indexOf": text_functions.index_of,
    "join": text_functions.join,
    "lastIndexOf": text_functions.last_index_of,
    "lowerAscii": text_functions.lower_ascii,
    "matches": text_functions.matches,
    "replace": text_functions.replace,
    "split": text_functions.split,
    "startsWith": text_functions.starts_with,
    "strings.quote": text_functions.quote,
    "substring": text_functions.substring,
    "trim": text_functions.trim,
    "upperAscii": text_functions.upper_ascii,
    "chunk": list_functions.chunk,
    "distinct": list_functions.distinct,
    "flatten": list_functions.flatten,
    "get": list_functions.get,
    "json": list_functions.json,
    "lists.range": list_functions.range_,
    "merge": list_functions.merge,
    "range": list_functions.range_,
    "reverse": list_functions.reverse,
    "size": list_functions.size,
    "slice": list_functions.slice_,
    "sort": list_functions.sort,
    "sum": list_functions.sum_,
    **GETTERS,
}
"""All functions but `coalesce`, which is lazy and so part of the compiler."""


def accepts(name: str, member: bool, types: tuple[type, ...]) -> bool:  # noqa: FBT001 - a form
    """Whether a function can be called with values of these Python types."""
    return any(
        (overload.target is not None) is member and _fits(overload, types)
        for overload in functions()[name].overloads
    )


def _fits(overload: Overload, types: tuple[type, ...]) -> bool:
    target = () if overload.target is None else (overload.target,)
    rest = types[len(target) :]
    if len(types) < len(target) or not overload.takes(len(rest)):
        return False
    parameters = (*target, *(overload.parameter(index) for index in range(len(rest))))
    return all(_takes(parameter, type_) for parameter, type_ in zip(parameters, types, strict=True))


def _takes(parameter: Parameter, type_: type) -> bool:
    kind = KINDS[type_]
    return parameter.null if kind == "null" else kind in parameter.kinds or "any" in parameter.kinds
