"""Markers in JSON data: what stands in the place of a value that is known only after the run."""

from typing import Any

from flow_core.diagnostics import Json

UNKNOWN_KEY = "$unknown"
"""The one key of a marker; under it stands what the value is, for people."""


def unknown(what: str) -> dict[str, Json]:
    """The marker for a value, which ``what`` names for people."""
    return {UNKNOWN_KEY: what}


def is_unknown(data: object) -> bool:
    """Whether data is a marker.

    >>> is_unknown(unknown("the receipt")), is_unknown({"$unknown": "x", "more": 1})
    (True, False)
    """
    keys: Any = data
    return type(data) is dict and len(keys) == 1 and UNKNOWN_KEY in keys


def has_unknown(data: Json) -> bool:
    """Whether a marker stands anywhere in data.

    >>> has_unknown({"lines": [unknown("a line")]})
    True
    """
    if isinstance(data, dict):
        return is_unknown(data) or any(map(has_unknown, data.values()))
    return isinstance(data, list) and any(map(has_unknown, data))
