"""Literals against JSON Schema keywords that no kind of type can express.

The jsonschema library decides. Where it cannot, or not in bounded time, nothing is claimed.
"""

from collections.abc import Iterator
from typing import Any

from flow_core.diagnostics import Json
from flow_core.places import Path
from flow_core.regex import is_tame, matches
from flow_core.types.kinds import SchemaType
from flow_core.types.mismatch import Mismatch
from flow_core.types.schema_out import to_schema

_MAX_PROBLEMS = 20
_MAX_MESSAGE = 200
_MAX_REFERENCES = 2_000


def schema_problems(data: Json, type_: SchemaType, path: Path) -> list[Mismatch]:
    """What the library finds wrong with a value."""
    schema = to_schema(type_)
    if not all(map(is_tame, _property_patterns(schema))):
        return []  # the library runs these itself, which could take for ever
    try:
        errors = sorted(_validator()(schema).iter_errors(data), key=str)
    except Exception:  # noqa: BLE001 - a schema that the library cannot use says nothing
        return []
    return [
        Mismatch((*path, *error.absolute_path), _shortened(error.message), "bad-schema")
        for error in errors[:_MAX_PROBLEMS]
    ]


def _validator() -> Any:
    """The library's validator, with patterns in linear time and a bound on recursion.

    Whatever takes exponential time follows references again and again.
    """
    from importlib import import_module  # for what is slow and rarely needed

    library: Any = import_module("jsonschema")
    standard = library.Draft202012Validator
    left = iter(range(_MAX_REFERENCES))

    def pattern(_validator: object, wanted: str, data: Json, _schema: Json) -> Iterator[Any]:
        if isinstance(data, str) and matches(wanted, data) is False:
            yield library.ValidationError(f"{data!r} does not match {wanted!r}")

    def reference(*arguments: Any) -> Any:
        if next(left, None) is None:
            raise RecursionError
        return standard.VALIDATORS["$ref"](*arguments)

    return library.validators.extend(standard, {"pattern": pattern, "$ref": reference})


def _shortened(message: str) -> str:
    return message if len(message) <= _MAX_MESSAGE else message[: _MAX_MESSAGE - 1] + "…"


def _property_patterns(schema: Json) -> Iterator[str]:
    """Every pattern for the names of properties."""
    todo: list[Json] = [schema]
    while todo:
        here = todo.pop()
        if isinstance(here, dict):
            named = here.get("patternProperties")
            yield from named if isinstance(named, dict) else ()
            todo.extend(here.values())
        elif isinstance(here, list):
            todo.extend(here)
