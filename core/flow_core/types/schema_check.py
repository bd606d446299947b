"""Literals against JSON Schema keywords that no kind of type can express.

The jsonschema library decides; where it cannot, or where a pattern might keep it busy for ever,
nothing is claimed.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Json
from flow_core.places import Path
from flow_core.regex import is_tame
from flow_core.types.kinds import SchemaType
from flow_core.types.mismatch import Mismatch
from flow_core.types.schema_out import DURATION_PATTERN, to_schema

_MAX_PROBLEMS = 20
_MAX_MESSAGE = 200


def schema_problems(data: Json, type_: SchemaType, path: Path) -> list[Mismatch]:
    """What the library finds wrong with a value."""
    schema = to_schema(type_)
    if not all(map(is_tame, _patterns(schema))):
        return []
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, rarely needed

    try:
        errors = sorted(Draft202012Validator(schema).iter_errors(data), key=str)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - a schema that the library cannot use says nothing
        return []
    return [
        Mismatch((*path, *error.absolute_path), _shortened(error.message), "bad-schema")
        for error in errors[:_MAX_PROBLEMS]
    ]


def _shortened(message: str) -> str:
    return message if len(message) <= _MAX_MESSAGE else message[: _MAX_MESSAGE - 1] + "…"


def _patterns(schema: Json) -> Iterator[str]:
    """Every text of a schema that the library may take for a pattern."""
    todo: list[Json] = [schema]
    while todo:
        here = todo.pop()
        if isinstance(here, dict):
            pattern, named = here.get("pattern"), here.get("patternProperties")
            if isinstance(pattern, str) and pattern != DURATION_PATTERN:
                yield pattern
            if isinstance(named, dict):
                yield from named
            todo.extend(here.values())
        elif isinstance(here, list):
            todo.extend(here)
