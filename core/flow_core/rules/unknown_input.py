"""`with` gives an input that the component does not have.

## Why it matters

The value would never arrive. Mostly the name is misspelt, and the input that was meant is missing.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
steps:
  pay:
    uses: shop.charge
    with: {amuont: 5}
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

Rename it to an input of the component, or delete it.
"""

from collections.abc import Iterator

from flow_core.analysis.arguments import KnownCall, known_calls
from flow_core.diagnostics import Finding, Mend, Patch, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL705", "unknown-input", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Surplus arguments of calls whose component is known."""
    for call in known_calls(module):
        for name, meant in call.surplus.items():
            yield _finding(call, name, meant)


def _finding(call: KnownCall, name: str, meant: str) -> Finding:
    signature = call.signature
    path = (*call.path, "with", name)
    listed = ", ".join(f"`{known}`" for known in signature.inputs)
    hint = f"its inputs are {listed}" if listed else "it has no inputs"
    notes = () if signature.kind == "std" else (Related(signature.place, "declared here"),)
    mend = Mend(f"Rename it to `{meant}`", (Patch("rename", path, meant),), "unsafe")
    return Finding(
        place=Place(path, "key"),
        message=f"`{call.target}` has no input `{name}`",
        help=f"did you mean `{meant}`?" if meant else hint,
        notes=notes,
        mend=mend if meant else None,
    )
