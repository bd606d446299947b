"""`uses` names a component that does not exist.

## Why it matters

The step can't run. Nothing is known of its inputs and outputs either, so they are not checked.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: "python:shop"}
steps:
  pay:
    uses: shop.chrage
    with: {amount: 5}
```

```python file=shop.py
from flow_core import component


@component
def charge(amount: float) -> str:
    return "receipt"
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

Correct the name, or declare the component. A Python function is a component only under
`@component`. A path begins with `./` or `../`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL701", "unknown-component", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Calls of components; silent where the unreadable part of this file may declare one."""
    for problem in module.problems.of("unknown-component"):
        if module.is_whole or (problem.suggestion and "components" not in module.lost):
            yield finding(module, problem)
