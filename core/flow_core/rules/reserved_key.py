"""A key is reserved for a later version of the language.

## Why it matters

It has no effect yet, and may have another one than is expected once it has.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    cache: true
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

Remove the key. A note for later belongs into a comment or into `metadata`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL111", "reserved-key", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Keys of the future."""
    yield from from_shape(module, "reserved-key")
