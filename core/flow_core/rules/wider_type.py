"""A value may lie outside the bounds, the pattern or the choices of the type that takes it.

## Why it matters

The kinds agree, so most values will do; those that do not fail with `type_error` in a run. Turn
this rule on where such surprises are dear.

## Fails

```yaml
flow: 1
name: greet
inputs: {times: integer}
components:
  greet:
    inputs: {times: {type: integer, minimum: 1}}
    run: {shell: [greet]}
steps:
  hello:
    uses: greet
    with: {times: "${{ inputs.times }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {times: {type: integer, minimum: 1}}
components:
  greet:
    inputs: {times: {type: integer, minimum: 1}}
    run: {shell: [greet]}
steps:
  hello:
    uses: greet
    with: {times: "${{ inputs.times }}"}
```

## How to fix

Declare where the value comes from as narrowly as where it goes to.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL322", "wider-type", Severity.OFF)

PURPOSES = ("wider",)


def check(module: Module) -> Iterator[Finding]:
    """Whatever only its value can tell to fit."""
    yield from misfit_findings(module, "wider")
