"""A `retry` allows one attempt, so nothing is ever tried again.

## Why it matters

`max_attempts` includes the first attempt. Who writes 1 and means "once more" finds out when the
first failure ends the run.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    retry: {max_attempts: 1, delay: 5s}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.shell
    with: {command: [hello]}
    retry: {max_attempts: 2, delay: 5s}
```

## How to fix

Write 2 or more, or delete `retry`. To take away the retry of `defaults` from a step, write
`retry: null`; `retry: {max_attempts: 1}` without any other key does the same and is left alone
there.
"""

from collections.abc import Iterator

from flow_core.analysis.policies import Policy, walk_policies
from flow_core.diagnostics import Finding, Mend, Patch, Safety, Severity
from flow_core.fields import fields
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL401", "retry-never-fires", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Policies whose first attempt is their last."""
    for policy in walk_policies(module.pipeline):
        if policy.retry is None or policy.retry.max_attempts != 1:
            continue
        if not _replaces_default(module, policy) or _says_more(module, policy):
            yield _finding(module, policy)


def _finding(module: Module, policy: Policy) -> Finding:
    path = (*policy.path, "retry")
    needed = _replaces_default(module, policy)
    patch = Patch("replace", path, None) if needed else Patch("delete", path)
    safety: Safety = "unsafe" if _says_more(module, policy) else "safe"
    return Finding(
        Place((*path, "max_attempts")),
        f"{policy.owner} is never retried: `max_attempts` includes the first attempt",
        "write 2 or more, or take `retry` away",
        mend=Mend("Write `retry: null`" if needed else "Delete `retry`", (patch,), safety),
    )


def _replaces_default(module: Module, policy: Policy) -> bool:
    """Whether without this `retry` the one of `defaults` might apply."""
    return policy.role == "step" and module.pipeline.defaults.retry is not None


def _says_more(module: Module, policy: Policy) -> bool:
    """Whether the policy has keys that show that a retry was meant."""
    return len(fields(module.document.get((*policy.path, "retry")))) > 1
