"""A word is none of those that its key knows.

## Why it matters

Keys such as `backoff`, `overlap` and `reduce` choose between a few ways; another word chooses none.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    retry: {max_attempts: 3, delay: 1s, backoff: expnential}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
    retry: {max_attempts: 3, delay: 1s, backoff: exponential}
```

## How to fix

Write one of the words that the message lists.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL108", "bad-value", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Words that are none of those that are known."""
    yield from from_shape(module, "bad-value")
