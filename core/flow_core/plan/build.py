"""From a checked module to its plan."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import UNSET
from msgspec.structs import replace

from flow_core.analysis.in_force import governing
from flow_core.analysis.scopes import outputs_type, record
from flow_core.components.signature import Breaker, Port, Signature
from flow_core.diagnostics import Json
from flow_core.expr.checker import check
from flow_core.model import pipeline as m
from flow_core.places import Path
from flow_core.plan import plan as p
from flow_core.plan.formula import Doubles, Formula, compile_value
from flow_core.plan.graphs import make_graph
from flow_core.types import Type, deref
from flow_core.types.by_value import widened
from flow_core.types.kinds import ANY, ListType, ObjectType
from flow_core.types.runtime import port_check

if TYPE_CHECKING:
    from flow_core.module import Module


class PlanError(Exception):
    """Why a module can't be planned; the checker reports all of these with their places."""


_WAITS: dict[str, p.Waiting] = {
    "std.wait": "timer",
    "std.wait_signal": "signal",
    "std.approval": "signal",
}


def make_plan(module: "Module") -> p.PipelinePlan:
    """The plan of a module without errors, and of all pipelines that it calls.

    Raises:
        PlanError: a name in it stands for nothing, or the pipeline calls itself.
    """
    return _Planner({}).pipeline(module)


class _Planner:
    """Plans files, each once. A file whose plan is under way has None."""

    def __init__(self, plans: dict[str, p.PipelinePlan | None]) -> None:
        self.plans = plans

    def pipeline(self, module: "Module") -> p.PipelinePlan:
        if module.file in self.plans:
            known = self.plans[module.file]
            if known is None:
                raise PlanError(f"`{module.pipeline.name}` calls itself")
            return known
        self.plans[module.file] = None
        made = _File(module, self).plan()
        self.plans[module.file] = made
        return made


class _File:
    """The plan of one file. Methods take the path of what they plan."""

    def __init__(self, module: "Module", planner: _Planner) -> None:
        self.module = module
        self.planner = planner

    def plan(self) -> p.PipelinePlan:
        model = self.module.pipeline
        return p.PipelinePlan(
            name=model.name,
            file=self.module.file,
            inputs={name: input_plan(port) for name, port in model.inputs.items()},
            input_type=record({name: port.type for name, port in model.inputs.items()}),
            outputs=self.outputs(model.outputs),
            graph=self.graph({**model.steps, **model.finally_}, len(model.steps)),
            channels={
                name: p.ChannelPlan(name, c.type, c.reduce, c.default)
                for name, c in model.state.items()
            },
            secrets=model.secrets,
            max_parallel=model.max_parallel,
            budget=model.budget,
            schedule=model.schedule,
            version=model.version,
        )

    def graph(self, steps: Mapping[str, m.Step], finals: int | None = None) -> p.GraphPlan:
        edges = {
            name: {t: edge.statuses for t, edge in self.module.graph.edges.get(name, {}).items()}
            for name in steps
        }
        return make_graph([self.step(step) for step in steps.values()], edges, finals)

    # Steps

    def step(self, step: m.Step) -> p.StepPlan:
        path = step.path
        if step.call is None:
            raise PlanError(f"step `{step.name}` calls nothing")
        policy = p.Policy(step.timeout, self.retry(step.retry, path))
        call = self.call(step.call, path, policy, step)
        recovered = self.module.typing.recovered(step)
        if isinstance(call, p.SubPipeline):  # what its outputs are is inferred, not declared
            recovered = widened(recovered)
        return p.StepPlan(
            name=step.name,
            path=path,
            call=call,
            type=self.module.typing.outputs(step),
            result=self.module.typing.activation(path),
            when=self.maybe(step.when, (*path, "when")),
            for_each=self.maybe(step.for_each, (*path, "for_each")),
            item=self.item(step),
            max_parallel=step.max_parallel,
            fail_fast=step.fail_fast is not False,
            repeat=self.repeat(step),
            catch=tuple(
                self.handler(handler, (*path, "catch", index))
                for index, handler in enumerate(step.catch)
            ),
            recovers=_declared_only(recovered),
            compensate=self.undo(step.compensate, (*path, "compensate")),
            writes=self.writes(step),
            concurrency=self.concurrency(step),
            only_fails=isinstance(call, p.Leaf) and call.target.name == "std.fail",
        )

    def item(self, step: m.Step) -> Type | None:
        if step.for_each is None:
            return None
        found = self.module.typing.checked((*step.path, "for_each")).result.type
        return found.item if isinstance(found, ListType) else ANY

    def repeat(self, step: m.Step) -> p.RepeatPlan | None:
        found = step.repeat
        if found is None or found.until is None:
            return None
        until = self.formula(found.until, (*step.path, "repeat", "until"))
        return p.RepeatPlan(until, found.max_iterations, found.delay, found.collect)

    def writes(self, step: m.Step) -> tuple[p.WritePlan, ...]:
        return tuple(
            p.WritePlan(
                channel,
                self.formula(value, (*step.path, "set", channel)),
                port_check(self.module.pipeline.state[channel].type),
            )
            for channel, value in step.set.items()
        )

    def concurrency(self, step: m.Step) -> p.ConcurrencyPlan | None:
        found = step.concurrency
        if found is None:
            return None
        own = f"{self.module.file}#{'.'.join(map(str, step.path))}"
        group = self.maybe(found.group, (*step.path, "concurrency", "group"))
        return p.ConcurrencyPlan(found.limit, own, group)

    def retry(self, retry: m.Retry | None, path: Path) -> p.RetryPlan | None:
        if retry is None:
            return None
        return p.RetryPlan(retry, self.maybe(retry.when, (*path, "retry", "when")))

    # Handlers and compensations

    def handler(self, handler: m.Handler, path: Path) -> p.HandlerPlan:
        if handler.call is None:
            raise PlanError(f"`{'.'.join(map(str, path))}` calls nothing")
        policy = p.Policy(handler.timeout, self.retry(handler.retry, path))
        return p.HandlerPlan(
            call=self.call(handler.call, path, policy, None),
            errors=None if handler.errors is None else frozenset(handler.errors),
            when=self.maybe(handler.when, (*path, "when")),
            compensate=self.undo(handler.compensate, (*path, "compensate")),
        )

    def undo(self, handler: m.Handler | None, path: Path) -> p.HandlerPlan | None:
        return None if handler is None else self.handler(handler, path)

    # Calls. ``step`` is the step whose own call it is, so that defaults and `returns` apply.

    def call(self, call: m.Call, path: Path, policy: p.Policy, step: m.Step | None) -> p.CallPlan:
        match call:
            case m.Uses():
                return self.uses(call, path, policy, step)
            case m.Group(steps=steps, outputs=outputs):
                made = self.module.typing.activation(path)
                return p.GroupCall(path, self.graph(steps), self.outputs(outputs), made, policy)
            case m.Switch(branches=branches):
                return p.Choice(
                    path,
                    tuple(
                        self.branch(branch, (*path, "switch", index), policy, step)
                        for index, branch in enumerate(branches)
                    ),
                )
            case m.Give(value=value):
                return p.GiveValue(path, self.formula(value, (*path, "value")))
            case m.Skip():
                return p.SkipIt()

    def branch(
        self, branch: m.Branch, path: Path, policy: p.Policy, step: m.Step | None
    ) -> p.BranchPlan:
        if branch.call is None:
            raise PlanError(f"`{'.'.join(map(str, path))}` calls nothing")
        when = self.maybe(branch.when, (*path, "when"))
        return p.BranchPlan(when, self.call(branch.call, path, policy, step))

    def uses(
        self, call: m.Uses, path: Path, policy: p.Policy, step: m.Step | None
    ) -> p.Leaf | p.SubPipeline:
        resolution = self.module.resolved(path)
        signature = resolution.signature
        if signature is None:
            raise PlanError(f"there is no component `{call.target}`")
        arguments = tuple(
            (name, self.formula(value, (*path, "with", name)))
            for name, value in call.arguments.items()
        )
        target = _target(call.target, signature, step)
        breaker = _breaker(signature)
        type_ = self.module.typing.activation(path)
        if resolution.module is not None:
            inner = self.planner.pipeline(resolution.module)
            return p.SubPipeline(path, target, arguments, inner, type_, policy, breaker)
        return p.Leaf(
            path=path,
            target=target,
            arguments=arguments,
            inputs={name: input_plan(port) for name, port in signature.inputs.items()},
            outputs=_output_plans(signature, step),
            type=type_,
            policy=self.in_force(step, signature, policy),
            breaker=breaker,
            waits=_WAITS.get(call.target, "") if signature.kind == "std" else "",
            secret=frozenset(n for n, port in signature.outputs.items() if port.secret),
        )

    def in_force(self, step: m.Step | None, signature: Signature, own: p.Policy) -> p.Policy:
        """The policy of a leaf call, with the file's defaults where they apply."""
        if step is None:
            return own
        found = governing(step, signature, self.module.pipeline.defaults)
        retry = self._default_retry if "retry" in found.inherited else own.retry
        return p.Policy(found.timeout, retry, found.inherited)

    @cached_property
    def _default_retry(self) -> p.RetryPlan | None:
        return self.retry(self.module.pipeline.defaults.retry, ("defaults",))

    # Values

    def outputs(self, outputs: Mapping[str, m.Output]) -> tuple[p.OutputPlan, ...]:
        return tuple(
            p.OutputPlan(
                name,
                self.formula(output.value, output.path),
                None if output.type is None else port_check(output.type),
            )
            for name, output in outputs.items()
            if output.value is not None
        )

    def maybe(self, value: m.Value | None, path: Path) -> Formula | None:
        return None if value is None else self.formula(value, path)

    def formula(self, value: m.Value, path: Path) -> Formula:
        return compile_value(value, path, self.doubles(path))

    def doubles(self, path: Path) -> Doubles:
        def find(expression: m.Expression) -> frozenset[tuple[int, int]]:
            site = self.module.sites.get(path)
            if "?" not in expression.source or site is None:
                return frozenset()
            return check(expression.tree, self.module.typing.scope(site)).doubles

        return find


def input_plan(port: Port) -> p.PortPlan:
    """An input at run time, its default as the port takes it."""
    check = port_check(port.type)
    default = port.default if port.default is UNSET else check(port.default)
    return p.PortPlan(port.name, check, port.required, default, port.secret)


def _declared_only(type_: Type) -> p.PortCheck:
    """The check of what a handler gives; what is more than the step's outputs is dropped."""
    wanted = deref(type_)
    if not isinstance(wanted, ObjectType):
        return port_check(type_)
    fits = port_check(replace(wanted, open=True))

    def declared(data: Json) -> Json:
        found = fits(data)
        known = found.items() if isinstance(found, dict) else ()
        return {name: value for name, value in known if name in wanted.fields}

    return declared


def _output_plans(signature: Signature, step: m.Step | None) -> dict[str, p.PortPlan]:
    """The outputs at run time; `returns` of the step narrows their types."""
    fields = outputs_type(signature, step.returns if step else None).fields
    return {
        name: p.PortPlan(
            name, port_check(fields[name].type), port.required, port.default, port.secret
        )
        for name, port in signature.outputs.items()
    }


def _target(name: str, signature: Signature, step: m.Step | None) -> p.Target:
    own = step.estimate if step and step.estimate else None
    estimate = signature.estimate
    values = {
        key: next(
            (found for e in (own, estimate) if e and (found := getattr(e, key)) is not None), None
        )
        for key in ("p50", "p95", "cost", "failure_rate")
    }
    return p.Target(
        name=name,
        kind=signature.kind,
        effect=signature.effect,
        errors=frozenset(signature.errors),
        p50=values["p50"],
        p95=values["p95"],
        cost=values["cost"] or 0,
        failure_rate=values["failure_rate"] or 0,
        file=signature.place.file,
    )


def _breaker(signature: Signature) -> p.BreakerPlan | None:
    breaker: Breaker | None = signature.breaker
    if breaker is None:
        return None
    return p.BreakerPlan(f"{signature.place.file}#{signature.name}", breaker)
