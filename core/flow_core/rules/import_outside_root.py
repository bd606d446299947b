"""A path leads out of the project.

## Why it matters

A checked file must not make the checker read whatever else is on the machine, and a project that
needs files beside it can't be moved.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: ../../shop.flow.yaml}
types: {Receipt: shop.Receipt}
inputs: {receipt: Receipt}
steps:
  hello:
    uses: std.log
    with: {message: "${{ json(inputs.receipt) }}"}
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

Move the file into the project. For a repository with shared files put `flow.toml` at its root, or
set `allow_outside_root = true` in `flow.toml`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL711", "import-outside-root", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Imports, calls and components that run a pipeline; symbolic links are followed."""
    for problem in module.problems.of("outside-root"):
        yield finding(module, problem)
    for problem in module.problems.of_components:
        if problem.kind == "outside-root":
            yield finding(module, problem)
