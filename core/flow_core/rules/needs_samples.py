"""What is expected of many runs, in a scenario that makes one.

## Why it matters

A percentile and a share of runs say nothing of a single run, and no lot is drawn in it: such an
expectation would hold, or not, by accident.

## Fails

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted soon:
    inputs: {name: Ada}
    mocks:
      greet: {returns: {text: "Hello, Ada!"}}
    expect:
      percentiles: {p95: {duration: 2s}}
```

```yaml file=greet.flow.yaml
flow: 1
name: greet
inputs:
  name: string
components:
  greet:
    inputs: {name: string}
    outputs: {text: string}
    estimate: {p50: 300ms, p95: 1s}
    run: {python: "shop:greet"}
steps:
  greet:
    uses: greet
    with: {name: "${{ inputs.name }}"}
  say:
    uses: std.log
    with: {message: "${{ steps.greet.outputs.text }}"}
outputs:
  text: ${{ steps.greet.outputs.text }}
```

## Passes

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted soon:
    samples: 500
    inputs: {name: Ada}
    mocks:
      greet: {returns: {text: "Hello, Ada!"}}
    expect:
      percentiles: {p95: {duration: 2s}}
```

```yaml file=greet.flow.yaml
flow: 1
name: greet
inputs:
  name: string
components:
  greet:
    inputs: {name: string}
    outputs: {text: string}
    estimate: {p50: 300ms, p95: 1s}
    run: {python: "shop:greet"}
steps:
  greet:
    uses: greet
    with: {name: "${{ inputs.name }}"}
  say:
    uses: std.log
    with: {message: "${{ steps.greet.outputs.text }}"}
outputs:
  text: ${{ steps.greet.outputs.text }}
```

## How to fix

Say in `samples` how many runs to make; or expect `max_duration`, `max_cost` or a `status` of the
one run.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL814", "needs-samples", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """What only many runs can show, in scenarios without `samples`."""
    for scenario in module.scenario.scenarios.values():
        if scenario.samples is None and module.document.get((*scenario.path, "samples")) is None:
            for path in _of_many(scenario):
                yield _finding(scenario, path)


def _of_many(scenario: Scenario) -> Iterator[Path]:
    expect, path = scenario.expect, (*scenario.path, "expect")
    if expect.percentiles:
        yield (*path, "percentiles")
    if expect.success_rate is not None:
        yield (*path, "success_rate")
    for mocks in scenario.mocks.values():
        for mock in mocks.attempts:
            if mock.failure_rate is not None:
                yield (*mock.path, "failure_rate")


def _finding(scenario: Scenario, path: Path) -> Finding:
    others = ("inputs", "secrets", "start", "mocks", "expect")
    add = Patch("insert", (*scenario.path, "samples"), 500, before=others)
    return Finding(
        Place(path, "key"),
        f"`{path[-1]}` is of many runs, and this scenario makes one",
        "say how many: `samples: 500`",
        mend=Mend("Make 500 runs", (add,), "unsafe"),
    )
