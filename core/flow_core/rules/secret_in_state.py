"""A secret is written to `state`.

## Why it matters

Channels are part of the run's record: they are stored, shown, and open to every later step. A
secret is meant for one input of one call.

## Fails

```yaml
flow: 1
name: sync
secrets: [API_KEY]
state:
  keys: {type: list<string>, reduce: append}
steps:
  fetch:
    uses: std.http
    with:
      url: https://example.com/items
      token: ${{ secrets.API_KEY }}
    set:
      keys: ["${{ secrets.API_KEY }}"]
outputs:
  body: ${{ steps.fetch.outputs.body }}
```

## Passes

```yaml
flow: 1
name: sync
secrets: [API_KEY]
state:
  statuses: {type: list<integer>, reduce: append}
steps:
  fetch:
    uses: std.http
    with:
      url: https://example.com/items
      token: ${{ secrets.API_KEY }}
    set:
      statuses: ["${{ outputs.status }}"]
outputs:
  body: ${{ steps.fetch.outputs.body }}
  statuses: ${{ state.statuses }}
```

## How to fix

Read `secrets.NAME` where it is needed instead of passing it on through `state`.
"""

from collections.abc import Iterator

from flow_core.analysis.taint import secret_uses
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL503", "secret-in-state", Severity.ERROR)
_HELP = "read the secret where it is needed; what is in `state` is stored with the run and shown"


def check(module: Module) -> Iterator[Finding]:
    """Secrets in `set`."""
    for use in secret_uses(module, "set"):
        channel = use.site.path[-1]
        message = f"channel `{channel}` of `state` is given the secret `{use.name}`"
        yield Finding(use.place, message, _HELP)
