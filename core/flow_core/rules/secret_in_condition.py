"""A condition, a `for_each` or a concurrency group depends on a secret.

## Why it matters

Which way a run went is in its trace, for everyone to read. A decision that a secret takes tells
something about it, and a list of `for_each` or the name of a group shows it outright.

## Fails

```yaml
flow: 1
name: sync
secrets: [API_KEY]
steps:
  fetch:
    uses: std.http
    when: ${{ secrets.API_KEY != '' }}
    with:
      url: https://example.com/items
      token: ${{ secrets.API_KEY }}
```

## Passes

```yaml
flow: 1
name: sync
secrets: [API_KEY]
inputs:
  online: boolean
steps:
  fetch:
    uses: std.http
    when: ${{ inputs.online }}
    with:
      url: https://example.com/items
      token: ${{ secrets.API_KEY }}
```

## How to fix

Decide by an ordinary input, or let a component that takes the secret give the answer as an output.
"""

from collections.abc import Iterator

from flow_core.analysis.taint import secret_uses
from flow_core.diagnostics import Finding, Severity
from flow_core.model.sites import Role
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL504", "secret-in-condition", Severity.ERROR)
_ROLES: tuple[Role, ...] = (
    "when",
    "for_each",
    "until",
    "branch.when",
    "retry.when",
    "catch.when",
    "concurrency.group",
)
_HELP = "decide by an ordinary input, or by an output of a component that takes the secret"


def check(module: Module) -> Iterator[Finding]:
    """Secrets in what decides how a run goes."""
    for use in secret_uses(module, *_ROLES):
        key = use.site.role.rpartition(".")[2]
        message = f"`{key}` depends on the secret `{use.name}`, and what it decides is shown"
        yield Finding(use.place, message, _HELP)
