"""A step writes a value to a channel of another type.

## Why it matters

All readers rely on the channel's type. The step would fail after its call has done its work.

## Fails

```yaml
flow: 1
name: greet
state:
  names: {type: list<string>, reduce: append}
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello, not ${{ json(state.names) }}"}
    set: {names: "${{ inputs.name }}"}
```

## Passes

```yaml
flow: 1
name: greet
state:
  names: {type: list<string>, reduce: append}
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: hello}
    set: {names: "${{ [inputs.name] }}"}
finally:
  tell:
    uses: std.log
    with: {message: "${{ json(state.names) }}"}
```

## How to fix

Write a value of the channel's type; `append` takes a list (`[x]`), `merge` an object.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL314", "state-write-type", Severity.ERROR)

PURPOSES = ("state",)


def check(module: Module) -> Iterator[Finding]:
    """Writes to `state`."""
    yield from misfit_findings(module, "state")
