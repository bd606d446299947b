"""One concurrency group is given different limits.

## Why it matters

All that name a group share one limit, in every file that takes part in a run. With two limits it is
not known how much may run at once, so no run may start.

## Fails

```yaml
flow: 1
name: load
steps:
  orders:
    uses: std.shell
    with: {command: [load, orders]}
    concurrency: {group: warehouse, limit: 2}
  customers:
    uses: std.shell
    with: {command: [load, customers]}
    concurrency: {group: warehouse, limit: 3}
```

## Passes

```yaml
flow: 1
name: load
steps:
  orders:
    uses: std.shell
    with: {command: [load, orders]}
    concurrency: {group: warehouse, limit: 2}
  customers:
    uses: std.shell
    with: {command: [load, customers]}
    concurrency: {group: warehouse, limit: 2}
```

## How to fix

Write the same `limit` wherever the group is named, the pipelines called from here included, or give
the groups different names.
"""

from collections.abc import Iterator

from flow_core.analysis.limits import Limit, limits_below, own_limits
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL415", "concurrency-conflict", Severity.ERROR, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """Limits that differ from the first one of their group, in this file and those it calls."""
    first: dict[str, Limit] = {}
    for limit in own_limits(module):
        known = first.setdefault(limit.group, limit)
        if known.limit != limit.limit:
            yield _finding(limit.place, limit, known)
    told: set[str] = set()
    for path, limit in limits_below(module):
        known = first.setdefault(limit.group, limit)
        if known.limit != limit.limit and limit.group not in told:
            told.add(limit.group)
            if known.place.file:  # neither is of this file: it is this call that joins them
                yield _finding(Place((*path, "uses")), limit, known)
            else:
                yield _finding(known.place, known, limit)


def _finding(place: Place, limit: Limit, other: Limit) -> Finding:
    return Finding(
        place,
        f"the group `{limit.group}` has a limit of {limit.limit} here and of {other.limit} there",
        "write the same limit everywhere, or name the groups differently",
        (Related(other.place, f"a limit of {other.limit}"),),
    )
