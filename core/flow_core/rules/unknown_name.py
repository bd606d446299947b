"""An expression names a variable or an input that is not there.

## Why it matters

The expression could never be evaluated. Mostly the name is misspelt, or was renamed elsewhere.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.nmae }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.name }}"}
```

## How to fix

Everywhere there are `inputs`, `steps`, `state` and `run`; `item`, `index`, `iteration`, `previous`,
`outputs`, `error` and `attempt` only where they mean something. A text needs quotes: `'eu'`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.problems import Problem
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL304", "unknown-name", Severity.ERROR)

KINDS = ("unknown-name", "not-in-scope", "unknown-input")


def check(module: Module) -> Iterator[Finding]:
    """Variables, and inputs of the pipeline; silent where what declares an input is unreadable."""
    for problem in module.problems.of(*KINDS):
        if problem.kind != "unknown-input" or _is_sure(module, problem):
            yield finding(module, problem)


def _is_sure(module: Module, problem: Problem) -> bool:
    return module.is_whole or (bool(problem.suggestion) and "inputs" not in module.lost)
