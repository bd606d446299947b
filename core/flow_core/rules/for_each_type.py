"""`for_each` gets something that is no list.

## Why it matters

A step is repeated for the elements of a list. Null is no empty list, and a map has no order of its
own that anyone promised.

## Fails

```yaml
flow: 1
name: greet
inputs: {people: map<string>}
steps:
  hello:
    for_each: ${{ inputs.people }}
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {people: map<string>}
steps:
  hello:
    for_each: ${{ inputs.people.map(name, name) }}
    uses: std.log
    with: {message: "hello ${{ item }}"}
```

## How to fix

Give a list. Of a map take the keys: `m.map(k, k)`. Of what may be null: `coalesce(x, [])`. To count
up to a number: `range(n)`.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL313", "for-each-type", Severity.ERROR)

PURPOSES = ("for-each",)


def check(module: Module) -> Iterator[Finding]:
    """What `for_each` goes over."""
    yield from misfit_findings(module, "for-each")
