"""An output reads like a declaration, but is data: `value` is missing, or a key is surplus.

## Why it matters

A mapping declares an output only if it has `value` and no other keys than `value`, `type` and
`description`. Any other mapping is itself what callers get, `type` included.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "${{ inputs.name }}"}
outputs:
  name: {type: string, description: Who was greeted.}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "${{ inputs.name }}"}
outputs:
  name: {type: string, description: Who was greeted., value: "${{ inputs.name }}"}
```

## How to fix

Add the `value`, or remove the surplus key. If data is meant that happens to look like this, write
it as the `value`: `value: {type: …}`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.fields import text
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule
from flow_core.syntax import Mapping
from flow_core.types import Type
from flow_core.types.kinds import ANY
from flow_core.types.shorthand import parse_shorthand

RULE = Rule("FL324", "half-declared-output", Severity.WARNING)

_WORDS = ("value", "type", "description")


def check(module: Module) -> Iterator[Finding]:
    """Outputs, of the pipeline and of groups, that are mappings with a known type as `type`."""
    for path, site in module.sites.items():
        if site.role == "output" and path[-2] == "outputs":
            node = module.document.get(path)
            if isinstance(node, Mapping) and _names_a_type(module, text(node.fields.get("type"))):
                yield from _output(node, path)


def _output(node: Mapping, path: Path) -> Iterator[Finding]:
    surplus = [name for name in node.fields if name not in _WORDS]
    declared = f"the output `{path[-1]}`"
    if not surplus:
        message = f"{declared} has a `type` but no `value`, so it is read as data"
        yield Finding(Place(path, "key"), message, "add `value: ${{ … }}`")
    elif "${{" in text(node.fields.get("value")):
        message = f"`{surplus[0]}` is no key of an output, so all of {declared} is read as data"
        help_ = "remove it, or write the data as the `value` of the output"
        yield Finding(Place((*path, surplus[0]), "key"), message, help_)


def _names_a_type(module: Module, spelled: str) -> bool:
    def find(name: str) -> Type | None:
        alias, _, own = name.rpartition(".")
        return ANY if alias in module.imports or module.type_names.own(own) else None

    return bool(spelled) and not parse_shorthand(spelled, find)[1]
