"""A `repeat` has a condition that no iteration can change, or has only one iteration.

## Why it matters

`until` is asked after each iteration. If it looks at nothing that an iteration changes it has the
same answer each time: the loop ends after the first iteration, or runs to `max_iterations` and
fails with `repeat_exhausted`.

## Fails

```yaml
flow: 1
name: watch
inputs: {done: boolean}
steps:
  watch:
    repeat: {until: "${{ inputs.done }}", max_iterations: 10, delay: 1m}
    uses: std.shell
    with: {command: [poll]}
```

## Passes

```yaml
flow: 1
name: watch
steps:
  watch:
    repeat: {until: "${{ outputs.stdout == 'done' }}", max_iterations: 10, delay: 1m}
    uses: std.shell
    with: {command: [poll]}
```

## How to fix

Test something of the iteration: `outputs`, `previous`, `iteration`, or a channel of `state` that
the step writes. Take `repeat` away where one iteration is all that is wanted.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.model.check_value import value_references
from flow_core.model.pipeline import Repeat
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL410", "repeat-without-end", Severity.WARNING)

_CHANGING = frozenset({"outputs", "previous", "iteration", "state"})


def check(module: Module) -> Iterator[Finding]:
    """Loops of one iteration, and conditions over what stays the same.

    A condition without any reference is a constant, which is another rule's to report.
    """
    for info in module.steps.values():
        repeat = info.step.repeat
        if repeat is not None:
            yield from _repeat(module, repeat, (*info.step.path, "repeat"))


def _repeat(module: Module, repeat: Repeat, path: Path) -> Iterator[Finding]:
    if repeat.max_iterations == 1 and module.scalar_text((*path, "max_iterations")) is not None:
        yield Finding(
            Place((*path, "max_iterations")),
            "one iteration is no repetition, and it fails with `repeat_exhausted` "
            "unless `until` holds at once",
            "allow more iterations, or delete `repeat`",
        )
    elif repeat.until is not None:
        roots = {use.path[0] for use, _ in value_references(repeat.until, ())}
        if roots and not roots & _CHANGING:
            yield Finding(
                Place((*path, "until")),
                "no iteration changes what `until` looks at, so its answer is always the same",
                "test `outputs`, `previous`, `iteration` or `state`",
            )
