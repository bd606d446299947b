"""What a `catch` handler gives does not fit the step's outputs.

## Why it matters

After a recovery the steps that follow read the handler's outputs as if they were the step's own.

## Fails

```yaml
flow: 1
name: greet
components:
  greet:
    outputs: {greeting: string}
    run: {shell: [greet]}
steps:
  hello:
    uses: greet
    catch:
      - value: {text: hello}
outputs:
  greeting: ${{ steps.hello.outputs.greeting }}
```

## Passes

```yaml
flow: 1
name: greet
components:
  greet:
    outputs: {greeting: string}
    run: {shell: [greet]}
steps:
  hello:
    uses: greet
    catch:
      - value: {greeting: hello}
outputs:
  greeting: ${{ steps.hello.outputs.greeting }}
```

## How to fix

Give all outputs of the step with their types, or `skip: true` so that the step counts as skipped. A
group of steps around a call can rename its outputs. With `repeat.collect` give the whole list.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.fields import fields
from flow_core.model.pipeline import Group, Step, Switch, Uses
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule
from flow_core.types import Mismatch, Type, deref, fits, show
from flow_core.types.kinds import ObjectType

RULE = Rule("FL320", "handler-type", Severity.ERROR)

PURPOSES = ("handler",)
_HARMLESS = ("unknown-property",)


def check(module: Module) -> Iterator[Finding]:
    """Values that handlers give, and calls that they make."""
    yield from misfit_findings(module, "handler")
    for info in module.steps.values():
        for index, handler in enumerate(info.step.catch):
            if isinstance(handler.call, Uses | Group | Switch):
                yield from _call(module, info.step, (*info.step.path, "catch", index))


def _call(module: Module, step: Step, path: Path) -> Iterator[Finding]:
    given, wanted = module.typing.activation(path), module.typing.recovered(step)
    fit = fits(given, wanted)
    reasons = [why for why in fit.reasons if why.kind not in _HARMLESS]
    if fit.verdict == "no" and reasons:
        message = f"the handler does not give what the step gives: {reasons[0].text}"
        note = Related(_place(module, step.path), f"the step gives `{show(wanted)}`")
        is_group = isinstance(module.calls[path].call, Group)
        place = _output(path, given, wanted, reasons[0]) if is_group else None
        yield Finding(place or _place(module, path), message, reasons[0].advice, (note,))


def _output(path: Path, given: Type, wanted: Type, why: Mismatch) -> Place | None:
    """The output of a group that is wrong: the one at the path, or the one with another name."""
    names = [why.path[0]] if why.path else [n for n in _names(given) if n not in _names(wanted)]
    return Place((*path, "outputs", names[0]), "key") if names else None


def _names(type_: Type) -> tuple[str, ...]:
    outputs = deref(type_)
    return tuple(outputs.fields) if isinstance(outputs, ObjectType) else ()


def _place(module: Module, path: Path) -> Place:
    """What a step or handler calls."""
    keys = fields(module.document.get(path))
    called = next((key for key in ("uses", "steps", "switch") if key in keys), "")
    return Place((*path, called), "value" if called == "uses" else "key")
