"""A default does not fit the type beside it.

## Why it matters

A default is only used where nothing is given, so the mistake would show in just those runs.

## Fails

```yaml
flow: 1
name: greet
inputs:
  times: {type: integer, minimum: 1, default: 0}
steps:
  hello:
    uses: std.log
    with: {message: "${{ inputs.times }} times"}
```

## Passes

```yaml
flow: 1
name: greet
inputs:
  times: {type: integer, minimum: 1, default: 1}
steps:
  hello:
    uses: std.log
    with: {message: "${{ inputs.times }} times"}
```

## How to fix

Correct the default or the type. An input that may be left out without a value is one that admits
null: `string?`.
"""

from collections.abc import Iterator

import msgspec

from flow_core.analysis.misfits import literal_findings
from flow_core.components.signature import Port
from flow_core.diagnostics import Finding, Json, Severity
from flow_core.fields import fields
from flow_core.module import Module
from flow_core.places import Path
from flow_core.rules.rule import Rule
from flow_core.types import Type, literal_problems
from flow_core.types.kinds import ObjectType

RULE = Rule("FL318", "invalid-default", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Defaults of inputs, of components' ports, of channels, and of properties of types."""
    misshapen = {problem.place.path for problem in module.shape}
    for path, type_, default in _defaults(module):
        if path not in misshapen:
            found = literal_problems(default, type_, path, module.scalar_text)
            yield from literal_findings(found)


def _defaults(module: Module) -> Iterator[tuple[Path, Type, Json]]:
    """The path, the type and the value of each default."""
    for port in _ports(module):
        if port.default is not msgspec.UNSET:
            yield (*port.place.path, "default"), port.type, port.default
        yield from _of_properties(module, port.type, port.place.path)
    for name, type_ in module.type_names.reading.types.items():
        yield from _of_properties(module, type_, ("types", name))
    for name, channel in module.pipeline.state.items():
        if channel.default is not msgspec.UNSET:
            yield ("state", name, "default"), channel.type, channel.default


def _of_properties(module: Module, type_: Type, path: Path) -> Iterator[tuple[Path, Type, Json]]:
    """The defaults of an object's properties, and of theirs, that are written below a path."""
    written = fields(module.document.get(path))
    for word in ("fields", "properties"):
        names = fields(written.get(word))
        for name, field in type_.fields.items() if isinstance(type_, ObjectType) else ():
            here = (*path, word, name)
            if name in names and field.default is not msgspec.UNSET:
                yield (*here, "default"), field.type, field.default
            if name in names:
                yield from _of_properties(module, field.type, here)


def _ports(module: Module) -> Iterator[Port]:
    yield from module.pipeline.inputs.values()
    for component in module.library.components.values():
        yield from component.inputs.values()
        yield from component.outputs.values()
