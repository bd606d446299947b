"""A `retry` waits for what never happens: its errors are never retried, or the call can't recover.

## Why it matters

Some errors end a call whatever `retry` says, and some components fail the same way each time. The
policy promises a second chance that there is none of.

## Fails

```yaml
flow: 1
name: check
inputs: {total: number}
steps:
  positive:
    uses: std.assert
    with: {that: "${{ inputs.total > 0.0 }}"}
    retry: {max_attempts: 3, delay: 10s}
```

## Passes

```yaml
flow: 1
name: check
inputs: {total: number}
steps:
  positive:
    uses: std.assert
    with: {that: "${{ inputs.total > 0.0 }}"}
```

## How to fix

Delete the name, or the `retry`. `cancelled` is never retried. A wrong expression is not evaluated
again, `repeat_exhausted` is raised outside `retry`, and nothing starts once a budget is spent;
only where a group or a pipeline fails with such an error its caller can try it again. To check or
fetch something anew, retry the step that gets it, or use `repeat`.
"""

from collections.abc import Iterator

from flow_core.analysis.error_names import retry_problems
from flow_core.analysis.policies import Policy, walk_policies
from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL418", "retry-hopeless", Severity.WARNING)

_FAIL_AGAIN = ("assert", "fail")
"""Built-in components that fail because their arguments say so."""


def check(module: Module) -> Iterator[Finding]:
    """Errors that are never retried, and calls that always fail alike."""
    for problem in retry_problems(module):
        if problem.kind == "never-retried-error":
            yield finding(module, problem)
    for policy in walk_policies(module.pipeline):
        if policy.retry is not None and policy.retry.max_attempts > 1:
            yield from _deterministic(module, policy)


def _deterministic(module: Module, policy: Policy) -> Iterator[Finding]:
    signature = module.called(policy.path) if isinstance(policy.call, Uses) else None
    if signature is None or signature.kind != "std" or signature.name not in _FAIL_AGAIN:
        return
    path = (*policy.path, "retry")
    yield Finding(
        Place(path, "key"),
        f"`std.{signature.name}` fails the same way each time, so trying it again is in vain",
        "retry what its inputs come from, or delete `retry`",
        mend=Mend("Delete `retry`", (Patch("delete", path),), "unsafe"),
    )
