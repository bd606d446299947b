"""A `retry` has a `max_delay` below its `delay`, so its first wait is cut short.

## Why it matters

No wait is ever longer than `max_delay`. Below `delay` it makes all waits the same, shorter than
what was asked for, and no backoff grows: usually the two were mixed up, or a unit is wrong.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    retry: {max_attempts: 5, delay: 10s, backoff: exponential, max_delay: 5s}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    retry: {max_attempts: 5, delay: 5s, backoff: exponential, max_delay: 10s}
```

## How to fix

Make `max_delay` the greater of the two; both need a unit.
"""

from collections.abc import Iterator

from flow_core.analysis.policies import walk_policies
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.durations import show_duration
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL404", "delay-above-max", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Policies whose longest wait is shorter than their first."""
    for policy in walk_policies(module.pipeline):
        retry = policy.retry
        if retry is None or retry.max_delay is None or retry.max_delay >= retry.delay:
            continue
        path = (*policy.path, "retry")
        longest, delay = show_duration(retry.max_delay), show_duration(retry.delay)
        yield Finding(
            Place((*path, "max_delay")),
            f"`max_delay` of {longest} is shorter than the first wait, `delay` of {delay}",
            f"write a `max_delay` of more than {delay}, or a shorter `delay`",
            (Related(Place((*path, "delay")), f"each wait would be {delay} or more"),),
        )
