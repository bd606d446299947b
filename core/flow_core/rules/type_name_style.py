"""The name of a type is not written in `PascalCase`.

## Why it matters

Capitals tell the file's own types from `string`, `integer` and the other built-in ones at a glance,
and from the inputs and steps that hold values of them.

## Fails

```yaml
flow: 1
name: greet
types:
  full_name: {fields: {first: string, last: string}}
inputs:
  name: full_name
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name.first }}"}
```

## Passes

```yaml
flow: 1
name: greet
types:
  FullName: {fields: {first: string, last: string}}
inputs:
  name: FullName
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name.first }}"}
```

## How to fix

Rename the type, and all that names it, in files that import this one too.
"""

from collections.abc import Iterator

from flow_core.analysis.naming import is_pascal_case, pascal_case
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL605", "type-name-style", Severity.OFF)


def check(module: Module) -> Iterator[Finding]:
    """The types that the file defines."""
    for name in module.pipeline.types:
        if name.isidentifier() and not is_pascal_case(name):
            message = f"type `{name}` is not written in `PascalCase`"
            help_ = f"rename it to `{pascal_case(name)}`, with all that names it"
            yield Finding(Place(("types", name), "key"), message, help_)
