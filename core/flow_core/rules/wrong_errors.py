"""The `errors` of a pipeline are not those that its steps can raise.

## Why it matters

Callers decide by this list what to retry and what to catch.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
errors: [CardExpired]
steps:
  pay:
    uses: shop.charge
    with: {amount: 5}
    catch: [{errors: [CardDeclined], skip: true}]
```

```yaml file=shop.flow.yaml
flow: 1
name: shop
components:
  charge:
    inputs: {amount: number}
    errors: {CardDeclined: the bank said no}
    run: {shell: [charge]}
```

## Passes

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
errors: [CardDeclined]
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
    inputs: {amount: number}
    errors: {CardDeclined: the bank said no}
    run: {shell: [charge]}
```

## How to fix

List the component errors that no `catch` is sure to handle; the built-in ones, such as `timeout`,
can always occur and are not listed. Without `errors` the list is inferred.
"""

from collections.abc import Iterator

from flow_core.analysis.raises import BUILT_IN
from flow_core.diagnostics import Finding, Mend, Patch, Related, Severity
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule
from flow_core.suggest import closest

RULE = Rule("FL715", "wrong-errors", Severity.ERROR, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """A declared list against what is known to be raised."""
    declared = module.pipeline.errors
    if declared is None or not module.is_pipeline:
        return
    raised = [name for name in module.raises.pipeline if name not in BUILT_IN]
    missing = [name for name in raised if name not in declared]
    if missing:
        yield _missing(module, declared, missing)
    for index, name in enumerate(declared):
        if name in BUILT_IN:
            message = f"`{name}` is a built-in error, which can always occur"
            yield _surplus(index, name, message, "list only the errors of components")
        elif name not in raised and _all_known(module):
            meant = closest(name, missing)
            hint = f"did you mean `{meant}`?" if meant else "delete it"
            yield _surplus(index, name, f"no step can fail with `{name}`", hint)


def _missing(module: Module, declared: tuple[str, ...], missing: list[str]) -> Finding:
    steps = (*module.pipeline.steps.values(), *module.pipeline.finally_.values())
    notes = tuple(
        Related(Place(step.path, "key"), f"step `{step.name}` may fail with `{name}`")
        for name in missing
        for step in steps
        if name in module.raises.step(step)
    )
    names = ", ".join(f"`{name}`" for name in missing)
    patches = tuple(
        Patch("insert", ("errors", len(declared) + index), name)
        for index, name in enumerate(missing)
    )
    message = f"the pipeline may fail with {names}, which `errors` does not list"
    mend = Mend(f"Add {names}", patches, "unsafe")
    return Finding(Place(("errors",), "key"), message, "list it, or catch it", notes, mend)


def _surplus(index: int, name: str, message: str, hint: str) -> Finding:
    mend = Mend(f"Delete `{name}`", (Patch("delete", ("errors", index)),), "unsafe")
    return Finding(Place(("errors", index)), message, hint, mend=mend)


def _all_known(module: Module) -> bool:
    """Whether all calls could be read, and all that they can raise is known."""
    return module.shows_uses and all(
        not isinstance(info.call, Uses) or module.raises.is_known(info.call, path)
        for path, info in module.calls.items()
    )
