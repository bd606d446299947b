"""A colon followed by a space stands in a value without quotes.

## Why it matters

To YAML, `: ` makes a key of what is before it. Conditional expressions (`a ? b : c`) and messages
often hold one.

## Fails

```yaml
flow: 1
name: greet
inputs: {loud: boolean}
steps:
  hello:
    uses: std.log
    with:
      message: ${{ inputs.loud ? 'HELLO' : 'hello' }}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {loud: boolean}
steps:
  hello:
    uses: std.log
    with:
      message: "${{ inputs.loud ? 'HELLO' : 'hello' }}"
```

## How to fix

Quote the whole value.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL006", "colon-in-value", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Values that a colon cuts in two."""
    yield from from_syntax(module, "colon-in-value")
