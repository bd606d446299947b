"""A channel of `state` is written but never read, or not used at all.

## Why it matters

What nobody reads need not be kept. Mostly a read was forgotten, or the channel is left over.

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
outputs:
  mood: ${{ state.mood }}
```

## How to fix

Read it, in a step, in `finally` or in `outputs`; or delete the channel and the writes to it.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Mend, Patch, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, removal

RULE = Rule("FL214", "unused-state", Severity.WARNING, whole=True)

MOST_NOTES = 8


def check(module: Module) -> Iterator[Finding]:
    """Channels without a reader."""
    for name in module.pipeline.state if module.shows_uses else ():
        if module.usage.reads("state", name):
            continue
        if name in module.state.writes:
            yield _written(module, name)
        elif not module.state.may_be_written(name):
            yield _finding(name, f"nothing uses the channel `{name}`", (), _deletion(module, name))


def _written(module: Module, name: str) -> Finding:
    writes = module.state.writes[name]
    notes = tuple(Related(w.place, f"`{w.step}` writes it") for w in writes[:MOST_NOTES])
    message = f"the channel `{name}` is written, but nothing reads it"
    sets = {module.graph.infos[write.step].step.path: write for write in writes}
    patches = tuple(
        Patch("delete", write.place.path if len(step.set) > 1 else (*path, "set"))
        for path, write in sets.items()
        for step in (module.graph.infos[write.step].step,)
    )
    mend = _deletion(module, name)
    return _finding(name, message, notes, Mend(mend.title, (*mend.patches, *patches), "unsafe"))


def _deletion(module: Module, name: str) -> Mend:
    return removal(module, ("state", name), f"Delete the channel `{name}`")


def _finding(name: str, message: str, notes: tuple[Related, ...], mend: Mend) -> Finding:
    place = Place(("state", name), "key")
    return Finding(place, message, "read it, or delete it", notes, mend, ("unnecessary",))
