"""A value starts with a character that means something else to YAML.

## Why it matters

`*`, `&`, `!`, `|`, `>`, `@`, `%` and a backtick start aliases, anchors, tags, blocks of text, or
nothing that is allowed. A cron, a comparison and a negated expression start with one of them.

## Fails

```yaml
flow: 1
name: greet
schedule:
  - cron: */5 * * * *
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
schedule:
  - cron: "*/5 * * * *"
steps:
  hello:
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

RULE = Rule("FL007", "leading-indicator", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Values that start with an indicator of YAML."""
    yield from from_syntax(module, "leading-indicator")
