"""JSON from outside, whose shape nobody has promised."""

from typing import Any, cast


def record(value: object) -> dict[str, Any]:
    """The fields of an object; none where it is something else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
