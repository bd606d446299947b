"""The name of an input or output is not written in `snake_case`.

## Why it matters

Ports are what callers type. One style in all files means that a name can be written from memory.

## Fails

```yaml
flow: 1
name: greet
inputs:
  fullName: string
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.fullName }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs:
  full_name: string
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.full_name }}"}
```

## How to fix

Rename the port, and all that reads or gives it, callers in other files too.
"""

from collections.abc import Iterable, Iterator

from flow_core.analysis.naming import is_snake_case, snake_case
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL607", "port-name-style", Severity.OFF)


def check(module: Module) -> Iterator[Finding]:
    """The ports of the pipeline and of the file's components."""
    yield from _named("input", module.pipeline.inputs, ("inputs",))
    yield from _named("output", module.pipeline.outputs, ("outputs",))
    for name, component in module.library.components.items():
        yield from _named("input", component.inputs, ("components", name, "inputs"))
        yield from _named("output", component.outputs, ("components", name, "outputs"))


def _named(kind: str, names: Iterable[str], path: Path) -> Iterator[Finding]:
    for name in names:
        if name.isidentifier() and not is_snake_case(name):
            message = f"{kind} `{name}` is not written in `snake_case`"
            help_ = f"rename it to `{snake_case(name)}`, with all that refers to it"
            yield Finding(Place((*path, name), "key"), message, help_)
