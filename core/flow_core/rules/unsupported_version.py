"""The file is written in a version of the language that is not known.

## Why it matters

A later version may give the same words another meaning.

## Fails

```yaml
flow: 2
name: greet
steps:
  hello:
    uses: std.log
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

Write `flow: 1`, or install a version of Flow that knows the file's.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL116", "unsupported-version", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Unknown versions of the language."""
    yield from from_shape(module, "unsupported-version")
