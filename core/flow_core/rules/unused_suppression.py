"""A suppression silences nothing: what it named was mended, or never was a rule.

## Why it matters

A stale suppression hides the next mistake on its line, and tells readers of a problem that is gone.

## Fails

```yaml select=FL203
flow: 1
name: greet
steps:
  hello:
    uses: std.log # flow: ignore[FL203] no cycle here
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Delete the comment, or its code.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL009", "unused-suppression", Severity.WARNING)


def check(_: Module) -> Iterator[Finding]:
    """Nothing by itself: `check.check` reports what is left over once all rules have run."""
    return iter(())
