"""A secret is handed to an input that is not marked `secret`.

## Why it matters

Only an input marked `secret` is kept out of logs, traces and the journal. What enters any other
input is written down as it is: a token in a URL or a log message is a token that leaked.

## Fails

```yaml
flow: 1
name: report
secrets: [API_KEY]
steps:
  tell:
    uses: std.log
    with:
      message: "using ${{ secrets.API_KEY }}"
```

## Passes

```yaml
flow: 1
name: report
secrets: [API_KEY]
steps:
  fetch:
    uses: std.http
    with:
      url: https://example.com/items
      token: ${{ secrets.API_KEY }}
```

## How to fix

Hand it to an input that is marked `secret` (`token` and `secret_headers` of `std.http`,
`secret_env` of `std.shell`), or mark the input of your own component:
`{type: string, secret: true}`, in Python `Secret[str]`. Leave it out of messages.
"""

from collections.abc import Iterator

from flow_core.analysis.taint import SecretUse, secret_uses
from flow_core.components.signature import Port, Signature
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule

RULE = Rule("FL502", "secret-to-plain-port", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Secrets among the arguments of inputs that are known, and known to be plain."""
    for use in secret_uses(module, "with"):
        signature = module.called(use.site.call)
        port = signature.inputs.get(str(use.site.path[-1])) if signature else None
        if signature and port and not port.secret:
            yield _finding(use, signature, port)


def _finding(use: SecretUse, signature: Signature, port: Port) -> Finding:
    message = f"input `{port.name}` is not marked `secret`, but is given the secret `{use.name}`"
    declared = Related(port.place, f"`{port.name}` is declared here, without `secret: true`")
    notes = () if signature.kind == "std" else (declared,)
    return Finding(use.place, message, _help(signature), notes)


def _help(signature: Signature) -> str:
    secret = [f"`{name}`" for name, port in signature.inputs.items() if port.secret]
    if secret:
        return f"hand it to {' or '.join(secret)}, which is made for secrets"
    if signature.kind == "std":
        return "leave it out; only inputs that are marked `secret` keep a secret"
    return "leave it out, or mark the input with `secret: true` where it is declared"
