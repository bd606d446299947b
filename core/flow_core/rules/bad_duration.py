"""A duration has no unit, or one that Flow does not know.

## Why it matters

`timeout: 30` is thirty minutes in one tool and thirty milliseconds in another.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    timeout: 30
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    timeout: 30s
```

## How to fix

Write a number and a unit: `250ms`, `30s`, `5m`, `2h`, `1d`, or several: `1h30m`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL109", "bad-duration", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Durations that are none."""
    yield from from_shape(module, "bad-duration")
