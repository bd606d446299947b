"""A value is of another kind than its key takes.

## Why it matters

A list where a mapping is expected, or a word where a number is, can't be given a meaning without
guessing.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    concurrency: 3
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    concurrency: {group: greetings, limit: 3}
```

## How to fix

Write a value of the kind that the message names.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL103", "wrong-type", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Values of another kind."""
    yield from from_shape(module, "wrong-type")
