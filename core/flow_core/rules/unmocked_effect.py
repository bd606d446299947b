"""Nothing mocks the effect of a step that certainly runs.

## Why it matters

Mocks are strict: a scenario never really charges a card or writes a file, so a call that has an
effect and no mock ends the run with an error. Here the scenario itself says that the step runs: it
expects the step in `ran`, or a run that succeeds, which no such step can be left out of.

## Fails

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
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

Add the lines that the message names, by step or, for all steps that call it, by component.
"""

from collections.abc import Iterator

from flow_core.analysis.effects import Effect, certain_effects
from flow_core.components.signature import Signature
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL807", "unmocked-effect", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Effects that are certain in a scenario, and that none of its mocks stands in for."""
    if module.tested is not None:
        for scenario in module.scenario.scenarios.values():
            for effect in certain_effects(module.tested, scenario):
                yield _finding(module, scenario, effect)


def _finding(module: Module, scenario: Scenario, effect: Effect) -> Finding:
    mocks = (*scenario.path, "mocks")
    place = Place(mocks, "key") if module.document.get(mocks) else Place(scenario.path, "key")
    step = Place(effect.step.path, "key", file=effect.module.file)
    return Finding(
        place,
        f"nothing mocks step `{effect.key}`, which certainly runs and calls `{effect.target}`",
        f"add to `mocks`: `{effect.key}: {{returns: {_example(effect.signature)}}}`",
        (Related(step, f"`{effect.target}` is called here"),),
    )


def _example(signature: Signature) -> str:
    """The outputs to fill in."""
    return "{" + ", ".join(f"{name}: …" for name in signature.outputs) + "}"
