"""What a mock `returns` does not fit the outputs of what it stands in for.

## Why it matters

The rest of the run reads the mock's outputs. Where they are not what the real call gives, the
scenario tests a pipeline that does not exist.

## Fails

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      greet: {returns: {text: 12}}
    expect:
      status: succeeded
      ran: [greet, say]
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

Give every output that the component declares, each with a value that fits its type. An output whose
type admits null may be left out. A mock stands for one attempt, so for one element of a `for_each`.
"""

from collections.abc import Iterator

import msgspec

from flow_core.analysis.misfits import literal_findings
from flow_core.analysis.mocked import mock_problems
from flow_core.analysis.tested import outputs_of
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL804", "mock-type", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Outputs that are missing, unknown or ill-typed."""
    if module.tested is None or not module.tested.is_whole:
        return
    for scenario in module.scenario.scenarios.values():
        for mocks in scenario.mocks.values():
            wanted = outputs_of(module.tested.mocked(mocks.key))
            for mock in mocks.attempts:
                if wanted is not None and mock.returns is not msgspec.UNSET:
                    path = (*mock.path, "returns")
                    found = mock_problems(mock.returns, wanted, path, module.scalar_text)
                    yield from literal_findings(found)
