"""A key has no value, or an empty one, where something is expected.

## Why it matters

Often the value is still to be written, or its lines are not indented below the key.

## Fails

```yaml
flow: 1
name: greet
inputs:
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name }}"}
```

## How to fix

Write the value, indent what belongs below the key, or remove the key.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL114", "empty-value", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Keys without a value."""
    yield from from_shape(module, "empty-value", "null-value")
