"""A pipeline calls itself, directly or through other files.

## Why it matters

Each call starts another one, without end. Flow has no recursion; `repeat` and `for_each` do a thing
several times.

## Fails

```yaml
flow: 1
name: crawl
steps:
  next:
    uses: ./main.flow.yaml
```

## Passes

```yaml
flow: 1
name: crawl
steps:
  next:
    uses: std.log
    with: {message: next page}
    repeat: {until: "${{ iteration == 10 }}", max_iterations: 10}
```

## How to fix

Cut the circle at one of the calls that the notes show. Where the same work has to be done for each
part of something, put the work into a file of its own, and call that with `for_each`.
"""

from collections.abc import Iterator
from os.path import relpath
from pathlib import Path

from flow_core.analysis.recursion import recursions
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL204", "recursive-pipeline", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """The circles of calls that lead through this file."""
    for circle in recursions(module):
        yield _finding(module, circle)


def _finding(module: Module, circle: list[Place]) -> Finding:
    """A circle of calls, the first of them in this file."""
    files = [*(call.file for call in circle), module.file]
    names = [relpath(file, Path(module.file).parent) for file in files]
    path = " → ".join(f"`{name}`" for name in names)
    notes = [
        Related(call, f"`{name}` is called here")
        for call, name in zip(circle[1:], names[2:], strict=True)
    ]
    return Finding(circle[0], f"this pipeline calls itself: {path}", "cut the circle", tuple(notes))
