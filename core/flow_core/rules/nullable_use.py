"""A value that may be null is used where null has no meaning.

## Why it matters

A step that was skipped gives nulls, and an optional field may be absent. Calculating with null, or
reading a property of it, fails the step, but only in those runs in which it happens.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string?}
steps:
  hello:
    uses: std.log
    with: {message: "${{ 'hello ' + inputs.name }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string?}
steps:
  hello:
    uses: std.log
    with: {message: "${{ 'hello ' + coalesce(inputs.name, 'you') }}"}
```

## How to fix

Give a default (`coalesce(x, default)`), choose (`x != null ? x.y : other`), or run the step only
`when` the value is there; a `when` is remembered in the whole step.
"""

from collections.abc import Iterator

from flow_core.analysis.absence import Absence, why_null
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.problems import Problem
from flow_core.rules.rule import Rule

RULE = Rule("FL308", "nullable-use", Severity.ERROR)

KINDS = ("null-access", "null-operand")


def check(module: Module) -> Iterator[Finding]:
    """Uses of what may be null, with the reason why it may be."""
    for site, problem in module.problems.in_expressions:
        if problem.kind in KINDS:
            yield _explained(problem, why_null(module, site.context, problem.about))


def _explained(problem: Problem, why: Absence | None) -> Finding:
    if why is None:
        return Finding(problem.place, problem.message, problem.help)
    if why.place is None:
        return Finding(problem.place, problem.message, f"{why.reason}: {problem.help}")
    notes = (Related(why.place, why.reason),)
    return Finding(problem.place, problem.message, problem.help, notes)
