"""A number is smaller or larger than its key allows.

## Why it matters

No step can be attempted zero times, and no probability is above 1.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    retry: {max_attempts: 0}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    retry: {max_attempts: 3}
```

## How to fix

Write a number within the bounds that the message names.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL110", "out-of-range", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Numbers beyond their bounds."""
    yield from from_shape(module, "out-of-range")
