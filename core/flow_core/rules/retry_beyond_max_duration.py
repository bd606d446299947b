"""The waits of a `retry` reach its `max_duration`, so its last attempts never happen.

## Why it matters

No attempt starts once `max_duration` is over, and when the next wait would reach it the call fails
at once. The attempts that `max_attempts` promises beyond that are never made.

## Fails

```yaml
flow: 1
name: load
steps:
  load:
    uses: std.shell
    with: {command: [load]}
    retry: {max_attempts: 5, delay: 20m, max_duration: 10m}
```

## Passes

```yaml
flow: 1
name: load
steps:
  load:
    uses: std.shell
    with: {command: [load]}
    retry: {max_attempts: 5, delay: 2m, max_duration: 10m}
```

## How to fix

Wait less, allow more time, or promise fewer attempts. What is counted here are the waits alone, as
short as `jitter` can make them; the attempts take their time on top.
"""

from collections.abc import Iterator

from flow_core.analysis.policies import walk_policies
from flow_core.analysis.waits import attempts_before
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.durations import show_duration
from flow_core.model.pipeline import Retry
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL403", "retry-beyond-max-duration", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Policies with attempts that their waits leave no time for."""
    for policy in walk_policies(module.pipeline):
        retry = policy.retry
        if retry is not None and retry.max_duration is not None:
            possible = attempts_before(retry, retry.max_duration)
            if possible < retry.max_attempts:
                yield _finding((*policy.path, "retry"), retry, retry.max_duration, possible)


def _finding(path: Path, retry: Retry, limit: int, possible: int) -> Finding:
    bound = f"`max_duration` of {show_duration(limit)}"
    if possible == 1:
        place = Place((*path, "delay"))
        message = f"the wait of {show_duration(retry.delay)} reaches {bound}: nothing is retried"
    else:
        place = Place((*path, "max_attempts"))
        message = (
            f"only {possible} of {retry.max_attempts} attempts can start: "
            f"the waits between them reach {bound}"
        )
    note = Related(Place((*path, "max_duration")), "no attempt starts after this time")
    return Finding(place, message, "wait less, or allow more time", (note,))
