"""Values as people write them, on one line."""

import json
from collections.abc import Iterable

from flow_core.model.pipeline import (
    SETTLED,
    Constant,
    Expression,
    Interpolation,
    ListValue,
    MapValue,
    Status,
    Value,
)


def show_statuses(statuses: Iterable[Status]) -> str:
    """A condition of `depends_on`; nothing where it is the usual one.

    >>> show_statuses(["failed", "skipped"]), show_statuses(["succeeded"])
    ('failed or skipped', '')
    """
    found = tuple(statuses)
    if found == ("succeeded",):
        return ""
    return "settled" if set(found) == set(SETTLED) else " or ".join(found)


def show_value(value: Value) -> str:
    """A value in JSON's spelling, expressions as their bare source.

    >>> from flow_core.expr.parser import parse
    >>> show_value(Expression(" inputs.x ", parse(" inputs.x ").tree))
    'inputs.x'
    """
    match value:
        case Constant(data=data):
            return json.dumps(data, ensure_ascii=False)
        case Expression(source=source):
            return " ".join(source.split())
        case Interpolation(parts=parts):
            return "".join(
                part if isinstance(part, str) else "${{ " + show_value(part) + " }}"
                for part in parts
            )
        case ListValue(items=items):
            return "[" + ", ".join(map(show_value, items)) + "]"
        case MapValue(entries=entries):
            return "{" + ", ".join(f"{k}: {show_value(v)}" for k, v in entries.items()) + "}"
