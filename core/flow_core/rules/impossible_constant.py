"""A constant in an expression can never work: a pattern, a duration, a time, a format or a key.

## Why it matters

Such an expression fails whatever the data are.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    when: ${{ inputs.name.matches('A(da') }}
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    when: ${{ inputs.name.matches('A(da)?') }}
    uses: std.log
    with: {message: hello}
```

## How to fix

Patterns are RE2, durations are written as `1h30m`, times as RFC 3339 with an offset.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_problems

RULE = Rule("FL317", "impossible-constant", Severity.ERROR)

KINDS = ("bad-regex", "bad-duration", "bad-timestamp", "bad-format", "bad-key", "bad-constant")


def check(module: Module) -> Iterator[Finding]:
    """Constants that no data can mend."""
    yield from from_problems(module, *KINDS)
