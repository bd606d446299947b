"""A handler of `catch` names an error that the step never raises.

## Why it matters

The handler looks like a safety net and catches nothing: the error that was meant goes past it.

## Fails

```yaml
flow: 1
name: pay
components:
  charge:
    errors: {CardDeclined: the bank said no}
    run: {shell: [charge-card]}
steps:
  charge:
    uses: charge
    catch:
      - errors: [CardDenied]
        skip: true
```

## Passes

```yaml
flow: 1
name: pay
components:
  charge:
    errors: {CardDeclined: the bank said no}
    run: {shell: [charge-card]}
steps:
  charge:
    uses: charge
    catch:
      - errors: [CardDeclined]
        skip: true
```

## How to fix

Write the name as the component declares it, or delete it. `timeout` needs a `timeout` or a
`max_duration`, `repeat_exhausted` a `repeat`, `circuit_open` a component with a `circuit_breaker`.
Nothing catches `cancelled`, and only the caller of a pipeline with a budget catches
`budget_exceeded`.
"""

from collections.abc import Iterator

from flow_core.analysis.error_names import catch_problems
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL407", "catch-never-matches", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Names that no activation can fail with; not those that an earlier handler takes."""
    for problem in catch_problems(module):
        yield finding(module, problem)
