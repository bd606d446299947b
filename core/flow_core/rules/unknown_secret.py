"""An expression reads a secret that the file does not declare.

## Why it matters

A run is only given the secrets that its file lists under `secrets`. Any other is not there, and the
expression fails.

## Fails

```yaml
flow: 1
name: sync
secrets: [API_KEY]
steps:
  fetch:
    uses: std.http
    with:
      url: https://example.com/items
      token: ${{ secrets.APIKEY }}
```

## Passes

```yaml
flow: 1
name: sync
secrets: [API_KEY]
steps:
  fetch:
    uses: std.http
    with:
      url: https://example.com/items
      token: ${{ secrets.API_KEY }}
```

## How to fix

Correct the name, or add it to the list `secrets` at the top of the file.
"""

from collections.abc import Iterator

from flow_core.analysis.taint import declaration
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.problems import Problem
from flow_core.rules.rule import Rule, rewrite

RULE = Rule("FL508", "unknown-secret", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Names behind `secrets.` that are not declared; silent where none of them can be read."""
    for problem in module.problems.of("unknown-secret") if "secrets" not in module.lost else ():
        yield _finding(module, problem)


def _finding(module: Module, problem: Problem) -> Finding:
    name, meant = problem.about[1], problem.suggestion
    declare = f"add it: `secrets: [{', '.join((*module.pipeline.secrets, name))}]`"
    return Finding(
        problem.place,
        f"the file declares no secret `{name}`",
        f"did you mean `{meant}`?" if meant else declare,
        mend=rewrite(module, problem.place, meant) or declaration(module, name),
    )
