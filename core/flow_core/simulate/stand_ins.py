"""Mocks of groups and pipelines: where a scenario mocks one as a whole, it becomes one call."""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from flow_core.model.read_scenario import read_step_path
from flow_core.model.scenario import StepPath
from flow_core.plan import plan as p
from flow_core.plan.formula import Formula
from flow_core.simulate.mocks import rank, read_path
from flow_core.types import deref
from flow_core.types.kinds import ObjectType
from flow_core.types.runtime import port_check


def with_stand_ins(plan: p.PipelinePlan, mocked: Collection[str]) -> p.PipelinePlan:
    """The plan in which the groups and pipelines that are mocked are calls of one attempt.

    ``mocked`` are the keys of a scenario's mocks.
    """
    if not mocked:
        return plan
    return replace(plan, graph=_Rewriter(mocked).graph(plan.graph, "", frozenset()))


class _Rewriter:
    """Rewrites what is mocked; ``groups`` are the names of the groups around a path."""

    def __init__(self, mocked: Collection[str]) -> None:
        steps = (read_step_path(key) for key in mocked if "." not in key)
        self._keys = [path for path in steps if path is not None]
        self._components = {key for key in mocked if "." in key}

    def graph(self, graph: p.GraphPlan, prefix: str, groups: frozenset[str]) -> p.GraphPlan:
        """A graph whose mocked calls are replaced; the graph itself where there are none."""
        steps = tuple(self._step(step, prefix + step.name, groups) for step in graph.steps)
        same = all(new is old for new, old in zip(steps, graph.steps, strict=True))
        return graph if same else replace(graph, steps=steps)

    def _step(self, step: p.StepPlan, path: str, groups: frozenset[str]) -> p.StepPlan:
        call = self._call(step.call, path, step.name, groups)
        catch = tuple(
            self._handler(handler, f"{path}!catch[{index}]", step.name, groups)
            for index, handler in enumerate(step.catch)
        )
        undo = step.compensate and self._handler(
            step.compensate, f"{path}!compensate", step.name, groups
        )
        same = all(new is old for new, old in zip(catch, step.catch, strict=True))
        if call is step.call and undo is step.compensate and same:
            return step
        return replace(step, call=call, catch=catch, compensate=undo)

    def _handler(
        self, handler: p.HandlerPlan, path: str, name: str, groups: frozenset[str]
    ) -> p.HandlerPlan:
        call = self._call(handler.call, path, name, groups)
        return handler if call is handler.call else replace(handler, call=call)

    def _call(self, call: p.CallPlan, path: str, name: str, groups: frozenset[str]) -> p.CallPlan:
        match call:
            case p.Choice(branches=branches):
                found = tuple(
                    replace(b, call=self._call(b.call, path, name, groups)) for b in branches
                )
                same = all(n.call is o.call for n, o in zip(found, branches, strict=True))
                return call if same else replace(call, branches=found)
            case p.SubPipeline(target=target):
                if target.name in self._components or self._is_mocked(path, groups):
                    return _leaf(call, target, call.arguments, call.pipeline.inputs)
                inner = self.graph(call.pipeline.graph, f"{path}/", groups)
                if inner is call.pipeline.graph:
                    return call
                return replace(call, pipeline=replace(call.pipeline, graph=inner))
            case p.GroupCall(graph=graph):
                if self._is_mocked(path, groups):
                    return _leaf(call, p.Target(path, "pipeline", errors=None), (), {})
                inner = self.graph(graph, f"{path}/", groups | {name})
                return call if inner is graph else replace(call, graph=inner)
            case _:
                return call

    def _is_mocked(self, path: str, groups: frozenset[str]) -> bool:
        segments = read_path(path)
        return any(rank(_without_indices(key), segments, groups) is not None for key in self._keys)


def _without_indices(path: StepPath) -> StepPath:
    return replace(path, segments=tuple(replace(each, index=None) for each in path.segments))


def _leaf(
    call: p.SubPipeline | p.GroupCall,
    target: p.Target,
    arguments: tuple[tuple[str, Formula], ...],
    inputs: Mapping[str, p.PortPlan],
) -> p.Leaf:
    """One call in the place of many."""
    type_ = deref(call.type)
    fields = type_.fields if isinstance(type_, ObjectType) else {}
    return p.Leaf(
        path=call.path,
        target=replace(target, effect=True),
        arguments=arguments,
        inputs=dict(inputs),
        outputs={
            name: p.PortPlan(name, port_check(field.type), field.required)
            for name, field in fields.items()
        },
        type=call.type,
        policy=call.policy,
        breaker=call.breaker if isinstance(call, p.SubPipeline) else None,
    )
