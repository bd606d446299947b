"""What stands behind the `@` of `uses` is no version range.

## Why it matters

A range that can't be read matches nothing.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
steps:
  pay:
    uses: shop.charge@>=2
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
    uses: shop.charge@^2.1
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

Write `^2.1` for all from 2.1.0 below 3.0.0, `~2.1` for all from 2.1.0 below 2.2.0, or one version.
"""

from collections.abc import Iterator

from flow_core.components.versions import range_problem
from flow_core.diagnostics import Finding, Severity
from flow_core.fields import text
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL710", "bad-version-range", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Ranges that can't be read, an empty one included."""
    for path, info in module.calls.items():
        if isinstance(info.call, Uses):
            written = text(module.document.get((*path, "uses")))
            _, at, wanted = written.partition("@")
            if at and range_problem(wanted):
                start = len(written) - len(wanted) - (not wanted)
                place = Place((*path, "uses"), start=start, end=len(written))
                yield Finding(place, range_problem(wanted), "write `@^2.1`, `@~2.1` or `@2.1.0`")
