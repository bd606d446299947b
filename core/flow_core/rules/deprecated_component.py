"""A step calls a component that is deprecated.

## Why it matters

Its author plans to remove it, or knows of a better one.

## Fails

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
    deprecated: use `charge_card`
    inputs: {amount: number}
    run: {shell: [charge]}
  charge_card:
    inputs: {amount: number}
    run: {shell: [charge-card]}
```

## Passes

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
steps:
  pay:
    uses: shop.charge_card
    with: {amount: 5}
```

```yaml file=shop.flow.yaml
flow: 1
name: shop
components:
  charge:
    deprecated: use `charge_card`
    inputs: {amount: number}
    run: {shell: [charge]}
  charge_card:
    inputs: {amount: number}
    run: {shell: [charge-card]}
```

## How to fix

Call what the message names instead.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL708", "deprecated-component", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Calls of deprecated components, but by a library's own pipeline of the same file."""
    for path, info in module.calls.items():
        signature = module.called(path)
        if signature is not None and signature.deprecated and isinstance(info.call, Uses):
            message = f"`{info.call.target}` is deprecated: {signature.deprecated}"
            notes = (Related(signature.place, "it is marked here"),)
            place = Place((*path, "uses"))
            yield Finding(place, message, signature.deprecated, notes, None, ("deprecated",))
