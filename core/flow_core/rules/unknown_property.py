"""An expression reads a property that its type does not have.

## Why it matters

Only declared properties can be read, so that a renamed field is found before a run.

## Fails

```yaml
flow: 1
name: greet
types:
  Person: {fields: {name: string}}
inputs: {person: Person}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.person.nmae }}"}
```

## Passes

```yaml
flow: 1
name: greet
types:
  Person: {fields: {name: string}}
inputs: {person: Person}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.person.name }}"}
```

## How to fix

Correct the name, or declare the property in the type. Of a list take an item (`[0]`), or read the
property of each with `.map(x, x.name)`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_problems

RULE = Rule("FL305", "unknown-property", Severity.ERROR)

KINDS = ("unknown-member",)


def check(module: Module) -> Iterator[Finding]:
    """Properties of values, but the outputs of steps."""
    yield from from_problems(module, *KINDS)
