"""A condition always holds or never does, whatever the run brings.

## Why it matters

A `when` that never holds switches its step off for good, and all that needs the step. One that
always holds says that something can vary which can't. Both are mostly a misspelt word, or a
comparison with a value that the declared type does not have.

## Fails

```yaml
flow: 1
name: greet
inputs:
  mood: {type: string, enum: [happy, sad]}
steps:
  console:
    when: ${{ inputs.mood == 'angry' }}
    uses: std.log
    with: {message: calm down}
```

## Passes

```yaml
flow: 1
name: greet
inputs:
  mood: {type: string, enum: [happy, sad]}
steps:
  console:
    when: ${{ inputs.mood == 'sad' }}
    uses: std.log
    with: {message: cheer up}
```

## How to fix

Correct the condition, or take it away where it always holds. Where it never does, take away what
depends on it.
"""

from collections.abc import Iterator

from flow_core.analysis.conditions import Verdict
from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.model.pipeline import Switch
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL206", "constant-condition", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Certain conditions, but those of `until` and those that make later branches unreachable."""
    for verdict in module.conditions.verdicts.values():
        if verdict.alone and verdict.site.role != "until" and not _hides_branches(module, verdict):
            yield _finding(module, verdict)


def _hides_branches(module: Module, verdict: Verdict) -> bool:
    """Whether other branches follow one that always matches: those are what is reported."""
    if not verdict.outcome or verdict.site.role != "branch.when":
        return False
    *call, _, index, _ = verdict.site.path
    switch = module.calls[tuple(call)].call
    return isinstance(switch, Switch) and index != len(switch.branches) - 1


def _finding(module: Module, verdict: Verdict) -> Finding:
    site = verdict.site
    if verdict.outcome:
        mend = Mend("Delete the condition", (Patch("delete", site.path),))
        message = f"this condition always holds{_because(module, verdict)}"
        return Finding(Place(site.path), message, "take it away", mend=mend)
    step = site.context.step
    message = f"this condition never holds{_because(module, verdict)}"
    if site.role != "when":
        return Finding(Place(site.path), message, _HELP[site.role])
    notes = module.liveness.notes(step)
    hint = f"correct it, or take `{step}` away, which never runs"
    return Finding(Place(site.path), message, hint, notes)


_HELP = {
    "branch.when": "correct it, or take the branch away, which is never taken",
    "catch.when": "correct it, or take the handler away, which never runs",
    "retry.when": "correct it, or take `retry` away, since nothing is tried again",
}


def _because(module: Module, verdict: Verdict) -> str:
    known = module.conditions.why(verdict)
    return f": {known}" if known else ""
