"""A version or a time is not written as one.

## Why it matters

Versions are compared, and times are counted with: `one` has no place between `1.0.0` and `2.0.0`.

## Fails

```yaml
flow: 1
name: greet
version: first
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
version: 1.0.0
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Write a version such as `1.4.0`, a time such as `2026-11-20T06:00:00Z`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL120", "bad-literal", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Versions and times that are none."""
    yield from from_shape(module, "bad-date", "bad-version")
