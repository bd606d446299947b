"""A step as a tree of facts: what is in force, however it is written."""

from typing import TYPE_CHECKING

import msgspec

from flow_core.analysis.in_force import governing, is_defaulted
from flow_core.components.signature import Estimate
from flow_core.diff import show
from flow_core.diff.canonical import canonical_data, canonical_type, canonical_value
from flow_core.diff.names import Names
from flow_core.diff.tree import (
    INHERITED,
    UNSAID,
    Branch,
    Leaf,
    Row,
    Tree,
    branch,
    listed,
    plain,
    time,
)
from flow_core.fields import fields
from flow_core.model import pipeline as m
from flow_core.places import Path
from flow_core.syntax.nodes import data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flow_core.components.signature import Port, Signature
    from flow_core.diagnostics import Json
    from flow_core.module import Module
    from flow_core.types import Type


class StepTrees:
    """Makes the trees of a module's steps."""

    def __init__(self, module: "Module", names: Names) -> None:
        self._module = module
        self._names = names

    def step(self, step: m.Step) -> Branch:
        """One step; the steps of its groups have trees of their own."""
        at = step.path
        entries: dict[str, Tree | None] = {
            "place": self._home(step),
            **self.call(step.call, at),
            "depends_on": self._conditions(step),
            "when": self.value(step.when, (*at, "when")),
            "for_each": self.value(step.for_each, (*at, "for_each")),
            "max_parallel": plain(step.max_parallel, (*at, "max_parallel")),
            "fail_fast": self._fail_fast(step),
            "repeat": self._repeat(step.repeat, (*at, "repeat")),
            **self._governing(step),
            "catch": self._handlers(step),
            "compensate": self.handler(step.compensate, (*at, "compensate")),
            "set": self.values(step.set, (*at, "set")),
            "returns": self._types(step.returns, (*at, "returns")),
            "concurrency": self._concurrency(step.concurrency, (*at, "concurrency")),
            "estimate": estimate(step.estimate, (*at, "estimate")),
            "description": plain(step.description or None, (*at, "description")),
            "metadata": self.metadata(step.metadata, (*at, "metadata")),
            **self.extensions(at),
        }
        return branch(entries, show.show_step(step), at, step)

    def _home(self, step: m.Step) -> Leaf:
        """Where a step is: in which section, in whose group."""
        around = step.path[:-1]
        named = [
            self._names.new("steps", str(part))
            if i and around[i - 1] in ("steps", "finally")
            else part
            for i, part in enumerate(around)
        ]
        kept = tuple(part for part in named if not isinstance(part, int))
        return Leaf(kept, ".".join(map(str, kept)), step.path)

    # Calls

    def call(self, call: m.Call | None, at: Path) -> dict[str, Tree | None]:
        """What a step, branch or handler calls, by key."""
        match call:
            case m.Uses():
                return self._uses(call, at)
            case m.Group(outputs=outputs):
                values = {name: output.value for name, output in outputs.items()}
                group = Leaf("group", "a group", at)
                return {"steps": group, "outputs": self.values(values, (*at, "outputs"))}
            case m.Switch(branches=branches):
                path = (*at, "switch")
                rows = (self._branch(each, (*path, i)) for i, each in enumerate(branches))
                return {"switch": Row(tuple(rows), path, show.show_call(call))}
            case m.Give(value=value):
                return {"value": self.value(value, (*at, "value"))}
            case m.Skip():
                return {"skip": plain(value=True, at=(*at, "skip"))}
            case None:
                return {}

    def _uses(self, call: m.Uses, at: Path) -> dict[str, Tree | None]:
        target = Leaf(self._names.target(call.target), call.target, (*at, "uses"))
        given = self.values(call.arguments, (*at, "with"))
        entries = {**self._filled(at), **(given.entries if given else {})}
        return {
            "uses": target,
            "range": plain(call.range or None, (*at, "uses")),
            "with": Branch(entries, "", (*at, "with")) if entries else None,
        }

    def _filled(self, at: Path) -> dict[str, Tree]:
        """What a call gives without saying so: the defaults of the ports."""
        signature = self._module.called(at)
        ports = signature.inputs if signature else {}
        return {name: _unsaid(port, at) for name, port in ports.items() if not port.required}

    def _branch(self, found: m.Branch, at: Path) -> Branch:
        when = self.value(found.when, (*at, "when"))
        return branch({"when": when, **self.call(found.call, at)}, show.show_branch(found), at)

    # Order and resilience

    def _conditions(self, step: m.Step) -> Tree | None:
        """What a step waits for in so many words; what follows from its expressions is theirs."""
        edges = self._module.graph.edges.get(step.name, {})
        found: dict[str, Tree | None] = {}
        for target, edge in edges.items():
            statuses = (
                edge.statuses if edge.explicit else step.depends_on.get(target, edge.statuses)
            )
            at = (*step.path, "depends_on")
            shown = ", ".join(statuses) if statuses != m.SETTLED else "settled"
            raw = None if target in step.depends_on else UNSAID
            new = self._names.new("steps", target)
            found[new] = Leaf(statuses, shown, at, raw)
        return branch(found, "", (*step.path, "depends_on")) if found else None

    def _fail_fast(self, step: m.Step) -> Leaf | None:
        if step.for_each is None:
            return None
        at = (*step.path, "fail_fast")
        raw = UNSAID if step.fail_fast is None else None
        fast = step.fail_fast is not False
        return Leaf(fast, str(fast).lower(), at, raw)

    def _governing(self, step: m.Step) -> dict[str, Tree | None]:
        """The `timeout` and `retry` that are in force."""
        found = governing(step, self._leaf(step), self._module.pipeline.defaults)
        at = step.path
        limit = time(found.timeout, (*at, "timeout"))
        if limit is not None and "timeout" in found.inherited:
            limit = Leaf(limit.canon, limit.shown, at, INHERITED)
        policy = self.retry(found.retry, (*at, "retry"), inherited="retry" in found.inherited)
        without = {key: Leaf("none", "none", (*at, key), UNSAID) for key in step.without}
        return {"timeout": limit or without.get("timeout"), "retry": policy or without.get("retry")}

    def inherits(self, step: m.Step, key: str) -> bool:
        """Whether a step has a key from the defaults."""
        return key in governing(step, self._leaf(step), self._module.pipeline.defaults).inherited

    def _leaf(self, step: m.Step) -> "Signature | None":
        """The call that `defaults` may apply to: the step's own, or a branch's."""
        paths = [step.path]
        if isinstance(step.call, m.Switch):
            paths = [(*step.path, "switch", i) for i in range(len(step.call.branches))]
        found = [signature for path in paths if (signature := self._module.called(path))]
        return next(filter(is_defaulted, found), found[0] if found else None)

    def retry(self, retry: m.Retry | None, at: Path, *, inherited: bool = False) -> Tree | None:
        """A retry policy."""
        if retry is None:
            return None
        entries: dict[str, Tree | None] = {
            "max_attempts": plain(retry.max_attempts, (*at, "max_attempts")),
            "delay": time(retry.delay, (*at, "delay")),
            "backoff": plain(retry.backoff, (*at, "backoff")),
            "factor": plain(
                None if retry.backoff != "exponential" else float(retry.factor), (*at, "factor")
            ),
            "max_delay": time(retry.max_delay, (*at, "max_delay")),
            "max_duration": time(retry.max_duration, (*at, "max_duration")),
            "jitter": plain(float(retry.jitter), (*at, "jitter")),
            "errors": listed(retry.errors, (*at, "errors")),
            "when": self.value(retry.when, (*at, "when")),
        }
        return branch(entries, show.show_retry(retry), at, INHERITED if inherited else None)

    def _repeat(self, repeat: m.Repeat | None, at: Path) -> Tree | None:
        if repeat is None:
            return None
        entries: dict[str, Tree | None] = {
            "until": self.value(repeat.until, (*at, "until")),
            "max_iterations": plain(repeat.max_iterations, (*at, "max_iterations")),
            "delay": time(repeat.delay, (*at, "delay")),
            "collect": plain(repeat.collect, (*at, "collect")),
        }
        return branch(entries, f"at most {repeat.max_iterations} iterations", at)

    def _handlers(self, step: m.Step) -> Tree | None:
        at = (*step.path, "catch")
        found = [self.handler(each, (*at, i)) for i, each in enumerate(step.catch)]
        items = tuple(each for each in found if each is not None)
        return Row(items, at) if items else None

    def handler(self, handler: m.Handler | None, at: Path) -> Tree | None:
        """A handler of `catch`, or a compensation."""
        if handler is None:
            return None
        entries: dict[str, Tree | None] = {
            **self.call(handler.call, at),
            "errors": listed(handler.errors, (*at, "errors")),
            "when": self.value(handler.when, (*at, "when")),
            "timeout": time(handler.timeout, (*at, "timeout")),
            "retry": self.retry(handler.retry, (*at, "retry")),
            "compensate": self.handler(handler.compensate, (*at, "compensate")),
        }
        return branch(entries, show.show_handler(handler), at)

    def _concurrency(self, found: m.Concurrency | None, at: Path) -> Tree | None:
        if found is None:
            return None
        group = self.value(found.group, (*at, "group"))
        limit = plain(found.limit, (*at, "limit"))
        return branch({"group": group, "limit": limit}, f"at most {found.limit} at once", at)

    # Values

    def value(self, value: m.Value | None, at: Path) -> Leaf | None:
        """A value that may hold expressions."""
        if value is None:
            return None
        return Leaf(canonical_value(value, self._names), show.show_expression(value), at, value)

    def values(self, values: "Mapping[str, m.Value | None]", at: Path) -> Branch | None:
        """Values by name."""
        if not values:
            return None
        found: dict[str, Tree | None] = {
            name: self.value(value, (*at, name)) for name, value in values.items()
        }
        return branch(found, "", at)

    def _types(self, types: "dict[str, Type] | None", at: Path) -> Tree | None:
        if types is None:
            return None
        return branch(
            {name: self.type(found, (*at, name)) for name, found in types.items()}, "", at
        )

    def type(self, type_: "Type", at: Path) -> Leaf:
        """A type."""
        found = canonical_type(type_, self._module.file, self._names)
        return Leaf(found, show.show_type(type_), at, type_)

    def metadata(self, found: "dict[str, Json]", at: Path) -> Tree | None:
        """Data for people and other tools."""
        entries: dict[str, Tree | None] = {
            key: Leaf(canonical_data(value), show.show_data(value), (*at, key))
            for key, value in found.items()
        }
        return branch(entries, "", at) if entries else None

    def extensions(self, at: Path) -> dict[str, Tree | None]:
        """The keys that begin with `x-`, which mean nothing to Flow."""
        found = fields(self._module.document.get(at))
        raw = {key: data(node) for key, node in found.items() if key.startswith("x-")}
        return {
            key: Leaf(canonical_data(value), show.show_data(value), (*at, key))
            for key, value in raw.items()
            if key != "x-flow-ignore"
        }


def _unsaid(port: "Port", at: Path) -> Leaf:
    default = None if port.default is msgspec.UNSET else port.default
    return Leaf(("constant", canonical_data(default)), show.show_data(default), at, UNSAID)


def estimate(found: Estimate | None, at: Path) -> Tree | None:
    """What a simulation assumes."""
    if found is None:
        return None
    entries: dict[str, Tree | None] = {
        "p50": time(found.p50, (*at, "p50")),
        "p95": time(found.p95, (*at, "p95")),
        "cost": plain(found.cost, (*at, "cost")),
        "failure_rate": plain(found.failure_rate, (*at, "failure_rate")),
    }
    return branch(entries, show.show_estimate(found), at)
