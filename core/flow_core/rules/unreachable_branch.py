"""A branch of a `switch` is never taken, since an earlier one always matches first.

## Why it matters

The first branch that matches wins. What stands behind a branch without `when`, behind one whose
condition always holds, or behind one with the same condition, never runs.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    switch:
      - uses: std.log
        with: {message: hello}
      - when: ${{ inputs.name == 'Ada' }}
        uses: std.log
        with: {message: hello Ada}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    switch:
      - when: ${{ inputs.name == 'Ada' }}
        uses: std.log
        with: {message: hello Ada}
      - uses: std.log
        with: {message: hello}
```

## How to fix

Move the branch without `when` to the end, and the narrower conditions before the wider ones.
"""

from collections.abc import Iterator

from flow_core.analysis.conditions import same_condition
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.pipeline import Branch, Switch
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL207", "unreachable-branch", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Branches that an earlier one leaves nothing for."""
    for path, info in module.calls.items():
        if isinstance(info.call, Switch):
            yield from _switch(module, info.call, (*path, "switch"))


def _switch(module: Module, switch: Switch, path: Path) -> Iterator[Finding]:
    for index, branch in enumerate(switch.branches):
        verdict = module.conditions.verdicts.get((*path, index, "when"))
        if verdict is not None and not verdict.outcome and not verdict.alone:
            yield _passed_over(path, index)
        elif verdict is None and (earlier := _same(switch.branches, index)) is not None:
            yield _repeated(path, index, earlier)
        if branch.when is None or (verdict and verdict.outcome and verdict.alone):
            if index < len(switch.branches) - 1:
                yield _behind(path, index)
            return


def _same(branches: tuple[Branch, ...], index: int) -> int | None:
    """An earlier branch with the same condition."""
    wanted = branches[index].when
    return next((i for i in range(index) if same_condition(branches[i].when, wanted)), None)


def _behind(path: Path, index: int) -> Finding:
    note = Related(Place((*path, index)), "this branch always matches")
    message = "this branch is never taken: one before it always matches"
    return Finding(Place((*path, index + 1)), message, "put that one last", (note,))


def _passed_over(path: Path, index: int) -> Finding:
    notes = tuple(Related(Place((*path, i, "when")), "this comes first") for i in range(index))
    message = "this branch is never taken: the conditions before it leave nothing for it"
    return Finding(Place((*path, index, "when")), message, "correct one of the conditions", notes)


def _repeated(path: Path, index: int, earlier: int) -> Finding:
    note = Related(Place((*path, earlier, "when")), "the same condition")
    message = "this branch is never taken: a branch before it has the same condition"
    return Finding(Place((*path, index, "when")), message, "correct one of the two", (note,))
