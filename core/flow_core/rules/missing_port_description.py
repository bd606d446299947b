"""An input of the pipeline, or a port of a component, has no `description`.

## Why it matters

A type says what may be given, not what it means: whether `amount` is in cents, or what `mode`
decides. Completion, hover and `flow components show` tell callers what is written here.

## Fails

```yaml
flow: 1
name: greet
inputs:
  name: string
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs:
  name: {type: string, description: Who is greeted.}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name }}"}
```

## How to fix

Write the type as a mapping, and add a `description`.
"""

from collections.abc import Iterator

from flow_core.components.signature import Port
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL603", "missing-port-description", Severity.OFF)


def check(module: Module) -> Iterator[Finding]:
    """Ports of the file that say nothing about themselves."""
    yield from _undescribed("input", module.pipeline.inputs, "")
    for name, component in module.library.components.items():
        yield from _undescribed("input", component.inputs, f" of component `{name}`")
        yield from _undescribed("output", component.outputs, f" of component `{name}`")


def _undescribed(kind: str, ports: dict[str, Port], owner: str) -> Iterator[Finding]:
    for port in ports.values():
        if not port.description.strip():
            help_ = "write it as `{type: …, description: …}`"
            message = f"{kind} `{port.name}`{owner} has no description"
            yield Finding(port.place.key(), message, help_)
