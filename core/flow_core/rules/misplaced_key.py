"""A key stands in the wrong place: it belongs below another one.

## Why it matters

Where it stands it means nothing. `max_attempts` is a key of `retry`, `timeout` one of a step.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    max_attempts: 3
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

Move it below the key that the message names.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL117", "misplaced-key", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Keys that belong elsewhere."""
    yield from from_shape(module, "misplaced-key")
