"""A component's `run` names a pipeline or a Python function that is not there.

## Why it matters

Every call of the component would fail.

## Fails

```yaml
flow: 1
name: shop
components:
  charge:
    inputs: {amount: number}
    run: {python: "shop:chrage"}
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
name: shop
components:
  charge:
    inputs: {amount: number}
    run: {python: "shop:charge"}
```

```python file=shop.py
from flow_core import component


@component
def charge(amount: float) -> str:
    return "receipt"
```

## How to fix

Write `module:function` with the name of a function at the module's top level, or the path of a file
that has `steps`, from the folder of this file.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL713", "broken-component", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """The targets of the file's components; modules that are not the project's are passed over."""
    for problem in module.problems.of_components:
        if problem.kind != "outside-root":
            yield finding(module, problem)
