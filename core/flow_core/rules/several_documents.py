"""A second YAML document starts in the same file.

## Why it matters

A file is one pipeline, library or set of scenarios. What follows a second `---` is not read.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
---
flow: 1
name: second
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

Put each document into a file of its own; one can call the other by its path.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL013", "several-documents", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Marks of further documents."""
    yield from from_syntax(module, "several-documents")
