"""A pipeline calls another one that needs a secret which the caller does not declare.

## Why it matters

The list `secrets` at the top of a file says all that a run of it can read. A secret that only a
called file lists would slip past whoever reads, reviews or schedules the caller, and the run has
no value for it.

## Fails

```yaml
flow: 1
name: morning
steps:
  tell:
    uses: ./tell.flow.yaml
```

```yaml file=tell.flow.yaml
flow: 1
name: tell
secrets: [MAIL_KEY]
steps:
  send:
    uses: std.http
    with: {url: "https://example.com", token: "${{ secrets.MAIL_KEY }}"}
```

## Passes

```yaml
flow: 1
name: morning
secrets: [MAIL_KEY]
steps:
  tell:
    uses: ./tell.flow.yaml
```

```yaml file=tell.flow.yaml
flow: 1
name: tell
secrets: [MAIL_KEY]
steps:
  send:
    uses: std.http
    with: {url: "https://example.com", token: "${{ secrets.MAIL_KEY }}"}
```

## How to fix

Add the name to the caller's `secrets` too, and to those of the files that call the caller.
"""

from collections.abc import Iterator

from flow_core.analysis.taint import declaration
from flow_core.components.signature import Signature
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL509", "secret-not-declared-by-caller", Severity.ERROR, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """Each missing secret once, at the first call that needs it."""
    missing: set[str] = set()
    for path in module.calls:
        signature = module.called(path)
        for name in signature.secrets if signature else ():
            if signature and name not in (*module.pipeline.secrets, *missing):
                missing.add(name)
                yield _finding(module, name, path, signature)


def _finding(module: Module, name: str, path: Path, signature: Signature) -> Finding:
    called = Place((*path, "uses"))
    listed = bool(module.pipeline.secrets)
    return Finding(
        Place(("secrets",)) if listed else called,
        f"pipeline `{signature.name}` needs the secret `{name}`, which its caller does not declare",
        f"add it: `secrets: [{', '.join((*module.pipeline.secrets, name))}]`",
        (Related(called, f"`{signature.name}` is called here"),) if listed else (),
        declaration(module, name),
    )
