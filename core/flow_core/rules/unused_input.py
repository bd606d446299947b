"""An input of the pipeline is read by nothing in it.

## Why it matters

Callers have to give it, and believe that it matters.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string, title: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string, title: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.title }} ${{ inputs.name }}"}
```

## How to fix

Read the input where it was meant to go, or delete it, and with it the values that callers give.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, removal

RULE = Rule("FL209", "unused-input", Severity.WARNING, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """Inputs without a reader."""
    if not module.is_pipeline or not module.shows_uses:
        return
    for name in module.pipeline.inputs:
        if not module.usage.reads("inputs", name):
            mend = removal(module, ("inputs", name), f"Delete the input `{name}`")
            place = Place(("inputs", name), "key")
            message = f"nothing reads the input `{name}`"
            yield Finding(place, message, "read it, or delete it", (), mend, ("unnecessary",))
