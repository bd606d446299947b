"""A step, branch or handler says nothing of what it does.

## Why it matters

A step is a call of something. One without a call has nothing to do.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
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

Add `uses`, `steps` or `switch`; in a branch or handler `value` or `skip` will do too.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL105", "missing-call", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Calls without anything that is called."""
    yield from from_shape(module, "missing-call")
