"""A key that is required is not there.

## Why it matters

Without it there is nothing to run, or nothing to call it by.

## Fails

```yaml
flow: 1
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Add the key.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL104", "missing-key", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Required keys that are missing."""
    yield from from_shape(module, "missing-key")
