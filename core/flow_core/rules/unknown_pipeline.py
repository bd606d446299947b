"""The `pipeline` of a scenario file leads to no pipeline.

## Why it matters

Scenarios test a pipeline. Where there is none at the path, none of them can run.

## Fails

```yaml
flow_test: 1
pipeline: ./great.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      greet: {returns: {text: "Hello, Ada!"}}
    expect:
      status: succeeded
      ran: [greet, say]
      outputs: {text: "Hello, Ada!"}
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
    errors: {Unkind: it would not}
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
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      greet: {returns: {text: "Hello, Ada!"}}
    expect:
      status: succeeded
      ran: [greet, say]
      outputs: {text: "Hello, Ada!"}
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
    errors: {Unkind: it would not}
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

Correct the path. It is relative to the file it stands in, and the file that it leads to has
`steps`.
"""

from collections.abc import Iterator

from flow_core.analysis.tested import under_test
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL801", "unknown-pipeline", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Why the path leads to no pipeline."""
    problem = under_test(module).problem
    if problem is not None:
        yield Finding(Place(("pipeline",)), problem.message, _help(problem.kind, problem.help))


def _help(kind: str, help_: str) -> str:
    return "write the path of a file with `steps`" if kind == "not-a-pipeline" else help_
