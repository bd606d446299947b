"""A `#` inside of an unquoted expression starts a comment.

## Why it matters

YAML drops everything from a blank and a `#` to the end of the line, without a word. What is left of
the expression has no end.

## Fails

```yaml
flow: 1
name: greet
inputs: {channel: string}
steps:
  hello:
    when: ${{ inputs.channel == 'the #general' }}
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {channel: string}
steps:
  hello:
    when: "${{ inputs.channel == 'the #general' }}"
    uses: std.log
    with: {message: hello}
```

## How to fix

Quote the whole value.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL008", "comment-cuts-expression", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Expressions that a comment cuts off."""
    yield from from_syntax(module, "comment-cuts-expression")
