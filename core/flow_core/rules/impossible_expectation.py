"""A scenario expects what no run can give.

## Why it matters

An expectation that can't come true fails whatever the pipeline does: a value that does not fit the
type of the output, more attempts than the step can make, a recovered step without a `catch`, a run
that is shorter than what one of its mocks takes.

## Fails

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      greet: {returns: {text: "Hello, Ada!"}}
    expect:
      status: succeeded
      ran: [greet, say]
      outputs: {text: 12}
```

```yaml file=greet.flow.yaml
flow: 1
name: greet
inputs:
  name: string
components:
  greet:
    inputs: {name: string}
    outputs: {text: string}
    run: {python: "shop:greet"}
steps:
  greet:
    uses: greet
    with: {name: "${{ inputs.name }}"}
  say:
    uses: std.log
    with: {message: "${{ steps.greet.outputs.text }}"}
outputs:
  text: ${{ steps.greet.outputs.text }}
```

## Passes

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      greet: {returns: {text: "Hello, Ada!"}}
    expect:
      status: succeeded
      ran: [greet, say]
      outputs: {text: "Hello, Ada!"}
```

```yaml file=greet.flow.yaml
flow: 1
name: greet
inputs:
  name: string
components:
  greet:
    inputs: {name: string}
    outputs: {text: string}
    run: {python: "shop:greet"}
steps:
  greet:
    uses: greet
    with: {name: "${{ inputs.name }}"}
  say:
    uses: std.log
    with: {message: "${{ steps.greet.outputs.text }}"}
outputs:
  text: ${{ steps.greet.outputs.text }}
```

## How to fix

Expect what the types and the resilience of the pipeline allow, or change the pipeline.
"""

from collections.abc import Iterator

import msgspec

from flow_core.analysis.effects import least_duration, most_attempts
from flow_core.analysis.misfits import literal_findings
from flow_core.analysis.raises import BUILT_IN
from flow_core.analysis.scopes import channel_type
from flow_core.analysis.tested import StepTarget, UnderTest
from flow_core.diagnostics import Finding, Json, Severity
from flow_core.durations import show_duration
from flow_core.model.scenario import Scenario, StepExpectation
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule, rewrite
from flow_core.suggest import closest
from flow_core.types import Type, literal_problems, nullable

RULE = Rule("FL809", "impossible-expectation", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Expected values against their types, and counts against what steps can do."""
    if module.tested is None or not module.tested.is_whole:
        return
    tested = module.tested.module
    types = {name: port.type for name, port in tested.signature.outputs.items()}
    channels = {name: channel_type(each) for name, each in tested.pipeline.state.items()}
    for scenario in module.scenario.scenarios.values():
        expect, path = scenario.expect, (*scenario.path, "expect")
        yield from _values(module, expect.outputs, types, (*path, "outputs"))
        yield from _values(module, expect.state, channels, (*path, "state"))
        yield from _measures(scenario)
        yield from _durations(module.tested, scenario)
        yield from _errors(module, module.tested, scenario)
        for key, expected in expect.steps.items():
            target = module.tested.step(key)
            if isinstance(target, StepTarget) and target.call == target.step.path:
                yield from _step(module, key, expected, target)


def _values(
    module: Module, expected: dict[str, Json], types: dict[str, Type], path: Path
) -> Iterator[Finding]:
    for name, value in expected.items():
        if name in types:
            yield from _value(module, value, types[name], (*path, name))


def _value(module: Module, value: Json, type_: Type, path: Path) -> Iterator[Finding]:
    """What does not fit; properties that are not named are not compared."""
    found = literal_problems(value, type_, path, module.scalar_text)
    yield from literal_findings(each for each in found if each.kind != "missing-property")


def _measures(scenario: Scenario) -> Iterator[Finding]:
    path = (*scenario.path, "expect")
    elapsed, cost = scenario.expect.elapsed, scenario.expect.cost
    rate = scenario.expect.success_rate
    if elapsed is not None and not elapsed.is_duration:
        message = "`elapsed` must be compared with a duration, which has a unit"
        yield Finding(Place((*path, "elapsed")), message, 'write a unit, as in `"< 2h"`')
    if cost is not None and cost.is_duration:
        message = "`cost` must be compared with a number, not with a duration"
        yield Finding(Place((*path, "cost")), message, 'write a number, as in `"< 0.4"`')
    if rate is not None and (rate.is_duration or rate.value > 1):
        message = "`success_rate` must be compared with a share of the runs, 0 to 1"
        help_ = 'write `">= 0.99"` for 99 of 100 runs'
        yield Finding(Place((*path, "success_rate")), message, help_)


def _durations(tested: UnderTest, scenario: Scenario) -> Iterator[Finding]:
    """Limits of the duration that one mock exceeds by itself."""
    least, key = least_duration(tested, scenario)
    for path, limit in _limits(scenario):
        if least > limit:
            takes, most = show_duration(least), show_duration(limit)
            message = f"`{key}` takes {takes}, so no run stays within {most}"
            help_ = f"allow more, or let the mock of `{key}` take less"
            yield Finding(Place(path), message, help_)


def _limits(scenario: Scenario) -> Iterator[tuple[Path, int]]:
    """The limits of the duration, with where they stand."""
    expect, path = scenario.expect, (*scenario.path, "expect")
    elapsed = expect.elapsed
    if elapsed is not None and elapsed.is_duration and elapsed.operator in ("<", "<=", "=="):
        yield (*path, "elapsed"), int(elapsed.value)
    if expect.max_duration is not None:
        yield (*path, "max_duration"), expect.max_duration
    for limits in expect.percentiles:
        if limits.duration is not None:
            yield (*limits.path, "duration"), limits.duration


def _errors(module: Module, tested: UnderTest, scenario: Scenario) -> Iterator[Finding]:
    """Errors that neither the pipeline nor a mock of the scenario can raise."""
    mocked = {mock.fail for mocks in scenario.mocks.values() for mock in mocks.attempts}
    raises, expect = tested.module.raises, scenario.expect
    if expect.error is not None and raises.pipeline_is_known:
        possible = {*raises.pipeline, *mocked}
        yield from _error(module, "the run", expect.error, possible, (*scenario.path, "expect"))
    for key, expected in expect.steps.items():
        target = tested.step(key) if expected.error is not None else None
        if expected.error is not None and isinstance(target, StepTarget):
            own, step = target.module.raises, target.step
            if own.step_is_known(step):
                possible = {*own.activation(step), *own.step(step), *mocked}
                yield from _error(module, f"`{key}`", expected.error, possible, expected.path)


def _error(
    module: Module, what: str, name: str, possible: set[str], path: Path
) -> Iterator[Finding]:
    if name in possible or name in BUILT_IN:
        return
    place, meant = Place((*path, "error")), closest(name, (*sorted(possible), *BUILT_IN))
    known = ", ".join(f"`{each}`" for each in sorted(possible.difference(BUILT_IN, {""}))[:8])
    help_ = f"did you mean `{meant}`?" if meant else f"it can be {known}" if known else ""
    message = f"{what} never fails with `{name}`"
    yield Finding(place, message, help_, mend=rewrite(module, place, meant))


def _step(
    module: Module, key: str, expected: StepExpectation, target: StepTarget
) -> Iterator[Finding]:
    step, path = target.step, expected.path
    if expected.recovered and not step.catch:
        message = f"`{key}` has no `catch`, so it is never recovered"
        yield Finding(Place((*path, "recovered")), message, "expect `false`, or add a handler")
    yield from _counts(key, expected, target)
    if expected.outputs is not msgspec.UNSET:
        type_ = nullable(target.module.typing.outputs(step))
        yield from _value(module, expected.outputs, type_, (*path, "outputs"))


def _counts(key: str, expected: StepExpectation, target: StepTarget) -> Iterator[Finding]:
    repeat = target.step.repeat
    if expected.iterations and target.is_once:
        most = repeat.max_iterations if repeat else 1
        yield from _too_many(key, "iterations", expected.iterations, most, expected.path)
    attempts = most_attempts(target)
    if attempts is not None:
        waits = len(expected.waits or ())
        yield from _too_many(key, "attempts", expected.attempts or 0, attempts, expected.path)
        yield from _too_many(key, "waits", waits, attempts - 1, expected.path)


def _too_many(key: str, what: str, count: int, most: int, path: Path) -> Iterator[Finding]:
    if count > most:
        message = f"`{key}` makes at most {most} {what}, so it never makes {count}"
        yield Finding(Place((*path, what)), message, f"expect at most {most}, or change the step")
