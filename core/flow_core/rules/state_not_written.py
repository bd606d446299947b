"""A channel of `state` is read where nothing can have written it.

## Why it matters

A step sees the writes of the steps that it waits for. If none of those writes the channel, the read
gives the default, or null, in every run.

## Fails

```yaml
flow: 1
name: greet
state:
  mood: {type: string, default: calm}
steps:
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

Wait for a step that writes the channel, or let one write it. For a value that never changes take an
input with a default.
"""

from collections.abc import Iterator

from flow_core.analysis.state import Access
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL213", "state-not-written", Severity.WARNING, whole=True)

MOST_NOTES = 8


def check(module: Module) -> Iterator[Finding]:
    """Channels without a writer, and reads before all writers."""
    for name in module.pipeline.state:
        reads = module.state.reads.get(name)
        if reads and name not in module.state.writes and not module.state.may_be_written(name):
            yield _never(name, reads)
    for read in module.state.unwritten:
        yield _too_early(module, read)


def _never(name: str, reads: list[Access]) -> Finding:
    notes = tuple(Related(read.place, "read here") for read in reads[:MOST_NOTES])
    message = f"the channel `{name}` is read, but no step writes it"
    return Finding(
        Place(("state", name), "key"), message, f"write it with `set: {{{name}: …}}`", notes
    )


def _too_early(module: Module, read: Access) -> Finding:
    writes = module.state.writes[read.channel][:MOST_NOTES]
    notes = tuple(Related(write.place, f"`{write.step}` writes it") for write in writes)
    reader = f"`{read.step}`" if read.step else "this output"
    message = f"{reader} reads the channel `{read.channel}` before any step has written it"
    return Finding(read.place, message, "wait for a step that writes it", notes)
