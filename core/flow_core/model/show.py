"""Values as people write them, on one line."""

import json

from flow_core.model.pipeline import (
    Constant,
    Expression,
    Interpolation,
    ListValue,
    MapValue,
    Value,
)


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
