"""A key is no string: YAML reads it as a number, a boolean, null or a collection.

## Why it matters

Names are strings in Flow, as in JSON. What YAML makes of `1.10` or `true` is another thing than
what is written, and would be another thing again in JSON.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    metadata: {2026: reviewed}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    metadata: {"2026": reviewed}
```

## How to fix

Put the key between quotes.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL003", "bad-key", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Keys that YAML does not read as strings."""
    yield from from_syntax(module, "complex-key", "key-not-string")
