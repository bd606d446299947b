"""One step, branch or handler calls several things.

## Why it matters

Which of them comes first, and whose outputs are the step's, would be a guess.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    steps:
      inner:
        uses: std.log
        with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    steps:
      first:
        uses: std.log
        with: {message: hello}
      inner:
        uses: std.log
        with: {message: hello}
```

## How to fix

Make a step for each, or put them into a group by `steps`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL106", "several-calls", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Keys that exclude each other."""
    yield from from_shape(module, "several-calls")
