"""A secret that the file asks for is used by nothing in it.

## Why it matters

A run does not start without its secrets, and a secret that is not needed is better not given.

## Fails

```yaml
flow: 1
name: greet
secrets: [MAIL_KEY]
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
secrets: [MAIL_KEY]
steps:
  hello:
    uses: std.http
    with:
      url: https://example.com/mail
      token: ${{ secrets.MAIL_KEY }}
```

## How to fix

Delete it from the list. What a called file needs must stay there: that counts as a use.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Safety, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, removal

RULE = Rule("FL211", "unused-secret", Severity.WARNING, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """Secrets that neither the file nor what it calls reads."""
    if not module.is_pipeline:
        return
    safety: Safety = "safe" if module.shows_uses else "unsafe"
    for index, name in enumerate(module.pipeline.secrets):
        if not module.usage.reads("secrets", name) and name not in module.usage.called_secrets:
            mend = removal(module, ("secrets", index), f"Delete the secret `{name}`", safety)
            place = Place(("secrets", index))
            message = f"nothing reads the secret `{name}`"
            yield Finding(place, message, "delete it", (), mend, ("unnecessary",))
