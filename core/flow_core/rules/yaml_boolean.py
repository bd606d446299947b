"""`yes`, `no`, `on` and `off` are strings, not booleans.

## Why it matters

They were booleans in YAML 1.1 and are none in YAML 1.2, which Flow reads. As strings they would
neither be true nor false.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    for_each: [1, 2]
    fail_fast: no
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    for_each: [1, 2]
    fail_fast: false
    uses: std.log
    with: {message: hello}
```

## How to fix

Write `true` or `false`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL112", "yaml-boolean", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Words that were booleans once."""
    yield from from_shape(module, "yaml-boolean")
