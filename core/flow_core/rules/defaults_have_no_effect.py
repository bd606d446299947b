"""A key of `defaults` applies to no call of the file.

## Why it matters

`defaults` are for leaf calls of steps. They reach neither into sub-pipelines and groups as a whole,
nor handlers and compensations, nor `std.wait`, `std.wait_signal` and `std.approval`. Who relies on
them there has no timeout and no retry.

## Fails

```yaml
flow: 1
name: nap
defaults: {timeout: 30s}
steps:
  nap:
    uses: std.wait
    with: {duration: 10s}
```

## Passes

```yaml
flow: 1
name: nap
steps:
  nap:
    uses: std.wait
    with: {duration: 10s}
    timeout: 30s
```

## How to fix

Write the key at the step, the handler, or in the sub-pipeline's own file that it is meant for, and
delete it here.
"""

from collections.abc import Iterator

from flow_core.analysis.in_force import governing
from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL421", "defaults-have-no-effect", Severity.WARNING, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """The keys that no call inherits; none where calls may be hidden."""
    if not module.shows_uses:
        return
    defaults = module.pipeline.defaults
    written = {"timeout": defaults.timeout, "retry": defaults.retry}
    left = {key for key, value in written.items() if value is not None}
    for info in module.calls.values() if left else ():
        if info.role in ("step", "branch") and isinstance(info.call, Uses):
            left -= _inherited(module, info.path, info.step)
    for key in (key for key in written if key in left):
        yield _finding(("defaults", key))


def _inherited(module: Module, path: Path, step: str) -> set[str]:
    """What a call takes from `defaults`; perhaps everything where it is not known what it is."""
    signature = module.called(path)
    if signature is None:
        return {"timeout", "retry"}
    return set(governing(module.steps[step].step, signature, module.pipeline.defaults).inherited)


def _finding(path: Path) -> Finding:
    key = path[-1]
    return Finding(
        Place(path, "key"),
        f"no call of this file takes its `{key}` from `defaults`",
        "defaults are for leaf calls without that key; delete it, or write it where it is needed",
        mend=Mend(f"Delete `{key}`", (Patch("delete", path),)),
        tags=("unnecessary",),
    )
