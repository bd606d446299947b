"""Names in scenario files: what is mocked and expected in the pipeline under test."""

from collections.abc import Collection, Iterator

from flow_core.analysis.tested import ComponentTarget, StepTarget, Target, UnderTest, outputs_of
from flow_core.document_page import call_text
from flow_core.ide.completion.errors import expected_errors, mocked_errors
from flow_core.ide.completion.item import Entry, Offer
from flow_core.ide.completion.literals import skeleton
from flow_core.ide.completion.ports import inputs_of_run
from flow_core.ide.completion.spot import Spot
from flow_core.ide.completion.template import Open, Stop, Template
from flow_core.model.pipeline import Call, Group, Step, Switch, Uses
from flow_core.module import Module
from flow_core.places import Path
from flow_core.types import show

_DEEPEST = 3
"""So many pipelines inside one another are looked into for steps."""


def names_in_scenario(spot: Spot, present: Collection[str]) -> Iterator[Offer]:
    """The names that may stand as keys in a scenario."""
    tested = spot.module.tested
    if tested is not None and spot.path[:1] == ("scenarios",):
        for offer in _names(tested, spot.path[2:]):
            if offer.label not in present:
                yield offer


def _names(tested: UnderTest, path: Path) -> Iterator[Offer]:
    match path:
        case ("inputs",):
            yield from inputs_of_run(tested.module, ())
        case ("secrets",):
            for name in sorted(tested.secrets):
                yield Offer(name, "variable", Entry(name, Stop("test", quoted="text")), rank=2)
        case ("mocks",):
            yield from _mocked(tested)
        case ("expect", part):
            yield from _expected(tested, str(part))
        case _:
            return


def _expected(tested: UnderTest, part: str) -> Iterator[Offer]:
    if part == "steps":
        for name, step in _steps(tested.module):
            yield Offer(name, "step", Entry(name, Open()), _called(step), rank=3)
    if part == "outputs":
        for name, port in tested.module.signature.outputs.items():
            entry = Entry(name, skeleton(port.type, name))
            yield Offer(name, "output", entry, show(port.type), rank=3)
    if part == "state":
        for name, channel in tested.module.pipeline.state.items():
            entry = Entry(name, skeleton(channel.type, name))
            yield Offer(name, "field", entry, show(channel.type), rank=3)


def _mocked(tested: UnderTest) -> Iterator[Offer]:
    """What can be mocked: first what has an effect, so that a run needs its mock."""
    for name, step in _steps(tested.module):
        target = tested.step(name)
        rank = 2 if _has_effect(target) else 5
        yield Offer(name, "step", Entry(name, _mock(target)), _called(step), rank)
        for other in _also_called(name, target):
            yield Offer(other, "step", Entry(other, _mock(target)), _called(step), rank=6)
        yield from _handlers(tested, name, step)
    for name, component in tested.called.items():
        detail = "all calls of the component"
        yield Offer(name, "component", Entry(name, _mock(component)), detail, rank=6)


def _also_called(name: str, target: Target | None) -> Iterator[str]:
    """The longer names of a step: those of its elements, and that with the groups around it."""
    if not isinstance(target, StepTarget):
        return
    if target.step.for_each is not None:
        yield f"{name}[0]"
    outer, slash, own = name.rpartition("/")
    groups = list(target.module.graph.parents(own))
    if groups:
        yield outer + slash + "/".join([*reversed(groups), own])


def _handlers(tested: UnderTest, name: str, step: Step) -> Iterator[Offer]:
    """The handlers of a step and its compensation, by the names that mocks call them."""
    calls = {f"catch[{index}]": handler.call for index, handler in enumerate(step.catch)}
    if step.compensate is not None:
        calls["compensate"] = step.compensate.call
    for part, call in calls.items():
        key = f"{name}!{part}"
        target = tested.step(key) if isinstance(call, Uses | Group | Switch) else None
        if isinstance(target, StepTarget):
            rank = 3 if _has_effect(target) else 6
            yield Offer(key, "step", Entry(key, _mock(target)), _plain(call), rank)


def _has_effect(target: Target | None) -> bool:
    if not isinstance(target, StepTarget):
        return False
    signature = target.module.called(target.call)
    return signature is not None and signature.kind != "pipeline" and signature.effect


def _mock(target: Target | None) -> Template:
    outputs = outputs_of(target) if isinstance(target, StepTarget | ComponentTarget) else None
    return Open() if outputs is None else {"returns": skeleton(outputs)}


def _called(step: Step) -> str:
    return _plain(step.call)


def _plain(call: Call | None) -> str:
    return call_text(call).replace("`", "")


def _steps(module: Module, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Step]]:
    """The steps of a pipeline and of those that it calls, by their paths."""
    inner: list[tuple[str, Module]] = []
    for name, info in module.steps.items():
        yield f"{prefix}{name}", info.step
        called = module.resolved(info.step.path).module if info.step.path in module.calls else None
        if called is not None and called.is_pipeline:
            inner.append((f"{prefix}{name}/", called))
    for path, called in inner if depth < _DEEPEST else ():
        yield from _steps(called, path, depth + 1)


def values_in_scenario(spot: Spot, present: Collection[str]) -> Iterator[Offer]:
    """The names of steps and errors that may stand as values in a scenario."""
    tested = spot.module.tested
    if tested is None or spot.path[:1] != ("scenarios",):
        return
    match spot.path[2:]:
        case ("mocks", str(key), *_, "fail"):
            yield from mocked_errors(tested.mocked(key))
        case ("expect", "error"):
            yield from expected_errors(tested.module.raises.pipeline)
        case ("expect", "steps", str(key), "error"):
            yield from _of_step(tested.step(key))
        case ("expect", "ran", int()):
            pipeline = tested.module.pipeline
            for name, step in {**pipeline.steps, **pipeline.finally_}.items():
                if name not in present:
                    yield Offer(name, "step", name, _called(step), rank=3)
        case _:
            return


def _of_step(target: Target | None) -> Iterator[Offer]:
    """What a step can have failed with."""
    if isinstance(target, StepTarget):
        yield from expected_errors(target.module.raises.activation(target.step))
