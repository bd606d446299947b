"""A call has less time than it usually, or certainly, takes.

## Why it matters

An attempt that is cut at its `timeout` has failed, retries are cut in the same way, and the step
fails though nothing was wrong with what it called.

## Fails

```yaml
flow: 1
name: nap
steps:
  nap:
    uses: std.wait
    with: {duration: 1h}
    timeout: 10m
```

## Passes

```yaml
flow: 1
name: nap
steps:
  nap:
    uses: std.wait
    with: {duration: 10m}
    timeout: 1h
```

## How to fix

Write a `timeout` well above the estimate's `p50`, which half of all calls exceed, or correct the
estimate. A group's `timeout` must leave room for what its steps certainly wait.
"""

from collections.abc import Iterator

from flow_core.analysis.in_force import governing
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.durations import show_duration
from flow_core.model.pipeline import Step, Switch, Uses
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL417", "timeout-too-short", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Timeouts below the median of an estimate, and below waits that are written out."""
    for info in module.steps.values():
        step = info.step
        if step.call is None or isinstance(step.call, Switch):
            continue
        own = governing(step, module.called(step.path), module.pipeline.defaults)
        if own.timeout is not None:
            origin: Path = ("defaults",) if "timeout" in own.inherited else step.path
            yield from _step(module, step, own.timeout, (*origin, "timeout"))


def _step(module: Module, step: Step, timeout: int, origin: Path) -> Iterator[Finding]:
    certain = int(module.worst_case.attempt(step.call, step.path, step).duration.least)
    usual = _median(module, step)
    if certain > timeout:
        verdict, shown = "always takes", show_duration(certain)
    elif usual is not None and usual > timeout:
        verdict, shown = "usually takes", show_duration(usual)
    elif timeout == 0:
        verdict, shown = "takes more than", "0s"
    else:
        return
    own = origin[0] != "defaults"
    yield Finding(
        Place(origin) if own else Place(step.path, "key"),
        f"`{step.name}` {verdict} {shown}, and its `timeout` is {show_duration(timeout)}",
        f"write a `timeout` of more than {shown}",
        () if own else (Related(Place(origin), "the `timeout` comes from here"),),
    )


def _median(module: Module, step: Step) -> int | None:
    """The estimate's `p50`: the step's, else the component's."""
    if step.estimate is not None and step.estimate.p50 is not None:
        return step.estimate.p50
    signature = module.called(step.path) if isinstance(step.call, Uses) else None
    return signature.estimate.p50 if signature is not None and signature.estimate else None
