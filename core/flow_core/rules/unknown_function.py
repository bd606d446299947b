"""An expression calls a function that does not exist, or with another number of arguments.

## Why it matters

The expression would fail whenever it is evaluated.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name.upper() }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name.upperAscii() }}"}
```

## How to fix

Use the functions of CEL and its extensions for strings and lists, or those of Flow: `coalesce`,
`json`, `merge`, `get`, `range`, `chunk`, `flatten`, `sum`, `duration`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_problems

RULE = Rule("FL306", "unknown-function", Severity.ERROR)

KINDS = ("unknown-function", "wrong-argument-count")


def check(module: Module) -> Iterator[Finding]:
    """Functions and macros."""
    yield from from_problems(module, *KINDS)
