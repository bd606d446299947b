"""A `repeat` never goes on, or never ends by its condition.

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

from flow_core.analysis.check_value import value_references
from flow_core.diagnostics import Finding, Severity
from flow_core.model.pipeline import Repeat
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL410", "repeat-without-end", Severity.WARNING)

_CHANGING = frozenset({"outputs", "previous", "iteration", "state"})


def check(module: Module) -> Iterator[Finding]:
    """Loops of one iteration, certain conditions, and conditions over what stays the same."""
    for info in module.steps.values():
        repeat = info.step.repeat
        if repeat is not None:
            yield from _repeat(module, repeat, (*info.step.path, "repeat"))


def _repeat(module: Module, repeat: Repeat, path: Path) -> Iterator[Finding]:
    until = (*path, "until")
    outcome = module.conditions.outcome(until)
    if repeat.max_iterations == 1 and module.scalar_text((*path, "max_iterations")) is not None:
        yield Finding(
            Place((*path, "max_iterations")),
            "one iteration is no repetition, and it fails with `repeat_exhausted` "
            "unless `until` holds at once",
            "allow more iterations, or delete `repeat`",
        )
    elif outcome is not None:
        yield _certain(module, until, holds=outcome)
    elif repeat.until is not None:
        roots = {use.path[0] for use, _ in value_references(repeat.until, ())}
        if roots and not roots & _CHANGING:
            yield Finding(
                Place(until),
                "no iteration changes what `until` looks at, so its answer is always the same",
                "test `outputs`, `previous`, `iteration` or `state`",
            )


def _certain(module: Module, until: Path, *, holds: bool) -> Finding:
    """A condition whose answer is known before anything runs."""
    known = module.conditions.why(module.conditions.verdicts[until])
    because = f": {known}" if known else ""
    if holds:
        message = f"`until` always holds, so nothing is repeated{because}"
        return Finding(Place(until), message, "correct the condition, or delete `repeat`")
    message = f"`until` never holds, so this always ends in `repeat_exhausted`{because}"
    return Finding(Place(until), message, "correct the condition")
