"""A key that the language does not know.

## Why it matters

A misspelt key would be ignored, and what it was to do would not happen: a step without its timeout
runs for as long as it likes.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    timeuot: 5s
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    timeout: 5s
```

## How to fix

Correct the spelling, or remove the key. Keys that start with `x-` are free for your own use.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL101", "unknown-key", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Keys that nothing knows."""
    yield from from_shape(module, "unknown-key")
