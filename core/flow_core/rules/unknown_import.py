"""An import, or the path of a called pipeline, leads to no file.

## Why it matters

Nothing of what comes from there can be used or checked.

## Fails

```yaml
flow: 1
name: sell
steps:
  pay:
    uses: ./shop.flow.yaml
```

## Passes

```yaml
flow: 1
name: sell
steps:
  pay:
    uses: ./pay.flow.yaml
```

```yaml file=pay.flow.yaml
flow: 1
name: pay
steps:
  hello:
    uses: std.log
    with: {message: paid}
```

## How to fix

Paths start from the folder of the file they stand in. Python modules are looked up below
`python_paths` of `flow.toml`, by default the project's root; their source must be there.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL703", "unknown-import", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Imports and calls of files that are not there."""
    for problem in module.problems.of("unknown-import"):
        yield finding(module, problem)
