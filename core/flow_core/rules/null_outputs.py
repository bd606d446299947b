"""A step reads the outputs of another that it only runs after if that one did not succeed.

## Why it matters

The outputs of a step that failed or was skipped are all null. An explicit condition such as
`{charge: failed}` wins over the success that a reference asks for, so the step runs, and reads
nothing.

## Fails

```yaml
flow: 1
name: greet
steps:
  ask:
    uses: std.http
    with: {url: https://example.com/name}
  apologize:
    depends_on: {ask: failed}
    uses: std.log
    with: {message: "no answer: ${{ json(steps.ask.outputs.status) }}"}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  ask:
    uses: std.http
    with: {url: https://example.com/name}
  apologize:
    depends_on: {ask: failed}
    uses: std.log
    with: {message: "no answer: ${{ json(steps.ask.error) }}"}
```

## How to fix

Read `steps.x.error`, or wait for `succeeded` or `settled`.
"""

from collections.abc import Iterator

from flow_core.analysis.uses import Mention
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL218", "null-outputs", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """References to outputs under an explicit condition that excludes success."""
    for mention in module.mentions:
        match mention.path:
            case ("steps", target, "outputs", *_):
                yield from _mention(module, mention, target)
            case _:
                continue


def _mention(module: Module, mention: Mention, target: str) -> Iterator[Finding]:
    step = mention.site.context.step
    edge = module.graph.edges.get(step, {}).get(target)
    if edge is None or not edge.explicit or "succeeded" in edge.statuses:
        return
    wanted = " or ".join(f"`{status}`" for status in edge.statuses)
    note = Related(edge.places[0], f"`{step}` runs only if `{target}` is {wanted}")
    message = f"the outputs of `{target}` are always null here: it did not succeed"
    hint = f"read `steps.{target}.error`, or wait for `succeeded`"
    yield Finding(mention.place, message, hint, (note,))
