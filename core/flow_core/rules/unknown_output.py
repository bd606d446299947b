"""An expression reads an output that the step does not have.

## Why it matters

The expression could never be evaluated. Often the component's port has another name, or a group
does not pass on what a step inside it gives.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
steps:
  pay:
    uses: shop.charge
    with: {amount: 5}
outputs:
  receipt: ${{ steps.pay.outputs.reciept }}
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
outputs:
  receipt: ${{ steps.pay.outputs.receipt }}
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

Write the name of an output of the component; a Python function that returns no record gives one,
`result`. A group gives what its `outputs` name.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from flow_core.diagnostics import Finding, Related, Severity
from flow_core.fields import fields
from flow_core.model.sites import Context
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL707", "unknown-output", Severity.ERROR)

KINDS = ("unknown-output",)


def check(module: Module) -> Iterator[Finding]:
    """Reads of `steps.x.outputs.y`, `outputs.y` and `previous.y`."""
    for site, problem in module.problems.in_expressions:
        if problem.kind in KINDS:
            notes = tuple(_declared(module, site.context, problem.about))
            yield replace(finding(module, problem), notes=notes)


def _declared(module: Module, context: Context, about: tuple[str, ...]) -> Iterator[Related]:
    """Where the outputs are declared: the component, or the group's `outputs`."""
    match about:
        case ("steps", name, *_):
            path = module.steps[name].step.path
        case ("previous", *_):
            path = module.steps[context.loop].step.path
        case _:
            path = context.outputs or ()
    signature = module.called(path)
    if signature is not None and signature.kind != "std":
        yield Related(signature.place, f"`{signature.name}` is declared here")
    elif signature is None and "outputs" in fields(module.document.get(path)):
        yield Related(Place((*path, "outputs"), "key"), "what the group gives")
