"""A name can't be used in expressions.

## Why it matters

Expressions read `steps.check_stock.outputs`; in `steps.check-stock` the hyphen is a minus. Reserved
words of expressions are no names either.

## Fails

```yaml
flow: 1
name: greet
steps:
  say-hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  say_hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Rename it to letters, digits and `_`, together with all that refers to it.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL107", "bad-name", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Names that are none."""
    yield from from_shape(module, "bad-name")
