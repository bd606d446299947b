"""An operator or a function gets an operand of a type that it can't work with.

## Why it matters

The expression would fail whenever it is evaluated, or, for a comparison of two kinds of values that
are never equal, always give the same answer.

## Fails

```yaml
flow: 1
name: greet
inputs: {age: integer}
steps:
  hello:
    uses: std.log
    with: {message: "${{ 'you are ' + inputs.age }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {age: integer}
steps:
  hello:
    uses: std.log
    with: {message: "${{ 'you are ' + string(inputs.age) }}"}
```

## How to fix

Convert one of the operands: `string(x)`, `int(x)`, `double(x)`, `duration(x)`, `timestamp(x)`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_problems

RULE = Rule("FL307", "operand-type", Severity.ERROR)

KINDS = ("type-mismatch",)


def check(module: Module) -> Iterator[Finding]:
    """Operands that do not go together."""
    yield from from_problems(module, *KINDS)
