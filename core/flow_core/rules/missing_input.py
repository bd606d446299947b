"""A call lacks an input that the component requires.

## Why it matters

The call would fail with `type_error` before it does anything.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
inputs: {amount: number}
steps:
  pay:
    uses: shop.charge
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
inputs: {amount: number}
steps:
  pay:
    uses: shop.charge
    with: {amount: "${{ inputs.amount }}"}
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

Give the input under `with`. The author of a component makes an input optional with a `default`, or
with a type that admits null.
"""

from collections.abc import Iterator

from flow_core.analysis.arguments import KnownCall, known_calls
from flow_core.components.signature import Port
from flow_core.diagnostics import Finding, Mend, Patch, Related, Severity
from flow_core.fields import fields
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule
from flow_core.types import fits, show

RULE = Rule("FL706", "missing-input", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Required inputs that calls of known components do not give; one finding for each call."""
    for call in known_calls(module):
        missing = [name for name in call.missing if name not in call.surplus.values()]
        if missing:
            yield _finding(module, call, missing)


def _finding(module: Module, call: KnownCall, missing: list[str]) -> Finding:
    ports = [call.signature.inputs[name] for name in missing]
    *most, last = (f"`{port.name}` (`{show(port.type)}`)" for port in ports)
    names = f"{', '.join(most)} and {last}" if most else last
    has_with = "with" in fields(module.document.get(call.path))
    return Finding(
        place=Place((*call.path, "with"), "key") if has_with else Place((*call.path, "uses")),
        message=f"`{call.target}` requires {names}",
        help=f"give {'it' if len(missing) == 1 else 'them'} under `with`",
        notes=_notes(call, ports),
        mend=_mend(module, call, ports),
    )


def _notes(call: KnownCall, ports: list[Port]) -> tuple[Related, ...]:
    if call.signature.kind == "std":
        return ()
    return tuple(Related(port.place, f"`{port.name}` is declared here") for port in ports)


def _mend(module: Module, call: KnownCall, ports: list[Port]) -> Mend | None:
    """Hand on the pipeline's own inputs, where they have the same names and fitting types."""
    own = module.pipeline.inputs
    if not all(p.name in own and fits(own[p.name].type, p.type).verdict != "no" for p in ports):
        return None
    patches = tuple(
        Patch("insert", (*call.path, "with", port.name), f"${{{{ inputs.{port.name} }}}}")
        for port in ports
    )
    return Mend("Give the pipeline's own input", patches, "unsafe")
