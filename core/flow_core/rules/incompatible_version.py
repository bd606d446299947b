"""The component, or the called pipeline, has another version than the one asked for.

## Why it matters

A version range protects a caller from changes that it was not made for. A run with another version
is refused.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
steps:
  pay:
    uses: shop.charge@^3.0
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

Make the step fit the version that is there and ask for that, or bring in the version asked for.
"""

from collections.abc import Iterator

from flow_core.components.signature import Signature
from flow_core.components.versions import matches, parse_version, range_problem
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule, rewrite

RULE = Rule("FL709", "incompatible-version", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Ranges that the version at hand is not in."""
    for path, info in module.calls.items():
        signature = module.called(path)
        call = info.call
        if signature is None or not isinstance(call, Uses) or not call.range:
            continue
        if not range_problem(call.range) and not matches(call.range, signature.version):
            yield _finding(module, call, signature, path)


def _finding(module: Module, call: Uses, signature: Signature, path: Path) -> Finding:
    start = len(call.target) + 1
    place = Place((*path, "uses"), start=start, end=start + len(call.range))
    notes = () if signature.kind == "std" else (Related(_declared(signature), "declared here"),)
    if not signature.version:
        message = f"`{call.target}` has no version, and `{call.range}` is asked for"
        return Finding(place, message, f"write `uses: {call.target}`", notes)
    version = parse_version(signature.version)
    meant = f"^{version.major}.{version.minor}" if version else None
    message = f"`{call.target}` has version {signature.version}, which is not in `{call.range}`"
    hint = f"check the step against that version, and write `@{meant}`" if meant else ""
    return Finding(place, message, hint, notes, rewrite(module, place, meant))


def _declared(signature: Signature) -> Place:
    """Where the version is declared, or its component where that is not one of a Flow file."""
    place = signature.place
    if not signature.version or not place.path:
        return place
    owner = () if place.path == ("name",) else place.path
    return Place((*owner, "version"), file=place.file)
