"""A list of errors is empty, so what it belongs to never happens.

## Why it matters

Without `errors` a `retry`, a handler or a breaker is for any error; with an empty list it is for
none. The two look alike and mean the opposite.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    retry: {max_attempts: 3, errors: []}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    retry: {max_attempts: 3}
```

## How to fix

Name the errors that are meant, or delete the key to mean any.
"""

from collections.abc import Iterator

from flow_core.analysis.policies import walk_policies
from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.fields import fields
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule
from flow_core.syntax.nodes import Sequence

RULE = Rule("FL409", "empty-errors", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Empty lists of `retry`, `catch` and `circuit_breaker`."""
    for path, effect in _lists(module):
        node = module.document.get(path)
        if isinstance(node, Sequence) and not node.values:
            yield Finding(
                Place(path),
                f"the list names no error, so {effect}",
                "name errors, or leave `errors` out to mean any",
                mend=Mend("Delete `errors`", (Patch("delete", path),), "unsafe"),
            )


def _lists(module: Module) -> Iterator[tuple[Path, str]]:
    """The path of each list, and what being empty does to its owner."""
    for policy in walk_policies(module.pipeline):
        if policy.retry is not None and policy.retry.errors == ():
            yield (*policy.path, "retry", "errors"), f"{policy.owner} is never retried"
    for info in module.steps.values():
        for index, handler in enumerate(info.step.catch):
            if handler.errors == ():
                yield (*info.step.path, "catch", index, "errors"), "this handler never runs"
    for name in fields(fields(module.document.root).get("components")):
        yield ("components", name, "circuit_breaker", "errors"), "the breaker never opens"
