"""The file was written for another tool.

## Why it matters

Its keys are all unknown here, so one message stands for all of them.

## Fails

```yaml
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: make
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

Leave it out by `exclude` in the settings, or start a pipeline by `flow init` and move the steps
over.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape

RULE = Rule("FL118", "foreign-file", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Files of other tools."""
    yield from from_shape(module, "foreign-file")
