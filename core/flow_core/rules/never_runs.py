"""A step waits for an outcome that can't be, so it never runs.

## Why it matters

All conditions of `depends_on` must hold, else the step is skipped. A condition on a failure that is
always handled, or on the skipping of a step that always runs, holds in no run at all; and whatever
needs the step never runs either.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
  apologize:
    depends_on: {hello: skipped}
    uses: std.log
    with: {message: no greeting}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
  apologize:
    depends_on: {hello: failed}
    uses: std.log
    with: {message: no greeting}
```

## How to fix

Wait for an outcome that the step can have, for several (`[failed, skipped]`), or for any
(`settled`).
"""

from collections.abc import Iterator

from flow_core.analysis.graph import Edge
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL205", "never-runs", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Dependencies that can't hold; the steps behind them are named in notes."""
    for name, edge in module.liveness.roots.items():
        if edge is not None:
            yield _finding(module, name, edge)


def _finding(module: Module, name: str, edge: Edge) -> Finding:
    wanted = " or ".join(f"`{status}`" for status in edge.statuses)
    target = Place(module.graph.infos[edge.target].step.path, "key")
    notes = (Related(target, _reason(module, edge)), *module.liveness.notes(name))
    message = f"`{name}` never runs: it needs `{edge.target}` to be {wanted}, which can't be"
    return Finding(edge.places[0], message, "wait for an outcome that it can have", notes)


def _reason(module: Module, edge: Edge) -> str:
    if "succeeded" in edge.statuses:
        return f"`{edge.target}` never succeeds"
    can_fail = module.outcomes.may_fail(edge.target)
    if "failed" in edge.statuses and not can_fail:
        return f"`{edge.target}` never fails: whatever goes wrong is handled"
    return f"nothing skips `{edge.target}`"
