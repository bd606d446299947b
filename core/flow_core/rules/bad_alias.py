"""An alias stands for nothing, for itself, or for something that can't be merged.

## Why it matters

An alias repeats what was anchored before it in the same file. Where nothing was, there is nothing
to repeat.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: *greeting
```

## Passes

```yaml
flow: 1
name: greet
x-greeting: &greeting {message: hello}
steps:
  hello:
    uses: std.log
    with: *greeting
```

## How to fix

Anchor the value above its first use, a key that starts with `x-` is a good home for it, or quote
text that is to start with `*`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL011", "bad-alias", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Aliases and merges that can't be followed."""
    yield from from_syntax(module, "alias-cycle", "bad-merge", "undefined-alias")
