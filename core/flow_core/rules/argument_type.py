"""An expression in `with` gives a value that does not fit the input.

## Why it matters

Nothing is converted at a port. The call would fail with `type_error`, often after much has been
done.

## Fails

```yaml
flow: 1
name: greet
inputs: {times: string}
components:
  greet:
    inputs: {times: integer}
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
inputs: {times: string}
components:
  greet:
    inputs: {times: integer}
    run: {shell: [greet]}
steps:
  hello:
    uses: greet
    with: {times: "${{ int(inputs.times) }}"}
```

## How to fix

Convert the value (`int(x)`, `string(x)`, `[x]`, `x.map(y, y.id)`), or correct one of the two
declarations. The message names the path inside the type: `lines[].qty`.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL309", "argument-type", Severity.ERROR)

PURPOSES = ("argument",)


def check(module: Module) -> Iterator[Finding]:
    """Arguments that are expressions."""
    yield from misfit_findings(module, "argument")
