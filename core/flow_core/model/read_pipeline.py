"""A whole file's pipeline or library, from its document."""

from typing import get_args

import msgspec

from flow_core.components.ports import Lookup, PortReader
from flow_core.fields import (
    duration,
    fields,
    integer,
    label,
    metadata,
    named,
    number,
    text,
    texts,
)
from flow_core.model import pipeline as m
from flow_core.model.read_steps import StepReader
from flow_core.places import Path
from flow_core.problems import Problem
from flow_core.syntax.nodes import Sequence, Value, data
from flow_core.types.kinds import ANY, Type

_REDUCERS: dict[str, m.Reducer] = {word: word for word in get_args(m.Reducer)}


_OVERLAPS: dict[str, m.Overlap] = {word: word for word in get_args(m.Overlap)}


class Reading(msgspec.Struct, frozen=True):
    """A pipeline and what was wrong with its types and the syntax of its expressions."""

    pipeline: m.Pipeline
    problems: tuple[Problem, ...]


class TypesReading(msgspec.Struct, frozen=True):
    """The types of a file, and what was wrong with them."""

    types: dict[str, Type]
    problems: tuple[Problem, ...]


def read_types(node: Value | None, file: str, lookup: Lookup) -> TypesReading:
    """Read a ``types`` section; ``lookup`` finds the types that it names."""
    reader = PortReader(file, lookup)
    types = reader.types(node, ("types",))
    return TypesReading(types, tuple(reader.problems))


def read_pipeline(root: Value | None, file: str, lookup: Lookup, types: TypesReading) -> Reading:
    """Read what there is beside the types."""
    reader = _PipelineReader(file, lookup)
    pipeline = reader.pipeline(fields(root), types.types)
    return Reading(pipeline, (*types.problems, *reader.problems))


class _PipelineReader(StepReader):
    def pipeline(self, keys: dict[str, Value], types: dict[str, Type]) -> m.Pipeline:
        return m.Pipeline(
            name=label(keys.get("name")),
            version=label(keys.get("version")),
            description=text(keys.get("description")),
            tags=texts(keys.get("tags")) or (),
            metadata=metadata(keys.get("metadata")),
            imports={k: m.Import(text(v)) for k, v in named(keys.get("imports")).items()},
            types=types,
            inputs=self.ports(keys.get("inputs"), ("inputs",)),
            outputs=self.outputs(keys.get("outputs"), ("outputs",)),
            secrets=texts(keys.get("secrets")) or (),
            errors=texts(keys.get("errors")),
            state=self.channels(keys.get("state"), ("state",)),
            defaults=self.defaults(keys.get("defaults")),
            max_parallel=integer(keys.get("max_parallel")),
            budget=_budget(keys.get("budget")),
            schedule=_schedule(keys.get("schedule")),
            steps=self.steps(keys.get("steps"), ("steps",)),
            finally_=self.steps(keys.get("finally"), ("finally",)),
        )

    def channels(self, node: Value | None, path: Path) -> dict[str, m.Channel]:
        return {name: self.channel(value, (*path, name)) for name, value in named(node).items()}

    def channel(self, node: Value, path: Path) -> m.Channel:
        keys = fields(node)
        return m.Channel(
            type=self.type(keys["type"], (*path, "type")) if "type" in keys else ANY,
            reduce=_REDUCERS.get(text(keys.get("reduce")), "last"),
            default=data(keys["default"]) if "default" in keys else msgspec.UNSET,
            description=text(keys.get("description")),
        )

    def defaults(self, node: Value | None) -> m.Defaults:
        keys = fields(node)
        retry = self.retry(keys.get("retry"), ("defaults", "retry"))
        return m.Defaults(duration(keys.get("timeout")), retry)


def _budget(node: Value | None) -> m.Budget:
    keys = fields(node)
    return m.Budget(
        duration(keys.get("duration")), number(keys.get("cost")), integer(keys.get("attempts"))
    )


def _schedule(node: Value | None) -> tuple[m.Schedule, ...]:
    items = node.values if isinstance(node, Sequence) else ()
    return tuple(_schedule_entry(fields(item)) for item in items)


def _schedule_entry(keys: dict[str, Value]) -> m.Schedule:
    return m.Schedule(
        cron=text(keys.get("cron")),
        timezone=text(keys.get("timezone")) or "UTC",
        overlap=_OVERLAPS.get(text(keys.get("overlap")), "skip"),
        inputs=metadata(keys.get("inputs")),
    )
