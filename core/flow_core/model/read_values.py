"""Values that may hold expressions, from nodes."""

from typing import TYPE_CHECKING

from flow_core.expr.parser import parse
from flow_core.expr.template import Hole, split
from flow_core.model.pipeline import (
    Constant,
    Expression,
    Interpolation,
    ListValue,
    MapValue,
    Value,
)
from flow_core.places import Path, Place
from flow_core.problems import Problem
from flow_core.syntax.nodes import Mapping, Scalar, Sequence
from flow_core.syntax.nodes import Value as Node

if TYPE_CHECKING:
    from flow_core.diagnostics import Json


def read_value(node: Node | None, path: Path, problems: list[Problem]) -> Value | None:
    """The value of a node; None for no node. Syntax errors in expressions join ``problems``."""
    match node:
        case None:
            return None
        case Mapping():
            read = {k: read_value(v, (*path, k), problems) for k, v in node.fields.items()}
            return _mapping({k: v for k, v in read.items() if v is not None})
        case Sequence():
            items = [read_value(v, (*path, i), problems) for i, v in enumerate(node.values)]
            return _list(tuple(v for v in items if v is not None))
        case Scalar(value=str(text)):
            return _string(text, path, problems)
        case Scalar():
            return Constant(node.value)


def _mapping(entries: dict[str, Value]) -> Value:
    constants: dict[str, Json] = {}
    for key, value in entries.items():
        if not isinstance(value, Constant):
            return MapValue(entries)
        constants[key] = value.data
    return Constant(constants)


def _list(items: tuple[Value, ...]) -> Value:
    constants: list[Json] = []
    for value in items:
        if not isinstance(value, Constant):
            return ListValue(items)
        constants.append(value.data)
    return Constant(constants)


def _string(text: str, path: Path, problems: list[Problem]) -> Value:
    if "${{" not in text:
        return Constant(text)
    template = split(text)
    for problem in template.problems:
        place = Place(path, start=problem.start, end=problem.end)
        problems.append(
            Problem(problem.kind, place, problem.message, problem.help, problem.suggestion)
        )
    if template.whole is not None:
        return _expression(template.whole, path, problems)
    parts = tuple(
        _expression(part, path, problems) if isinstance(part, Hole) else part
        for part in template.parts
    )
    if all(isinstance(part, str) for part in parts):
        return Constant("".join(map(str, parts)))
    return Interpolation(parts)


def _expression(hole: Hole, path: Path, problems: list[Problem]) -> Expression:
    parsed = parse(hole.source)
    for problem in parsed.problems:
        place = Place(path, start=hole.start + problem.start, end=hole.start + problem.end)
        problems.append(
            Problem(problem.kind, place, problem.message, problem.help, problem.suggestion)
        )
    return Expression(hole.source, parsed.tree, hole.start)
