"""An entry of a list of mocks can never be used.

## Why it matters

A list of mocks has one entry for each attempt. Entries beyond the attempts that a step can make say
something about the pipeline that is not so: mostly its `retry` is not what the author believes.

## Fails

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      greet: [{fail: unexpected}, {returns: {text: "Hello, Ada!"}}]
    expect:
      status: failed
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

Remove the entries, or let the step retry.
"""

from collections.abc import Iterator

from flow_core.analysis.effects import most_attempts
from flow_core.analysis.tested import StepTarget, Target
from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.model.scenario import Mocks
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL808", "unused-mock", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Entries of lists beyond the last attempt that there can be."""
    if module.tested is None:
        return
    for scenario in module.scenario.scenarios.values():
        for mocks in scenario.mocks.values():
            yield from _surplus(mocks, module.tested.mocked(mocks.key))


def _surplus(mocks: Mocks, target: Target | None) -> Iterator[Finding]:
    if not mocks.each or not isinstance(target, StepTarget):
        return
    most = most_attempts(target)
    if most is not None and len(mocks.attempts) > most:
        times = "one attempt" if most == 1 else f"{most} attempts"
        yield Finding(
            Place((*mocks.path, most)),
            f"`{mocks.key}` makes at most {times}, so this mock is never used",
            "remove it, or let the step retry with `retry`",
            mend=Mend(
                "Remove what is never used",
                tuple(Patch("delete", (*mocks.path, i)) for i in range(most, len(mocks.attempts))),
                "unsafe",
            ),
            tags=("unnecessary",),
        )
