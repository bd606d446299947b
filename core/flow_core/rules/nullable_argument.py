"""An expression in `with` may give null to an input that does not take it.

## Why it matters

The call works until the step that the value comes from is skipped, or the optional field is absent.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string?}
components:
  greet:
    inputs: {name: string}
    run: {shell: [greet]}
steps:
  hello:
    uses: greet
    with: {name: "${{ inputs.name }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string?}
components:
  greet:
    inputs: {name: string}
    run: {shell: [greet]}
steps:
  hello:
    when: ${{ inputs.name != null }}
    uses: greet
    with: {name: "${{ inputs.name }}"}
```

## How to fix

Give a default (`coalesce(x, default)`), choose (`x != null ? x : other`), run the step only `when`
the value is there, or let the component take null (`string?`).
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL310", "nullable-argument", Severity.ERROR)

PURPOSES = ("null-argument",)


def check(module: Module) -> Iterator[Finding]:
    """Arguments that may be null."""
    yield from misfit_findings(module, "null-argument")
