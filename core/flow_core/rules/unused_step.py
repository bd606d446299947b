"""A step has no effect, and nothing reads what it gives.

## Why it matters

A step that only computes is there for its outputs. If no expression reads them, and no step waits
for it, then something was forgotten, or the step is left over.

## Fails

```yaml
flow: 1
name: greet
inputs: {names: list<string>}
steps:
  sorted:
    uses: std.sort
    with: {items: "${{ inputs.names }}"}
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {names: list<string>}
steps:
  sorted:
    uses: std.sort
    with: {items: "${{ inputs.names }}"}
  hello:
    uses: std.log
    with: {message: "hello ${{ json(steps.sorted.outputs.items) }}"}
```

## How to fix

Read the step's outputs where they were meant to go, or delete the step.
"""

from collections.abc import Iterator
from itertools import islice

from flow_core.diagnostics import Finding, Severity
from flow_core.model.pipeline import Call, Give, Group, Handler, Skip, Step, Switch, Uses
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule, removal
from flow_core.suggest import closest

RULE = Rule("FL208", "unused-step", Severity.WARNING, whole=True)

MOST_GUESSES = 100
"""For how many unknown names the step is looked for that they may mean."""


def check(module: Module) -> Iterator[Finding]:
    """Steps that only give something, to nobody."""
    used = {use.target for use in module.uses if use.target != use.step} | _meant(module)
    for name, info in module.steps.items():
        idle = name not in used and not module.usage.reads("steps", name)
        if idle and _only_gives(module, info.step):
            message = f"nothing reads what `{name}` gives, and it has no effect"
            mend = removal(module, info.step.path, f"Delete `{name}`")
            place, hint = Place(info.step.path, "key"), "read its outputs, or delete it"
            yield Finding(place, message, hint, (), mend, ("unnecessary",))


def _meant(module: Module) -> set[str | None]:
    """The steps that misspelt names may stand for."""
    unknown = {use.target: None for use in module.uses if use.target not in module.steps}
    return {closest(name, module.steps) for name in islice(unknown, MOST_GUESSES)}


def _only_gives(module: Module, step: Step) -> bool:
    """Whether a step does nothing but give outputs: it calls, writes and undoes nothing."""
    if step.set or step.compensate is not None:
        return False
    handlers = ((handler, (*step.path, "catch", i)) for i, handler in enumerate(step.catch))
    return _gives(module, step.call, step.path) and all(
        _handles(module, handler, path) for handler, path in handlers
    )


def _handles(module: Module, handler: Handler, path: Path) -> bool:
    return handler.compensate is None and _gives(module, handler.call, path)


def _gives(module: Module, call: Call | None, path: Path) -> bool:
    match call:
        case Uses():
            signature = module.called(path)
            return signature is not None and not signature.effect and bool(signature.outputs)
        case Group(steps=steps):
            return all(_only_gives(module, step) for step in steps.values())
        case Switch(branches=branches):
            calls = ((branch.call, (*path, "switch", i)) for i, branch in enumerate(branches))
            return all(_gives(module, inner, where) for inner, where in calls)
        case Give() | Skip():
            return True
        case _:
            return False
