"""A type of the pipeline is used by nothing in its file.

## Why it matters

A type that describes nothing misleads: readers look for what it describes.

## Fails

```yaml
flow: 1
name: greet
types:
  Person: {fields: {name: string}}
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name }}"}
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

Declare with it what it describes, or delete it. Files without `steps`, or with `components`, are
libraries: their types are there for others, and are not reported.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, removal

RULE = Rule("FL217", "unused-type", Severity.WARNING, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """Types that no other part of a pipeline's file names."""
    is_open = module.library.components or not module.shows_uses
    if not module.is_pipeline or is_open:
        return
    for name in module.pipeline.types:
        if name not in module.usage.types:
            mend = removal(module, ("types", name), f"Delete the type `{name}`")
            place = Place(("types", name), "key")
            message = f"nothing uses the type `{name}`"
            yield Finding(place, message, "use it, or delete it", (), mend, ("unnecessary",))
