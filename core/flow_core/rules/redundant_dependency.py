"""An entry of `depends_on` says what a reference to the same step says already.

## Why it matters

It is harmless. But `depends_on` is for order without data and for other conditions than success; an
entry that adds nothing hides those that do.

## Fails

```yaml
flow: 1
name: greet
steps:
  ask:
    uses: std.http
    with: {url: https://example.com/name}
  hello:
    depends_on: [ask]
    uses: std.log
    with: {message: "hello ${{ json(steps.ask.outputs.body) }}"}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  ask:
    uses: std.http
    with: {url: https://example.com/name}
  hello:
    uses: std.log
    with: {message: "hello ${{ json(steps.ask.outputs.body) }}"}
```

## How to fix

Delete the entry.
"""

from collections.abc import Iterator

from flow_core.analysis.graph import Graph
from flow_core.analysis.uses import Use
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, removal

RULE = Rule("FL215", "redundant-dependency", Severity.OFF)


def check(module: Module) -> Iterator[Finding]:
    """Entries with the very condition that the references to their step imply."""
    implied = Graph(module.steps, (use for use in module.uses if not use.explicit))
    for use in module.uses:
        if use.explicit and use.step in implied.edges:
            edge = implied.edges[use.step].get(use.target)
            if edge is not None and edge.statuses == use.statuses:
                note = Related(edge.places[0], f"this already waits for `{use.target}`")
                yield _finding(module, use, note)


def _finding(module: Module, use: Use, note: Related) -> Finding:
    message = f"a reference makes `{use.step}` wait for `{use.target}` already"
    mend = removal(module, use.place.path, "Delete the entry", "safe")
    return Finding(use.place, message, "delete the entry", (note,), mend, ("unnecessary",))
