"""The branches of a `switch` do not give the same outputs.

## Why it matters

Whoever reads the step's outputs does not know which branch was taken. What one branch gives as a
number and another as a text, or not at all, can't be read safely.

## Fails

```yaml
flow: 1
name: greet
inputs: {formal: boolean}
components:
  greet:
    outputs: {greeting: string}
    run: {shell: [greet]}
steps:
  hello:
    switch:
      - when: ${{ inputs.formal }}
        uses: greet
      - value: {gretting: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {formal: boolean}
components:
  greet:
    outputs: {greeting: string}
    run: {shell: [greet]}
steps:
  hello:
    switch:
      - when: ${{ inputs.formal }}
        uses: greet
      - value: {greeting: hello}
```

## How to fix

Let each branch give outputs of the same names and types; a group of steps around a call can rename
its outputs. A branch with `skip: true` need not.
"""

from collections.abc import Iterable, Iterator

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.fields import fields
from flow_core.model.pipeline import Skip, Switch
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule
from flow_core.types import Mismatch, Type, fits, show

RULE = Rule("FL319", "branch-types", Severity.ERROR)

PURPOSES = ("branch",)
_GRAVE = ("wrong-type", "missing-property")


def check(module: Module) -> Iterator[Finding]:
    """Branches that do not fit one type, and values that are no objects."""
    yield from misfit_findings(module, "branch")
    for info in module.calls.values():
        if isinstance(info.call, Switch):
            yield from _switch(module, info.path, info.call)


def _switch(module: Module, path: Path, switch: Switch) -> Iterator[Finding]:
    types = {
        (*path, "switch", index): module.typing.activation((*path, "switch", index))
        for index, branch in enumerate(switch.branches)
        if branch.call is not None and not isinstance(branch.call, Skip)
    }
    if not types or any(_all_fit(types.values(), one) for one in types.values()):
        return
    first, wanted = next(iter(types.items()))
    for branch, found in types.items():
        reasons = _reasons(found, wanted)
        if reasons and _reasons(wanted, found):
            message = f"this branch does not fit the first: {reasons[0].text}"
            hint = f"the first branch gives `{show(wanted)}`, this one `{show(found)}`"
            note = Related(_place(module, first), "the first branch")
            yield Finding(_place(module, branch), message, hint, (note,))


def _all_fit(types: Iterable[Type], wanted: Type) -> bool:
    return not any(_reasons(found, wanted) for found in types)


def _reasons(found: Type, wanted: Type) -> list[Mismatch]:
    """Why a type does not fit another, but for other values of the same kind and more outputs."""
    fit = fits(found, wanted)
    return [why for why in fit.reasons if fit.verdict == "no" and why.kind in _GRAVE]


def _place(module: Module, branch: Path) -> Place:
    """What a branch calls."""
    keys = fields(module.document.get(branch))
    called = next((key for key in ("uses", "value", "steps") if key in keys), "switch")
    return Place((*branch, called), "value" if called == "uses" else "key")
