"""The steps may take, or always take, longer than `budget.duration`.

## Why it matters

Once the budget is spent no attempt starts any more, and the run ends as `budget_exceeded` however
well it went. If timeouts, retries and repetitions add up to more, a slow day is enough for that.

## Fails

```yaml
flow: 1
name: load
budget: {duration: 10m}
steps:
  load:
    uses: std.shell
    with: {command: [load]}
    timeout: 5m
    retry: {max_attempts: 3, delay: 1m}
```

## Passes

```yaml
flow: 1
name: load
budget: {duration: 20m}
steps:
  load:
    uses: std.shell
    with: {command: [load]}
    timeout: 5m
    retry: {max_attempts: 3, delay: 1m}
```

## How to fix

Raise the budget, or shorten the timeouts, waits and repetitions of the steps that are named: the
longest chain of steps that wait for one another. A step without `timeout` is taken to last as long
as its estimate says; lists of unknown length are taken to have one element; queueing for slots is
not counted.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Related, Severity
from flow_core.durations import show_duration
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL412", "worst-case-duration", Severity.WARNING, whole=True)

_MOST_NOTES = 3


def check(module: Module) -> Iterator[Finding]:
    """A budget that the longest chain of steps exceeds, always or in the worst case."""
    budget = module.pipeline.budget.duration
    if budget is None:
        return
    found = module.worst_case.pipeline.duration
    if found.least > budget:
        verdict = f"the steps take at least {show_duration(int(found.least))}"
    elif found.most > budget:
        verdict = f"in the worst case the steps take {show_duration(int(found.most))}"
        verdict += "" if found.bounded else " or more"
    else:
        return
    yield Finding(
        Place(("budget", "duration")),
        f"{verdict}, and the budget allows {show_duration(budget)}",
        "allow more time, or shorten the timeouts, waits and repetitions on the longest path",
        tuple(_notes(module)),
    )


def _notes(module: Module) -> Iterator[Related]:
    """The longest steps on the longest path."""
    steps = [module.pipeline.steps[name] for name in module.worst_case.critical_path()]
    longest = {step.name: int(module.worst_case.step(step).duration.most) for step in steps}
    steps.sort(key=lambda step: -longest[step.name])
    for step in steps[:_MOST_NOTES]:
        time = show_duration(longest[step.name])
        yield Related(Place(step.path, "key"), f"`{step.name}` may take {time}")
