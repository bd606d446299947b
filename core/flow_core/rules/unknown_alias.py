"""`uses` begins with an alias that nothing is imported as.

## Why it matters

Without the import nobody can tell where the component comes from.

## Fails

```yaml
flow: 1
name: sell
steps:
  pay:
    uses: shop.charge
    with: {amount: 5}
```

## Passes

```yaml
flow: 1
name: sell
imports: {shop: "python:shop"}
steps:
  pay:
    uses: shop.charge
    with: {amount: 5}
```

```python file=shop.py
from flow_core import component


@component
def charge(amount: float) -> str:
    return "receipt"
```

## How to fix

Add the alias under `imports` with a path (`./shop.flow.yaml`) or a module (`python:shop.steps`), or
correct it. Installed libraries need no import, but must be installed where the file is checked.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_problems

RULE = Rule("FL702", "unknown-alias", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Aliases that are neither imported nor installed; silent where no import can be read."""
    if "imports" not in module.lost:
        yield from from_problems(module, "unknown-alias")
