"""Steps, calls and handlers, from nodes."""

from typing import get_args

from flow_core.components.ports import PortReader
from flow_core.components.yaml_library import read_estimate
from flow_core.fields import (
    duration,
    fields,
    flag,
    integer,
    is_null,
    metadata,
    named,
    number,
    text,
    texts,
)
from flow_core.model import pipeline as m
from flow_core.model.read_values import read_value
from flow_core.places import Path
from flow_core.syntax.nodes import Mapping, Scalar, Sequence, Value

_DEFAULTED = ("timeout", "retry")
_STATUSES: dict[str, tuple[m.Status, ...]] = {s: (s,) for s in m.SETTLED}
_STATUSES["settled"] = m.SETTLED
_BACKOFFS: dict[str, m.Backoff] = {word: word for word in get_args(m.Backoff)}


class StepReader(PortReader):
    """Reads steps; problems with types and expressions gather in ``problems``."""

    def steps(self, node: Value | None, path: Path) -> dict[str, m.Step]:
        """A mapping of steps."""
        return {
            name: self.step(name, fields(value), (*path, name))
            for name, value in named(node).items()
        }

    def step(self, name: str, keys: dict[str, Value], path: Path) -> m.Step:
        """One step."""
        return m.Step(
            name=name,
            path=path,
            call=self.call(keys, path),
            depends_on=read_conditions(keys.get("depends_on")),
            when=self.value(keys, path, "when"),
            for_each=self.value(keys, path, "for_each"),
            max_parallel=integer(keys.get("max_parallel")),
            fail_fast=flag(keys.get("fail_fast")),
            repeat=self.repeat(keys.get("repeat"), (*path, "repeat")),
            timeout=duration(keys.get("timeout")),
            retry=self.retry(keys.get("retry"), (*path, "retry")),
            catch=self.handlers(keys.get("catch"), (*path, "catch")),
            compensate=self.handler(keys.get("compensate"), (*path, "compensate")),
            set=self.values(keys.get("set"), (*path, "set")),
            returns=self.types(keys["returns"], (*path, "returns")) if "returns" in keys else None,
            concurrency=self.concurrency(keys.get("concurrency"), (*path, "concurrency")),
            estimate=read_estimate(keys.get("estimate")),
            description=text(keys.get("description")),
            metadata=metadata(keys.get("metadata")),
            without=tuple(key for key in _DEFAULTED if is_null(keys.get(key))),
        )

    def call(self, keys: dict[str, Value], path: Path) -> m.Call | None:
        """The call that a step, branch or handler makes, if it makes one."""
        if "uses" in keys:
            target, _, wanted = text(keys["uses"]).partition("@")
            return m.Uses(target, wanted, self.values(keys.get("with"), (*path, "with")))
        if "steps" in keys:
            steps = self.steps(keys["steps"], (*path, "steps"))
            return m.Group(steps, self.outputs(keys.get("outputs"), (*path, "outputs")))
        if isinstance(keys.get("switch"), Sequence):
            return m.Switch(self.branches(keys["switch"], (*path, "switch")))
        if (value := self.value(keys, path, "value")) is not None:
            return m.Give(value)
        return m.Skip() if flag(keys.get("skip")) else None

    def branches(self, node: Value, path: Path) -> tuple[m.Branch, ...]:
        """The branches of a switch."""
        items = node.values if isinstance(node, Sequence) else ()
        return tuple(
            m.Branch(
                self.call(fields(item), (*path, i)), self.value(fields(item), (*path, i), "when")
            )
            for i, item in enumerate(items)
        )

    def handlers(self, node: Value | None, path: Path) -> tuple[m.Handler, ...]:
        """The handlers of ``catch``; what is none still takes its place."""
        items = node.values if isinstance(node, Sequence) else ()
        read = (self.handler(item, (*path, i)) for i, item in enumerate(items))
        return tuple(handler or m.Handler(None) for handler in read)

    def handler(self, node: Value | None, path: Path) -> m.Handler | None:
        """One handler."""
        if not isinstance(node, Mapping):
            return None
        keys = node.fields
        return m.Handler(
            call=self.call(keys, path),
            errors=texts(keys.get("errors")),
            when=self.value(keys, path, "when"),
            timeout=duration(keys.get("timeout")),
            retry=self.retry(keys.get("retry"), (*path, "retry")),
            compensate=self.handler(keys.get("compensate"), (*path, "compensate")),
        )

    def retry(self, node: Value | None, path: Path) -> m.Retry | None:
        """A retry policy."""
        keys = fields(node)
        attempts = integer(keys.get("max_attempts"))
        if attempts is None:
            return None
        factor = number(keys.get("factor"))
        return m.Retry(
            max_attempts=attempts,
            delay=duration(keys.get("delay")) or 0,
            backoff=_BACKOFFS.get(text(keys.get("backoff")), "fixed"),
            factor=2 if factor is None else factor,
            max_delay=duration(keys.get("max_delay")),
            max_duration=duration(keys.get("max_duration")),
            jitter=number(keys.get("jitter")) or 0,
            errors=texts(keys.get("errors")),
            when=self.value(keys, path, "when"),
        )

    def repeat(self, node: Value | None, path: Path) -> m.Repeat | None:
        """A repeat policy."""
        keys = fields(node)
        if not keys:
            return None
        return m.Repeat(
            until=self.value(keys, path, "until"),
            max_iterations=integer(keys.get("max_iterations")) or 1,
            delay=duration(keys.get("delay")) or 0,
            collect=flag(keys.get("collect")) or False,
        )

    def concurrency(self, node: Value | None, path: Path) -> m.Concurrency | None:
        """A shared limit."""
        keys = fields(node)
        limit = integer(keys.get("limit"))
        return (limit and m.Concurrency(self.value(keys, path, "group"), limit)) or None

    def outputs(self, node: Value | None, path: Path) -> dict[str, m.Output]:
        """Outputs: an expression each, or ``{type, value}``."""
        return {name: self.output(value, (*path, name)) for name, value in named(node).items()}

    def output(self, node: Value, path: Path) -> m.Output:
        """One output."""
        keys = fields(node)
        if "value" not in keys or not keys.keys() <= {"value", "type", "description"}:
            return m.Output(path, read_value(node, path, self.problems))
        declared = self.type(keys["type"], (*path, "type")) if "type" in keys else None
        value = self.value(keys, path, "value")
        return m.Output((*path, "value"), value, declared, text(keys.get("description")))

    def value(self, keys: dict[str, Value], path: Path, key: str) -> m.Value | None:
        """The value of a key."""
        return read_value(keys.get(key), (*path, key), self.problems)

    def values(self, node: Value | None, path: Path) -> dict[str, m.Value]:
        """A mapping of values."""
        read = {k: read_value(v, (*path, k), self.problems) for k, v in named(node).items()}
        return {k: v for k, v in read.items() if v is not None}


def read_conditions(node: Value | None) -> dict[str, tuple[m.Status, ...]]:
    """``depends_on``: the statuses that each named step may have; none where they are unknown."""
    if isinstance(node, Sequence):
        return dict.fromkeys(filter(None, map(text, node.values)), ("succeeded",))
    return {name: _condition(value) for name, value in named(node).items()}


def _condition(node: Value) -> tuple[m.Status, ...]:
    words = [text(node)] if isinstance(node, Scalar) else texts(node) or ()
    if not all(word in _STATUSES for word in words):
        return ()
    found = {status for word in words for status in _STATUSES[word]}
    return tuple(s for s in m.SETTLED if s in found)
