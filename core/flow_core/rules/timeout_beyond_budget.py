"""A `timeout` allows more time than there is: than the budget, or than the call around it has.

## Why it matters

The outer bound comes first, so the `timeout` never does. A run that was to give up after a minute
and take the fallback is stopped as a whole instead.

## Fails

```yaml
flow: 1
name: load
budget: {duration: 1h}
steps:
  load:
    uses: std.shell
    with: {command: [load]}
    timeout: 2h
```

## Passes

```yaml
flow: 1
name: load
budget: {duration: 2h}
steps:
  load:
    uses: std.shell
    with: {command: [load]}
    timeout: 1h
```

## How to fix

Shorten the `timeout`, or lengthen `budget.duration` or the `timeout` of the group around the step.
`finally` and compensations are in no budget.
"""

from collections.abc import Iterator

from flow_core.analysis.policies import Policy, walk_policies
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.durations import show_duration
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL405", "timeout-beyond-budget", Severity.WARNING)

_BUDGET: Path = ("budget", "duration")


def check(module: Module) -> Iterator[Finding]:
    """Timeouts that an outer bound always forestalls; the nearest such bound is told."""
    budget = module.pipeline.budget.duration
    timeouts: dict[Path, int] = {}
    for policy in walk_policies(module.pipeline):
        if policy.timeout is None:
            continue
        timeouts[policy.path] = policy.timeout
        around = timeouts.get(policy.enclosing)
        if around is not None and policy.timeout > around:
            yield _finding(policy, policy.timeout, (*policy.enclosing, "timeout"), around)
        elif budget is not None and policy.budgeted and policy.timeout > budget:
            yield _finding(policy, policy.timeout, _BUDGET, budget)


def _finding(policy: Policy, timeout: int, bound: Path, limit: int) -> Finding:
    what = "the budget" if bound == _BUDGET else f"the `timeout` of `{bound[-2]}` around it"
    return Finding(
        Place((*policy.path, "timeout")),
        f"the `timeout` of {show_duration(timeout)} is longer than {what}, {show_duration(limit)}",
        f"write a `timeout` of less than {show_duration(limit)}, or allow more time there",
        (Related(Place(bound), "this bound comes first"),),
    )
