"""`uses` names a file that has no `steps`.

## Why it matters

A path in `uses` calls the pipeline of that file; a library of components has none.

## Fails

```yaml
flow: 1
name: sell
steps:
  pay:
    uses: ./shop.flow.yaml
    with: {amount: 5}
```

```yaml file=shop.flow.yaml
flow: 1
name: shop
components:
  charge:
    version: 2.1.0
    inputs: {amount: number}
    outputs: {receipt: string}
    run: {shell: [charge]}
```

## Passes

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
steps:
  pay:
    uses: shop.charge
    with: {amount: 5}
```

```yaml file=shop.flow.yaml
flow: 1
name: shop
components:
  charge:
    version: 2.1.0
    inputs: {amount: number}
    outputs: {receipt: string}
    run: {shell: [charge]}
```

## How to fix

Import the library under an alias and call one of its components.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL714", "not-a-pipeline", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Calls of libraries."""
    for problem in module.problems.of("not-a-pipeline"):
        yield finding(module, problem)
