"""A comma inside of `{…}` makes a key of the words behind it.

## Why it matters

`{message: no, sorry}` is a mapping of two keys, `message` and `sorry`, of which the second has no
value. Most tools pass it on in silence.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: good morning, world}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: "good morning, world"}
```

## How to fix

Quote the text that holds the comma.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL010", "invented-key", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Words that a comma makes keys."""
    yield from from_syntax(module, "invented-key")
