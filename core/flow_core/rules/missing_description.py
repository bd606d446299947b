"""A pipeline has no `description`.

## Why it matters

The description is what others read before they call, schedule or change a pipeline: on hover, in
`flow docs`, in the list of components.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
description: Greet whoever reads the log.
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Say in a sentence what a run achieves, and for whom.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL601", "missing-description", Severity.OFF)


def check(module: Module) -> Iterator[Finding]:
    """A file with steps and no word on them."""
    pipeline = module.pipeline
    if module.is_pipeline and not pipeline.description.strip():
        help_ = "add `description:` with a sentence on what a run achieves"
        yield Finding(Place(("name",)), f"pipeline `{pipeline.name}` has no description", help_)
