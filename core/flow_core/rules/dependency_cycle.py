"""Steps wait for one another in a circle, so none of them can ever start.

## Why it matters

A step starts when all that it waits for has ended. In a circle each waits for itself in the end. A
reference to `steps.x` in any key of a step is a dependency, as much as an entry of `depends_on`.

## Fails

```yaml
flow: 1
name: greet
steps:
  ask:
    uses: std.log
    depends_on: [answer]
    with: {message: how are you}
  answer:
    uses: std.log
    depends_on: [ask]
    with: {message: fine}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  ask:
    uses: std.log
    with: {message: how are you}
  answer:
    uses: std.log
    depends_on: [ask]
    with: {message: fine}
```

## How to fix

Take one of the dependencies away; the notes name a place for each. Most often that is the one that
leads to a step further down in the file. To read what a step itself gives use `outputs` (in `set`,
`until` and `compensate`) or `previous` (in a `repeat`).
"""

from collections.abc import Iterator

from flow_core.analysis.cycles import cycles
from flow_core.analysis.graph import Edge
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL203", "dependency-cycle", Severity.ERROR)

_MOST = 20
"""Steps of a circle that are named; nobody reads a longer one."""


def check(module: Module) -> Iterator[Finding]:
    """The circles of each level, each once."""
    rank = {name: index for index, name in enumerate(module.graph.infos)}
    for cycle in cycles(module.graph.siblings):
        following = (*cycle[1:], cycle[0])
        edges = [
            module.graph.edges[step][target] for step, target in zip(cycle, following, strict=True)
        ]
        backward = next(i for i, e in enumerate(edges) if rank[e.target] >= rank[e.step])
        yield _finding(edges[backward:] + edges[:backward])


def _finding(edges: list[Edge]) -> Finding:
    """A circle that begins with the edge to a step further down, the likeliest mistake."""
    first, *others = edges
    place = first.places[0]
    if not others:
        hint = "within a step its own results are `outputs`, those of an earlier round `previous`"
        return Finding(place, f"`{first.step}` waits for itself", hint)
    steps = [f"`{edge.step}`" for edge in edges]
    if len(steps) > _MOST:
        steps[_MOST:] = [f"{len(steps) - _MOST:,} more"]
    path = " → ".join((*steps, f"`{first.step}`"))
    notes = [
        Related(e.places[0], f"`{e.step}` waits for `{e.target}` here") for e in others[:_MOST]
    ]
    message = f"these steps wait for one another in a circle: {path}"
    return Finding(place, message, "take one of the dependencies away", tuple(notes))
