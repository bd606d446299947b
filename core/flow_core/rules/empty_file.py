"""The file holds nothing.

## Why it matters

An empty file is no pipeline: it has no name and no steps. Most often it was not saved.

## Fails

```yaml
# to be written
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

Write the pipeline, start one by `flow init`, or delete the file.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL016", "empty-file", Severity.ERROR)
_SCENARIOS = "start with `flow_test: 1`, or delete the file"


def check(module: Module) -> Iterator[Finding]:
    """Files of blanks and comments."""
    for found in from_syntax(module, "empty-file"):
        yield replace(found, help=_SCENARIOS) if module.is_scenario else found
