"""A step has no `description`.

## Why it matters

Where many people share a pipeline, a sentence on each step keeps its intent beside its mechanics:
on hover, in `flow docs`, and in the picture of a run.

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
steps:
  hello:
    description: Greet whoever reads the log.
    uses: std.log
    with: {message: hello}
```

## How to fix

Say what the step is for, rather than what it calls.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL602", "missing-step-description", Severity.OFF)


def check(module: Module) -> Iterator[Finding]:
    """Steps, those of groups included, that say nothing about themselves."""
    for name, info in module.steps.items():
        if not info.step.description.strip():
            help_ = "add `description:` with a sentence on what it is for"
            place = Place(info.step.path, "key")
            yield Finding(place, f"step `{name}` has no description", help_)
