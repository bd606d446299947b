"""A condition is no boolean.

## Why it matters

`when`, `until` and the conditions of branches, handlers and retries must be true or false; numbers,
texts and null do not count as either, and the step would fail.

## Fails

```yaml
flow: 1
name: greet
inputs: {times: integer}
steps:
  hello:
    when: ${{ inputs.times }}
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {times: integer}
steps:
  hello:
    when: ${{ inputs.times > 0 }}
    uses: std.log
    with: {message: hello}
```

## How to fix

Compare: `x > 0`, `x != ''`, `x != null`, `size(x) > 0`. For a boolean that may be null write
`coalesce(x, false)`.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL312", "condition-type", Severity.ERROR)

PURPOSES = ("condition",)


def check(module: Module) -> Iterator[Finding]:
    """Conditions of every kind."""
    yield from misfit_findings(module, "condition")
