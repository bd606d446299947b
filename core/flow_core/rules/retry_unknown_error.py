"""A `retry` names an error that the call never raises.

## Why it matters

Only the errors that are named are retried. A misspelt name retries nothing, and nobody notices
until the error it should have named ends a run.

## Fails

```yaml
flow: 1
name: pay
components:
  charge:
    errors: {GatewayError: the gateway did not answer}
    run: {shell: [charge-card]}
steps:
  charge:
    uses: charge
    retry: {max_attempts: 3, errors: [GatewayFault]}
```

## Passes

```yaml
flow: 1
name: pay
components:
  charge:
    errors: {GatewayError: the gateway did not answer}
    run: {shell: [charge-card]}
steps:
  charge:
    uses: charge
    retry: {max_attempts: 3, errors: [GatewayError]}
```

## How to fix

Write the name as the component declares it, declare the error where it is missing, or delete the
name. `timeout` is raised only by a call with a `timeout`, `circuit_open` only by one with a
`circuit_breaker`.
"""

from collections.abc import Iterator

from flow_core.analysis.error_names import retry_problems
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL402", "retry-unknown-error", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Names that no attempt can raise; those that `retry` never sees are FL418's."""
    for problem in retry_problems(module):
        if problem.kind == "unknown-retried-error":
            yield finding(module, problem)
