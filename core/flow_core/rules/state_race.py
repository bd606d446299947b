"""Two steps use a channel of `state`, one of them writes it, and neither waits for the other.

## Why it matters

A step sees the writes of the steps that it waits for, and no others, even if they have ended long
before. Of two writes to a channel with `reduce: last` or `merge` the later one wins; without an
order between the steps that is only the one which stands later in the file.

## Fails

```yaml
flow: 1
name: greet
state:
  mood: {type: string, default: calm}
steps:
  tease:
    uses: std.log
    with: {message: boo}
    set: {mood: angry}
  look:
    uses: std.log
    with: {message: "${{ state.mood }}"}
```

## Passes

```yaml
flow: 1
name: greet
state:
  mood: {type: string, default: calm}
steps:
  tease:
    uses: std.log
    with: {message: boo}
    set: {mood: angry}
  look:
    depends_on: [tease]
    uses: std.log
    with: {message: "${{ state.mood }}"}
```

## How to fix

Let one step wait for the other with `depends_on`. Where the order of writes does not matter, use a
reducer that keeps all of them: `append`, `sum`, `min` or `max`.
"""

from collections.abc import Iterator

from flow_core.analysis.state import Access, Race
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL212", "state-race", Severity.WARNING, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """Accesses to the same channel without an order."""
    for race in module.state.races:
        yield _finding(race)


def _finding(race: Race) -> Finding:
    access, other = race.access, race.others[0]
    channel = f"the channel `{access.channel}`"
    if access.writes:
        message = f"`{access.step}` and `{other.step}` both write {channel} in no certain order"
    else:
        message = f"`{access.step}` reads {channel}, which `{other.step}` may write before or after"
    notes = tuple(Related(found.place, _note(found)) for found in race.others)
    hint = f"let one wait for the other: `depends_on: [{other.step}]`"
    return Finding(access.place, message, hint, notes)


def _note(access: Access) -> str:
    return f"`{access.step}` {'writes' if access.writes else 'reads'} it here"
