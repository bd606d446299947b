"""Tolerant access to a document's nodes: the value where it fits, nothing where it does not.

What does not fit is the shape checker's to report; who reads a document only goes without.
"""

from flow_core.diagnostics import Json
from flow_core.durations import parse_duration
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, Value, data


def fields(node: Value | None) -> dict[str, Value]:
    """The fields of a mapping, else none."""
    return node.fields if isinstance(node, Mapping) else {}


def named(node: Value | None) -> dict[str, Value]:
    """The fields of a mapping of names: all but ``x-…`` keys."""
    return {key: value for key, value in fields(node).items() if not key.startswith("x-")}


def text(node: Value | None) -> str:
    """A string, else ``""``."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else ""


def label(node: Value | None) -> str:
    """The source text of any scalar but null: ``version: 1.10`` means the string people see."""
    return node.text if isinstance(node, Scalar) and node.value is not None else ""


def texts(node: Value | None) -> tuple[str, ...] | None:
    """A list of strings (what is none is left out), else None."""
    if not isinstance(node, Sequence):
        return None
    return tuple(item for item in map(text, node.values) if item)


def is_null(node: Value | None) -> bool:
    """Whether a node is there and says null."""
    return isinstance(node, Scalar) and node.value is None


def flag(node: Value | None) -> bool | None:
    """A boolean."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, bool) else None


def number(node: Value | None) -> float | None:
    """A number."""
    found = node.value if isinstance(node, Scalar) else None
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def integer(node: Value | None) -> int | None:
    """A whole number; ``1.0`` is 1."""
    found = number(node)
    return int(found) if found is not None and found == found // 1 else None


def duration(node: Value | None) -> int | None:
    """A duration in microseconds."""
    return parse_duration(text(node))


def metadata(node: Value | None) -> dict[str, Json]:
    """The plain data of a mapping."""
    found = data(node)
    return found if isinstance(found, dict) else {}
