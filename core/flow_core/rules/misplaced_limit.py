"""A key has no effect, since what it limits is not there.

## Why it matters

`max_parallel` and `fail_fast` are about the elements of a `for_each`, `factor` and `max_delay`
about waits that grow, `jitter` about waits at all. Beside nothing of the kind they change nothing,
though they read as if they did.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    max_parallel: 4
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    for_each: [ann, bob]
    max_parallel: 4
    uses: std.shell
    with: {command: [hello, "${{ item }}"]}
```

## How to fix

Delete the key, or add what it is meant to limit: `for_each`, a `delay`, or a `backoff`.
"""

from collections.abc import Iterator

from flow_core.analysis.policies import walk_policies
from flow_core.diagnostics import Finding, Mend, Patch, Severity
from flow_core.fields import fields
from flow_core.model.pipeline import Retry, Step
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL411", "misplaced-limit", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Limits of elements without `for_each`, limits of waits without such waits."""
    for info in module.steps.values():
        if info.step.for_each is None:
            yield from _without_elements(module, info.step)
    misread = {problem.place.path[:-1] for problem in module.shape}
    for policy in walk_policies(module.pipeline):
        if policy.retry is not None and policy.retry.max_attempts > 1:
            path = (*policy.path, "retry")
            keys = {} if path in misread else fields(module.document.get(path))
            for key, reason in _useless(policy.retry):
                if key in keys:
                    yield _idle((*path, key), reason)


def _without_elements(module: Module, step: Step) -> Iterator[Finding]:
    present = {"max_parallel": step.max_parallel, "fail_fast": step.fail_fast}
    for key, value in present.items():
        if value is not None and "for_each" not in fields(module.document.get(step.path)):
            yield _idle((*step.path, key), "without `for_each`")


def _useless(retry: Retry) -> Iterator[tuple[str, str]]:
    """The keys that change nothing in a policy, and why."""
    if not retry.delay:
        reason = "without a `delay`"
        yield from ((key, reason) for key in ("backoff", "factor", "max_delay", "jitter"))
        return
    if retry.backoff != "exponential":
        yield "factor", "without `backoff: exponential`"
    if retry.backoff == "fixed" and retry.max_delay is not None and retry.max_delay >= retry.delay:
        yield "max_delay", "where all waits are the same"


def _idle(path: Path, reason: str) -> Finding:
    key = path[-1]
    return Finding(
        Place(path, "key"),
        f"`{key}` has no effect {reason}",
        f"delete `{key}`, or add what it needs",
        mend=Mend(f"Delete `{key}`", (Patch("delete", path),)),
        tags=("unnecessary",),
    )
