"""An entry of `schedule` lacks a required input, names an unknown one, or gives one that won't fit.

## Why it matters

A scheduled run has nobody to ask. It starts with the inputs that its entry gives, at night if need
be, and fails at once if they are wrong.

## Fails

```yaml
flow: 1
name: report
inputs: {day: string}
schedule:
  - {cron: "0 6 * * *"}
steps:
  report:
    uses: std.log
    with: {message: "${{ inputs.day }}"}
```

## Passes

```yaml
flow: 1
name: report
inputs: {day: string}
schedule:
  - {cron: "0 6 * * *", inputs: {day: today}}
steps:
  report:
    uses: std.log
    with: {message: "${{ inputs.day }}"}
```

## How to fix

Give the entry all inputs that have no `default`, as literals of their types. What depends on the
day comes from `run.scheduled_at`.
"""

from collections.abc import Iterator

import msgspec

from flow_core.components.signature import Port
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.pipeline import Schedule
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.problems import Problem
from flow_core.rules.rule import Rule, finding, rewrite
from flow_core.suggest import closest
from flow_core.types.literals import literal_problems

RULE = Rule("FL416", "schedule-inputs", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """What a start by the clock would stumble over."""
    for index, entry in enumerate(module.pipeline.schedule):
        path: Path = ("schedule", index)
        yield from _missing(module, entry, path)
        for name in entry.inputs:
            port = module.pipeline.inputs.get(name)
            if port is None and "inputs" not in module.lost:
                yield _unknown(module, name, (*path, "inputs", name))
            elif port is not None:
                yield from _unfit(module, entry, port, (*path, "inputs", name))


def _missing(module: Module, entry: Schedule, path: Path) -> Iterator[Finding]:
    """Required inputs that are not given; the environment may give those with `env`."""
    misshapen = {problem.place.path[:2] for problem in module.shape}
    misshapen |= {problem.place.path[:2] for problem in module.reading.problems}
    for port in module.pipeline.inputs.values():
        if ("inputs", port.name) in misshapen:
            continue  # its `default` may be what is written wrongly
        if port.required and not port.env and port.name not in entry.inputs:
            inputs = (*path, "inputs")
            given = module.document.get(inputs) is not None
            yield Finding(
                Place(inputs, "key") if given else Place(path),
                f"the schedule does not give the required input `{port.name}`",
                f"add `{port.name}` to the entry's `inputs`, or give it a `default`",
                (Related(port.place, f"`{port.name}` is declared here"),),
            )


def _unknown(module: Module, name: str, path: Path) -> Finding:
    known = tuple(module.pipeline.inputs)
    meant = closest(name, known)
    listed = ", ".join(f"`{port}`" for port in known)
    hint = f"did you mean `{meant}`?" if meant else f"the inputs are {listed}" if known else ""
    problem = Problem(
        "unknown-input", Place(path, "key"), f"the pipeline has no input `{name}`", hint, meant
    )
    return finding(module, problem)


def _unfit(module: Module, entry: Schedule, port: Port, path: Path) -> Iterator[Finding]:
    for mismatch in literal_problems(entry.inputs[port.name], port.type, path, module.scalar_text):
        inner = msgspec.structs.replace(mismatch, path=mismatch.path[len(path) :])
        place = Place(mismatch.path)
        yield Finding(
            place,
            f"input `{port.name}`: {inner.text}",
            mismatch.advice,
            (Related(port.place, f"`{port.name}` is declared here"),),
            rewrite(module, place, mismatch.suggestion),
        )
