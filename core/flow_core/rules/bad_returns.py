"""`returns` names a port that does not exist, or a type that does not narrow it.

## Why it matters

`returns` says more of an `any` that a component gives. It can't make another type of what is typed
already; at run time the value would fail with `type_error`.

## Fails

```yaml
flow: 1
name: greet
components:
  fetch:
    outputs: {status: integer, body: any}
    run: {shell: [fetch]}
steps:
  get:
    uses: fetch
    returns: {status: string}
```

## Passes

```yaml
flow: 1
name: greet
components:
  fetch:
    outputs: {status: integer, body: any}
    run: {shell: [fetch]}
steps:
  get:
    uses: fetch
    returns: {body: list<string>}
```

## How to fix

Name ports of type `any` only. To make another type of a value, convert it where it is used.
"""

from collections.abc import Iterator

from flow_core.components.signature import Signature
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, rewrite
from flow_core.suggest import closest
from flow_core.types import Type, alternatives, fits, show
from flow_core.types.kinds import AnyType, ListType, MapType, ObjectType

RULE = Rule("FL321", "bad-returns", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Each entry of each `returns`."""
    for info in module.steps.values():
        signature = module.called(info.step.path)
        for name, type_ in (info.step.returns or {}).items():
            place = Place((*info.step.path, "returns", name))
            if signature is not None:
                yield from _entry(module, signature, name, type_, place)
            elif not isinstance(info.step.call, Uses):
                message = "only the ports of a component can be narrowed"
                yield Finding(place.key(), message, "declare the type where the output is made")


def _entry(
    module: Module, signature: Signature, name: str, type_: Type, place: Place
) -> Iterator[Finding]:
    port = signature.outputs.get(name)
    if port is None:
        meant = closest(name, signature.outputs)
        mend = rewrite(module, place.key(), meant)
        message = f"`{signature.name}` has no output `{name}`"
        yield Finding(place.key(), message, _names(signature, meant), mend=mend)
    elif not _holds_any(port.type) or fits(type_, port.type).verdict == "no":
        message = f"`{show(type_)}` does not narrow `{name}`, which is `{show(port.type)}`"
        notes = () if signature.kind == "std" else (Related(port.place, "declared here"),)
        yield Finding(place, message, "only `any` can be narrowed", notes)


def _names(signature: Signature, meant: str | None) -> str:
    if meant:
        return f"did you mean `{meant}`?"
    names = ", ".join(f"`{name}`" for name in signature.outputs)
    return f"it gives {names}" if names else "it has no outputs"


def _holds_any(type_: Type, depth: int = 0) -> bool:
    """Whether something about a type is left open."""
    if depth > _DEPTH:
        return True
    return any(_is_open(one, depth + 1) for one in alternatives(type_))


def _is_open(type_: Type, depth: int) -> bool:
    match type_:
        case AnyType():
            return True
        case ListType(item=item):
            return _holds_any(item, depth)
        case MapType(value=value):
            return _holds_any(value, depth)
        case ObjectType(fields=fields):
            inside = any(_holds_any(field.type, depth) for field in fields.values())
            return inside or (type_.open and not fields)
        case _:
            return False


_DEPTH = 20
"""How deep an `any` is looked for."""
