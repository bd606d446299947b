"""An estimate says that most calls take longer than nearly all do: `p50` exceeds `p95`.

## Why it matters

`p50` is what half of all calls stay below, `p95` what 95 of 100 do. Simulations draw from between
them, and warnings about timeouts compare with them.

## Fails

```yaml
flow: 1
name: nap
steps:
  nap:
    uses: std.shell
    with: {command: [nap]}
    estimate: {p50: 5s, p95: 2s}
```

## Passes

```yaml
flow: 1
name: nap
steps:
  nap:
    uses: std.shell
    with: {command: [nap]}
    estimate: {p50: 2s, p95: 5s}
```

## How to fix

Exchange the two, or look at their units.
"""

from collections.abc import Iterator

from flow_core.components.signature import Estimate
from flow_core.diagnostics import Finding, Severity
from flow_core.durations import show_duration
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL422", "estimate-reversed", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """The estimates of steps and of the file's own components."""
    for info in module.steps.values():
        yield from _estimate(info.step.estimate, info.step.path)
    for name, component in module.library.components.items():
        yield from _estimate(component.estimate, ("components", name))


def _estimate(estimate: Estimate | None, path: Path) -> Iterator[Finding]:
    if estimate is None or estimate.p50 is None or estimate.p95 is None:
        return
    half, most = show_duration(estimate.p50), show_duration(estimate.p95)
    if estimate.p50 > estimate.p95:
        message = f"`p50` of {half} exceeds `p95` of {most}"
        yield Finding(Place((*path, "estimate", "p50")), message, "write the smaller one as `p50`")
