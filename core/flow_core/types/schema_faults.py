"""What a schema says that cannot be meant: contradictions and near misses."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from flow_core.diagnostics import Json
from flow_core.suggest import closest
from flow_core.types.formats import FORMATS
from flow_core.types.keywords import OF_KIND
from flow_core.types.kinds import (
    BooleanType,
    ListType,
    MapType,
    NullType,
    NumberType,
    ObjectType,
    StringType,
    Type,
    UnionType,
)
from flow_core.types.problem import TypeProblem
from flow_core.types.show import show, show_values

if TYPE_CHECKING:
    from flow_core.places import Path

_PAIRS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)
_KINDS: Mapping[type, str] = {
    NumberType: "number",
    StringType: "string",
    ListType: "array",
    ObjectType: "object",
    MapType: "object",
    BooleanType: "boolean",
    NullType: "null",
}


def faults_of(parsed: Mapping[str, Any]) -> Iterator[TypeProblem]:
    """The faults of one schema, its subschemas aside; paths start at the schema."""
    for low, high in _PAIRS:
        if low in parsed and high in parsed and parsed[low] > parsed[high]:
            message = f"`{low}` {parsed[low]} exceeds `{high}` {parsed[high]}"
            yield TypeProblem((low,), "bad-schema", message, f"lower `{low}` or raise `{high}`")
    yield from _format(parsed)
    yield from _required(parsed)
    if isinstance(parsed.get("type"), Type):
        yield from _values(parsed["type"], parsed)
        yield from _idle(parsed["type"], parsed)


def _format(parsed: Mapping[str, Any]) -> Iterator[TypeProblem]:
    """A format that is almost one of the standard's; others may be somebody's own."""
    format_ = parsed.get("format")
    near = closest(format_, FORMATS) if format_ and format_ not in FORMATS else None
    if near:
        message = f"unknown format `{format_}`"
        yield TypeProblem(("format",), "unknown-format", message, f"did you mean `{near}`?", near)


def _required(parsed: Mapping[str, Any]) -> Iterator[TypeProblem]:
    """A required name that is almost a property's."""
    properties = parsed.get("properties", {})
    for index, name in enumerate(parsed.get("required", ())):
        near = closest(name, properties) if name not in properties else None
        if near and near not in parsed["required"]:
            message = f"`{name}` is required but not among the properties"
            help_ = f"did you mean `{near}`?"
            yield TypeProblem(("required", index), "unknown-property", message, help_, near)


def _kinds_of(type_: Type) -> set[str] | None:
    """The kinds of values that a type written here admits; None where a name hides them."""
    members = type_.members if isinstance(type_, UnionType) else (type_,)
    kinds = {_KINDS.get(type(member)) for member in members}
    return None if None in kinds else {kind for kind in kinds if kind}


def _values(type_: Type, parsed: Mapping[str, Any]) -> Iterator[TypeProblem]:
    """Values of ``enum`` and ``const`` that the ``type`` beside them refuses."""
    kinds = _kinds_of(type_)
    values: list[tuple[Path, Any]] = [
        (("enum", i), value) for i, value in enumerate(parsed.get("enum", ()))
    ]
    values += [(("const",), parsed["const"])] if "const" in parsed else []
    for path, value in values:
        kind = _kind_of(value)
        if kinds is None or kind in kinds:
            continue
        quotable = "string" in kinds and kind in ("number", "boolean")
        help_ = "put it in quotes" if quotable else "remove it, or correct the `type`"
        message = f"{show_values([value])} is no {show(type_)}"
        yield TypeProblem(path, "bad-schema", message, help_)


def _kind_of(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case dict():
            return "object"


def _idle(type_: Type, parsed: Mapping[str, Any]) -> Iterator[TypeProblem]:
    """Keywords that say nothing of values of this type."""
    kinds = _kinds_of(type_)
    for kind, keywords in OF_KIND.items():
        if kinds is None or kind in kinds:
            continue
        for keyword in parsed:
            if keyword in keywords:
                message = f"`{keyword}` says nothing of {show(type_)}"
                yield TypeProblem(
                    (keyword,), "useless-keyword", message, f"it is for values of {kind}"
                )
