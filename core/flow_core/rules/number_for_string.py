"""YAML reads as a number what is meant to be text.

## Why it matters

`version: 1.10` is the number 1.1, and `01234` is 1234. What was written is lost.

## Fails

```yaml
flow: 1
name: greet
version: 1.10
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
version: "1.10"
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Put the value between quotes.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL113", "number-for-string", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Numbers where text is expected."""
    yield from from_shape(module, "number-for-string")
