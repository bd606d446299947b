"""An expression stands where only literal values do.

## Why it matters

Names, types, limits and dependencies are known before anything runs; that is what makes checking
them possible. An expression there is never evaluated.

## Fails

```yaml
flow: 1
name: greet
inputs: {tries: integer}
steps:
  hello:
    retry:
      max_attempts: ${{ inputs.tries }}
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    retry:
      max_attempts: 3
    uses: std.log
    with: {message: hello}
```

## How to fix

Write the value itself. What has to vary is a port in `with`, or a condition in `when`.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL115", "expression-not-allowed", Severity.ERROR)

_IN_SHELL = "the command has the inputs in its environment: write `$name`"


def check(module: Module) -> Iterator[Finding]:
    """Expressions in literal places."""
    for finding in from_shape(module, "expression-not-allowed"):
        in_shell = finding.place.path[2:4] == ("run", "shell")
        yield replace(finding, help=_IN_SHELL) if in_shell else finding
