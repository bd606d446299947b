"""What the steps of a tested pipeline certainly do, and how often they can do it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.analysis.in_force import governing
from flow_core.analysis.tested import ComponentTarget, StepTarget, UnderTest
from flow_core.components.signature import Signature
from flow_core.model.pipeline import Group, Step, Uses
from flow_core.model.scenario import Scenario

if TYPE_CHECKING:
    from flow_core.module import Module


class Effect(msgspec.Struct, frozen=True):
    """A call with an effect that certainly is made; ``key`` is the path of its step."""

    module: "Module"
    step: Step
    key: str
    target: str
    signature: Signature


def certain_effects(tested: UnderTest, scenario: Scenario) -> Iterator[Effect]:
    """The effects that are certain in a scenario and that nothing mocks."""
    run = _Run(tested, scenario)
    if not run.is_sure:
        return
    for name, step in _certain_steps(tested, scenario):
        yield from run.effects(tested.module, step, name)


def _certain_steps(tested: UnderTest, scenario: Scenario) -> Iterator[tuple[str, Step]]:
    """The steps of the pipeline itself that run if all goes as the scenario expects."""
    pipeline = tested.module.pipeline
    ran = scenario.expect.ran or ()
    succeeds = scenario.expect.status == "succeeded"
    for name, step in {**pipeline.steps, **pipeline.finally_}.items():
        if name in ran or (succeeds and not tested.module.outcomes.may_skip(name)):
            yield name, step


def least_duration(tested: UnderTest, scenario: Scenario) -> tuple[int, str]:
    """How long a run takes at least, in microseconds, and the mock that makes it so; 0 for none.

    It is the longest first attempt of a step that certainly runs and that nothing cuts.
    """
    found = [(0, "")]
    for name, step in _certain_steps(tested, scenario):
        mocks = scenario.mocks.get(name)
        if mocks is not None and mocks.attempts and not _may_be_cut(tested.module, step):
            found.append((mocks.attempts[0].takes or 0, name))
    return max(found)


def _may_be_cut(module: "Module", step: Step) -> bool:
    """Whether an attempt of a step may be shorter than its mock says, or not be made at all."""
    if step.for_each is not None or not isinstance(step.call, Uses):
        return True
    signature = module.called(step.path)
    own = governing(step, signature, module.pipeline.defaults)
    bound = own.timeout is not None or (own.retry and own.retry.max_duration is not None)
    return bool(bound or signature is None or signature.breaker)


class _Run:
    """The mocks of one scenario."""

    def __init__(self, tested: UnderTest, scenario: Scenario) -> None:
        targets = [tested.mocked(key) for key in scenario.mocks]
        named = all(isinstance(target, StepTarget | ComponentTarget) for target in targets)
        self.is_sure = named and tested.is_sound
        steps = [target for target in targets if isinstance(target, StepTarget)]
        self._steps = {(target.module.file, target.call) for target in steps}
        self._components = {key for key in scenario.mocks if key in tested.called}
        self._files: list[str] = []

    def effects(self, module: "Module", step: Step, key: str) -> Iterator[Effect]:
        """What a step that certainly runs certainly does, sub-pipelines and groups included."""
        if step.for_each is not None or (module.file, step.path) in self._steps:
            return
        match step.call:
            case Uses(target=target) if target not in self._components:
                yield from self._called(module, step, target, key)
            case Group(steps=steps) if not step.catch:
                yield from self._inside(module, steps, key)
            case _:
                return

    def _called(self, module: "Module", step: Step, target: str, key: str) -> Iterator[Effect]:
        resolution = module.resolved(step.path)
        signature, inner = resolution.signature, resolution.module
        if signature is None:
            return
        if inner is None:
            if signature.effect and signature.kind != "pipeline":
                yield Effect(module, step, key, target, signature)
        elif not step.catch and inner.is_pipeline and inner.file not in self._files:
            self._files.append(inner.file)
            yield from self._inside(inner, inner.pipeline.steps, key)
            self._files.pop()

    def _inside(self, module: "Module", steps: dict[str, Step], key: str) -> Iterator[Effect]:
        for name, step in steps.items():
            if not module.outcomes.may_skip(name):
                yield from self.effects(module, step, f"{key}/{name}")


def most_attempts(target: StepTarget) -> int | None:
    """The most attempts that a step can make of its own call; None where that can't be told."""
    step = target.step
    if not target.is_once or target.call != step.path or not isinstance(step.call, Uses):
        return None
    module = target.module
    retry = governing(step, module.called(step.path), module.pipeline.defaults).retry
    iterations = step.repeat.max_iterations if step.repeat else 1
    return iterations * (retry.max_attempts if retry else 1)
