"""A step is named where it can't be seen: inside a group, in `finally`, or around the place itself.

## Why it matters

Outside a group only the `outputs` of the group are visible; its steps may change freely. The steps
of `finally` run after all others, so none of those can wait for them. And a step inside a group
can't wait for the group, which has ended only when all of its steps have.

## Fails

```yaml
flow: 1
name: greet
steps:
  find:
    steps:
      fetch:
        uses: std.http
        with: {url: https://example.com/name}
  hello:
    uses: std.log
    with:
      message: Hello ${{ json(steps.fetch.outputs.body) }}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  find:
    steps:
      fetch:
        uses: std.http
        with: {url: https://example.com/name}
    outputs:
      name: ${{ steps.fetch.outputs.body }}
  hello:
    uses: std.log
    with:
      message: Hello ${{ json(steps.find.outputs.name) }}
```

## How to fix

Give what is needed as an output of the group, and read that. Move what must wait for a step of
`finally` into `finally` too.
"""

from collections.abc import Iterator

from flow_core.analysis.uses import Use
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL202", "hidden-step", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Names of steps that are there, but out of sight."""
    for use in module.uses:
        if use.target in module.steps and not module.graph.sees(use.place.path, use.target):
            yield _finding(module, use)


def _finding(module: Module, use: Use) -> Finding:
    target = module.steps[use.target]
    message, hint = _why(module, use)
    note = Related(Place(target.step.path, "key"), f"`{use.target}` is here")
    return Finding(use.name, message, hint, (note,))


def _why(module: Module, use: Use) -> tuple[str, str]:
    name, target = use.target, module.steps[use.target]
    if use.place.path[: len(target.step.path)] == target.step.path:
        return (
            f"`{name}` holds this place in its group, so it has not ended here",
            "name the steps inside the group, or move this out of it",
        )
    if target.section == "finally" and use.place.path[0] != "finally":
        return (
            f"`{name}` is a step of `finally`, which runs after all of `steps`",
            "move this into `finally`, or that step into `steps`",
        )
    return (
        f"`{name}` is inside the group of `{target.parent}`, whose steps can't be seen from here",
        f"give what is needed as an output of the group, and read `steps.{target.parent}.outputs`",
    )
