"""An output of a pipeline, a group or a `value` holds a secret.

## Why it matters

Outputs are shown, logged, stored with the run and handed to whoever called the pipeline. A secret
in one of them has left the only places where it is kept safe: ports that are marked `secret`.

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
      token: ${{ secrets.API_KEY }}
outputs:
  key: ${{ secrets.API_KEY }}
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
outputs:
  items: ${{ steps.fetch.outputs.body }}
```

## How to fix

Give out what was made with the secret, not the secret. A caller that needs the secret too declares
it under its own `secrets`.
"""

from collections.abc import Iterator

from flow_core.analysis.taint import secret_uses
from flow_core.diagnostics import Finding, Severity
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL501", "secret-in-output", Severity.ERROR)
_HELP = "give out what was made with it; a caller that needs it declares it under `secrets`"


def check(module: Module) -> Iterator[Finding]:
    """Secrets in outputs and in what `value` gives."""
    for use in secret_uses(module, "output", "value"):
        yield Finding(use.place, f"{_subject(use.site)} holds the secret `{use.name}`", _HELP)


def _subject(site: Site) -> str:
    if site.role == "value":
        return "`value`"
    name = site.path[len(site.call) + 1]
    return f"output `{name}`"
