"""A scenario expects something of a step, output or channel that does not exist.

## Why it matters

What does not exist can't be as expected, so the scenario always fails. It is mostly a name that was
misspelt, or that has changed in the pipeline.

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
      ran: [great, say]
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

Correct the name. `ran` lists the steps of the pipeline itself, not those inside groups and called
pipelines; `steps` takes those too, by their paths (`group/step`).
"""

from collections.abc import Iterable, Iterator

from flow_core.analysis.tested import UnderTest, Unknown
from flow_core.diagnostics import Finding, Severity
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, rewrite
from flow_core.suggest import closest

RULE = Rule("FL806", "unknown-expectation", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Names under `expect` that stand for nothing."""
    if module.tested is None:
        return
    pipeline, sure = module.tested.module.pipeline, module.tested.is_whole
    for scenario in module.scenario.scenarios.values():
        yield from _ran(module, module.tested, scenario)
        yield from _steps(module, module.tested, scenario)
        for key, noun, known in (
            ("outputs", "output", pipeline.outputs),
            ("state", "channel", pipeline.state),
        ):
            if sure:
                yield from _names(module, scenario, key, noun, known)


def _ran(module: Module, tested: UnderTest, scenario: Scenario) -> Iterator[Finding]:
    pipeline = tested.module.pipeline
    known = {**pipeline.steps, **pipeline.finally_}
    for index, name in enumerate(scenario.expect.ran or ()):
        inside = name in tested.module.steps
        meant = None if inside else closest(name, known)
        if name not in known and (inside or meant or tested.is_whole):
            message = f"step `{name}` is inside a group, and `ran` does not list such steps"
            place = Place((*scenario.path, "expect", "ran", index))
            yield Finding(
                place,
                message if inside else f"there is no step `{name}`",
                f"did you mean `{meant}`?" if meant else "",
                mend=rewrite(module, place, meant),
            )


def _steps(module: Module, tested: UnderTest, scenario: Scenario) -> Iterator[Finding]:
    for key, expected in scenario.expect.steps.items():
        target = tested.step(key)
        if isinstance(target, Unknown):
            place = Place(expected.path, "key")
            help_ = f"did you mean `{target.meant}`?" if target.meant else target.help
            mend = rewrite(module, place, target.meant)
            yield Finding(place, target.message, help_, mend=mend)


def _names(
    module: Module, scenario: Scenario, key: str, noun: str, known: Iterable[str]
) -> Iterator[Finding]:
    expected = scenario.expect.outputs if key == "outputs" else scenario.expect.state
    for name in expected:
        if name not in known:
            place = Place((*scenario.path, "expect", key, name), "key")
            meant = closest(name, known)
            help_ = f"did you mean `{meant}`?" if meant else ""
            message = f"the pipeline has no {noun} `{name}`"
            yield Finding(place, message, help_, mend=rewrite(module, place, meant))
