"""A literal does not fit the type of its port, channel or output.

## Why it matters

The call would fail with `type_error` each time. YAML's own reading is often the cause: `1.10` is a
number, `no` a string.

## Fails

```yaml
flow: 1
name: greet
components:
  greet:
    inputs: {style: {type: string, enum: [warm, formal]}}
    run: {shell: [greet]}
steps:
  hello:
    uses: greet
    with: {style: wram}
```

## Passes

```yaml
flow: 1
name: greet
components:
  greet:
    inputs: {style: {type: string, enum: [warm, formal]}}
    run: {shell: [greet]}
steps:
  hello:
    uses: greet
    with: {style: warm}
```

## How to fix

Write a value of the type. Put quotes around what should be a text.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL311", "invalid-literal", Severity.ERROR)

PURPOSES = ("literal",)


def check(module: Module) -> Iterator[Finding]:
    """Literals, and literal parts of values."""
    yield from misfit_findings(module, "literal")
