"""Two steps of one file have the same name.

## Why it matters

Names are unique in the whole file, groups and `finally` included, so that `steps.x`, a journal and
a test mean one step and not another.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
finally:
  hello:
    uses: std.log
    with: {message: bye}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
finally:
  goodbye:
    uses: std.log
    with: {message: bye}
```

## How to fix

Rename one of the two, with all that refers to it.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.pipeline import Step
from flow_core.model.walk import walk_steps
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL123", "duplicate-step", Severity.ERROR, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """Steps whose name another one has, in another group or in ``finally``."""
    for info in walk_steps(module.pipeline):
        first = module.steps[info.step.name].step
        if first is not info.step:
            yield _finding(info.step, first)


def _finding(step: Step, first: Step) -> Finding:
    return Finding(
        Place(step.path, "key"),
        f"the step `{step.name}` is defined twice in this file",
        "rename one of the two",
        (Related(Place(first.path, "key"), f"`{step.name}` is defined here first"),),
    )
