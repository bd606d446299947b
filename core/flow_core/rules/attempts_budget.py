"""The steps need more attempts than `budget.attempts` allows, even if each succeeds at once.

## Why it matters

A budget refuses the attempt that would exceed it, and the run ends as `budget_exceeded`. Where the
steps that always run are already more than the budget, no run can succeed.

## Fails

```yaml
flow: 1
name: greet
budget: {attempts: 1}
steps:
  hello:
    uses: std.log
    with: {message: hello}
  goodbye:
    depends_on: [hello]
    uses: std.log
    with: {message: goodbye}
```

## Passes

```yaml
flow: 1
name: greet
budget: {attempts: 10}
steps:
  hello:
    uses: std.log
    with: {message: hello}
  goodbye:
    depends_on: [hello]
    uses: std.log
    with: {message: goodbye}
```

## How to fix

Raise `budget.attempts`, with room for retries. Each attempt of a component counts, those in groups
and sub-pipelines too; those in `finally` and in compensations do not.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL414", "attempts-budget", Severity.ERROR, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """A budget below what each run needs."""
    budget = module.pipeline.budget.attempts
    if budget is None:
        return
    needed = int(module.worst_case.pipeline.attempts.least)
    if needed > budget:
        yield Finding(
            Place(("budget", "attempts")),
            f"each run needs at least {needed} attempts, and the budget allows {budget}",
            f"allow {needed} or more, with room for retries",
        )
