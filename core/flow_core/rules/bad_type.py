"""A type is written wrongly: a shorthand that is no type, or a JSON Schema that contradicts itself.

## Why it matters

What a schema says wrongly it does not say at all: values pass that were meant to be refused.

## Fails

```yaml
flow: 1
name: greet
inputs:
  age: {type: integer, minimum: "0"}
steps:
  hello:
    uses: std.log
    with: {message: "aged ${{ inputs.age }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs:
  age: {type: integer, minimum: 0}
steps:
  hello:
    uses: std.log
    with: {message: "aged ${{ inputs.age }}"}
```

## How to fix

Write the shorthand (`list<Order>?`, `string | integer`), or the keywords of JSON Schema 2020-12. A
`$ref` names a type of the file (`#/types/Order`) or a file in the project; nothing is fetched.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_problems

RULE = Rule("FL302", "bad-type", Severity.ERROR)

KINDS = (
    "bad-shorthand",
    "bad-schema",
    "bad-ref",
    "unknown-keyword",
    "useless-keyword",
    "unknown-format",
    "unknown-property",
)


def check(module: Module) -> Iterator[Finding]:
    """All that is wrong with types but unknown names."""
    yield from from_problems(module, *KINDS)
