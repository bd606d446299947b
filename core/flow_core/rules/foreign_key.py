"""A key of another format stands where Flow has its own word.

## Why it matters

`needs`, `if`, `runAfter` and `retries` come from other tools. Flow knows what is meant, but has one
word for each thing.

## Fails

```yaml
flow: 1
name: greet
steps:
  one:
    uses: std.log
    with: {message: hello}
  two:
    needs: [one]
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  one:
    uses: std.log
    with: {message: hello}
  two:
    depends_on: [one]
    uses: std.log
    with: {message: hello}
```

## How to fix

Write the key that the message names; most can be changed by `flow validate --fix`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL102", "foreign-key", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Words of other formats."""
    yield from from_shape(module, "foreign-key")
