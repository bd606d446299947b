"""A mock names neither a step nor a component that is called.

## Why it matters

The mock is never used, and the effect that it was meant for is missing one. It is mostly a name
that was misspelt, or that has changed in the pipeline.

## Fails

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      great: {returns: {text: "Hello, Ada!"}}
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
    errors: {Unkind: it would not}
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
    errors: {Unkind: it would not}
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

Write the name of a step, `step[0]` for one element, `group/step` for a step of a group or of a
pipeline that is called, `step!catch[0]` for a handler, `step!compensate`; or the name of a
component as the pipeline calls it (`payments.charge`).
"""

from collections.abc import Iterator

from flow_core.analysis.tested import Unknown
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, rewrite

RULE = Rule("FL802", "unknown-mock", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """The keys of `mocks` that stand for nothing."""
    if module.tested is None:
        return
    for scenario in module.scenario.scenarios.values():
        for mocks in scenario.mocks.values():
            target = module.tested.mocked(mocks.key)
            if isinstance(target, Unknown):
                place = Place(mocks.path, "key")
                help_ = f"did you mean `{target.meant}`?" if target.meant else target.help
                mend = rewrite(module, place, target.meant)
                yield Finding(place, target.message, help_, mend=mend)
