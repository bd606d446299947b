"""An output does not fit the type that is declared for it.

## Why it matters

Callers rely on the declared type, and the pipeline would fail at its very end.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: hello}
outputs:
  length: {type: integer, value: "${{ inputs.name }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: hello}
outputs:
  length: {type: integer, value: "${{ size(inputs.name) }}"}
```

## How to fix

Correct the expression or the declared type. What comes from a step that may be skipped may be null:
declare it as `T?`, or give a default with `coalesce`.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL315", "output-type", Severity.ERROR)

PURPOSES = ("output",)


def check(module: Module) -> Iterator[Finding]:
    """Outputs of pipelines and groups."""
    yield from misfit_findings(module, "output")
