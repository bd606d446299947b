"""A handler of `catch` never runs, since an earlier one takes all that it names.

## Why it matters

Of the handlers only the first that matches runs. What the later one was written for does not
happen.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    catch:
      - skip: true
      - errors: [CommandNotFound]
        value: {stdout: "", stderr: "", exit_code: 127}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    catch:
      - errors: [CommandNotFound]
        value: {stdout: "", stderr: "", exit_code: 127}
      - skip: true
```

## How to fix

Put the handler that names more errors last; the one without `errors` takes them all. An earlier
handler with a `when` leaves what its condition refuses.
"""

from collections.abc import Iterator

from flow_core.analysis.error_names import Covered, covered_names
from flow_core.diagnostics import Finding, Mend, Patch, Related, Severity
from flow_core.model.pipeline import Step
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL408", "catch-shadowed", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Handlers, and single names, that an earlier handler without `when` covers."""
    for info in module.steps.values():
        for covered in covered_names(info.step):
            yield _finding(info.step, covered)


def _finding(step: Step, covered: Covered) -> Finding:
    path = (*step.path, "catch", covered.handler)
    errors = step.catch[covered.handler].errors
    if covered.position is not None and errors:
        path = (*path, "errors", covered.position)
        message = f"`{errors[covered.position]}` never comes here: an earlier handler takes it"
        mend = Mend("Delete the name", (Patch("delete", path),))
    else:
        message = "this handler never runs: an earlier one takes all that it would handle"
        mend = Mend("Delete the handler", (Patch("delete", path),))
    place = Place((*path, "errors")) if covered.position is None and errors else Place(path)
    by = Place((*step.path, "catch", covered.by))
    takes_all = step.catch[covered.by].errors is None
    note = Related(by, "this handler takes every error" if takes_all else "this handler takes it")
    return Finding(place, message, "put it before the other one, or delete it", (note,), mend)
