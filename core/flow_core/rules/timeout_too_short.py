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
from flow_core.model.pipeline import Call, Step, Switch, Uses
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL417", "timeout-too-short", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Timeouts below the median of an estimate, and below waits that are written out."""
    for info in module.steps.values():
        for call, path in _calls(info.step.call, info.step.path):
            yield from _call(module, info.step, call, path)


def _calls(call: Call | None, path: Path) -> Iterator[tuple[Call, Path]]:
    """The call of a step, or those of its `switch`, each of which has the step's `timeout`."""
    if isinstance(call, Switch):
        for index, branch in enumerate(call.branches):
            yield from _calls(branch.call, (*path, "switch", index))
    elif call is not None:
        yield call, path


def _call(module: Module, step: Step, call: Call, path: Path) -> Iterator[Finding]:
    own = governing(step, module.called(path), module.pipeline.defaults)
    verdict = "" if own.timeout is None else _verdict(module, step, call, path, own.timeout)
    if own.timeout is None or not verdict:
        return
    inherits = "timeout" in own.inherited
    origin = Place(("defaults", "timeout") if inherits else (*step.path, "timeout"))
    at_call = Place((*path, "uses") if isinstance(call, Uses) else path)
    at_step = Place(step.path, "key") if path == step.path else at_call
    yield Finding(
        at_step if inherits else origin,
        f"`{step.name}` {verdict}, and its `timeout` is {show_duration(own.timeout)}",
        f"write a `timeout` of more than {verdict.rpartition(' ')[2]}",
        (Related(origin, "the `timeout` comes from here"),) if inherits else (),
    )


def _verdict(module: Module, step: Step, call: Call, path: Path, timeout: int) -> str:
    """What a call takes that is more than its timeout; empty where there is nothing to say."""
    certain = int(module.worst_case.attempt(call, path, step).duration.least)
    usual = _median(module, step, call, path)
    if certain > timeout:
        return f"always takes {show_duration(certain)}"
    if usual is not None and usual > timeout:
        return f"usually takes {show_duration(usual)}"
    return "takes more than 0s" if timeout == 0 else ""


def _median(module: Module, step: Step, call: Call, path: Path) -> int | None:
    """The estimate's `p50`: the step's, else the component's."""
    if step.estimate is not None and step.estimate.p50 is not None:
        return step.estimate.p50
    signature = module.called(path) if isinstance(call, Uses) else None
    return signature.estimate.p50 if signature is not None and signature.estimate else None
