"""A request goes to an `http://` address: nothing is encrypted on the way.

## Why it matters

Without TLS everyone between the two ends can read and change what is sent, tokens and keys
included. Addresses of the machine itself (`localhost`, `127.0.0.1`, `[::1]`) are fine.

## Fails

```yaml
flow: 1
name: fetch
steps:
  items:
    uses: std.http
    with:
      url: http://example.com/items
```

## Passes

```yaml
flow: 1
name: fetch
steps:
  items:
    uses: std.http
    with:
      url: https://example.com/items
```

## How to fix

Write `https://`. Where a service really offers no TLS, say so in a comment that silences the line:
`# flow: ignore[FL507] only reachable inside the cluster`.
"""

import re
from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.fields import fields, named, text
from flow_core.model.pipeline import Constant, Interpolation, Value
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule, rewrite

RULE = Rule("FL507", "plain-http", Severity.WARNING)

_PLAIN = re.compile(
    r"http(?=://(?P<host>\[[^\]]*\]|[^/:?#$\s]+))",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"(?:.+\.)?localhost|127(?:\.[0-9]+){3}|\[::1\]", re.IGNORECASE)


def check(module: Module) -> Iterator[Finding]:
    """Addresses of `std.http` calls and of components that a request runs."""
    for path, address in (*_called(module), *_run(module)):
        match = _PLAIN.match(address)
        if match and not _LOCAL.fullmatch(match["host"]):
            place = Place(path, start=0, end=match.end())
            yield Finding(
                place,
                f"the request to `{match['host']}` is not encrypted: `http` instead of `https`",
                "write `https://`",
                mend=rewrite(module, place, "https"),
            )


def _called(module: Module) -> Iterator[tuple[Path, str]]:
    """The literal beginnings of the URLs that `std.http` is given."""
    for site in module.sites.values():
        if site.role == "with" and site.path[-1] == "url":
            signature = module.called(site.call)
            if signature and signature.kind == "std" and signature.name == "http":
                yield site.path, _beginning(site.value)


def _beginning(value: Value) -> str:
    match value:
        case Constant(data=str(address)):
            return address
        case Interpolation(parts=(str(beginning), *_)):
            return beginning
        case _:
            return ""


def _run(module: Module) -> Iterator[tuple[Path, str]]:
    """The URLs of the file's own components."""
    for name, component in named(fields(module.document.root).get("components")).items():
        request = fields(fields(fields(component).get("run")).get("http"))
        if "url" in request:
            yield ("components", name, "run", "http", "url"), text(request["url"])
