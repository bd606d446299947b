"""A secret stands in the file in clear.

## Why it matters

Files are committed, copied and mailed; a secret in one of them is known to everyone who ever sees
it, and stays in the history when the line is gone. That holds for what an input marked `secret` is
given, for its `default`, and for text that can only be a key: of AWS, Stripe, GitHub, GitLab, Slack
and others, or a private key.

## Fails

```yaml
flow: 1
name: fetch
steps:
  items:
    uses: std.http
    with:
      url: https://example.com/items
      token: 9f86d081884c7d65
```

## Passes

```yaml
flow: 1
name: fetch
secrets: [ITEMS_TOKEN]
steps:
  items:
    uses: std.http
    with:
      url: https://example.com/items
      token: ${{ secrets.ITEMS_TOKEN }}
```

## How to fix

List a name under `secrets`, read it as `${{ secrets.NAME }}`, and give its value where the pipeline
runs. A real secret that has been in a file is no secret any more: replace it.
"""

import re
from collections.abc import Iterator

import msgspec

from flow_core.components.signature import Port
from flow_core.diagnostics import Finding, Json, Severity
from flow_core.model.pipeline import Constant
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule

RULE = Rule("FL505", "secret-in-clear", Severity.WARNING)

_HELP = "declare it under `secrets`, and write `${{ secrets.NAME }}`"
_REPLACE = f"{_HELP}; if it is real, replace it, for whoever sees this file knows it"
_CREDENTIAL = re.compile(
    r"""(?<![0-9A-Za-z_])(?:
        (?P<aws>(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16})
      | (?P<stripe>[rs]k_live_[0-9A-Za-z]{16,255})
      | (?P<github>gh[oprsu]_[0-9A-Za-z]{36,255}|github_pat_[0-9A-Za-z_]{59,255})
      | (?P<gitlab>glpat-[0-9A-Za-z_\-]{20,255})
      | (?P<slack>xox[abeoprs]-[0-9]{8,20}-[0-9A-Za-z\-]{16,255})
      | (?P<google>AIza[0-9A-Za-z_\-]{35})
      | (?P<npm>npm_[0-9A-Za-z]{36})
      | (?P<sendgrid>SG\.[0-9A-Za-z_\-]{22}\.[0-9A-Za-z_\-]{43})
    )(?![0-9A-Za-z_])
    | (?P<url>\b[a-z][a-z0-9+.\-]{1,20}://[^\s/:@"'$<{]{1,64}:(?!pass(?:word)?@)[^\s/:@"'$<{]{3,64}@)
    | (?P<private>-----BEGIN\ (?:[A-Z]{2,10}\ ){0,2}PRIVATE\ KEY-----)""",
    re.VERBOSE,
)
"""Keys of a form that nothing else has."""

_MARKS = (
    *("AKIA", "ASIA", "k_live_", "gho_", "ghp_", "ghr_", "ghs_", "ghu_", "github_pat_"),
    *("glpat-", "xox", "AIza", "npm_", "SG.", "PRIVATE KEY", "://"),
)
"""One of these stands in every such key; to look for them first is many times faster."""

_ISSUERS = {
    "aws": "an access key of AWS",
    "stripe": "a live key of Stripe",
    "github": "a token of GitHub",
    "gitlab": "a token of GitLab",
    "slack": "a token of Slack",
    "google": "an API key of Google",
    "npm": "a token of npm",
    "sendgrid": "a key of SendGrid",
    "url": "a password in a URL",
    "private": "a private key",
}


def check(module: Module) -> Iterator[Finding]:
    """Literals of secret inputs, and what is a key wherever it stands."""
    yield from _credentials(module)
    for path, port, data in (*_arguments(module), *_defaults(module), *_scheduled(module)):
        for place in _texts(data, path):
            message = f"`{port.name}` is a secret, but is given in clear"
            yield Finding(Place(place), message, _HELP)


def _credentials(module: Module) -> Iterator[Finding]:
    """Keys in the text of the file, comments included."""
    text = module.document.text
    if not any(mark in text for mark in _MARKS):
        return
    for match in _CREDENTIAL.finditer(text):
        place = Place(start=match.start(), end=match.end())
        yield Finding(place, f"this looks like {_ISSUERS[match.lastgroup or '']}", _REPLACE)


def _arguments(module: Module) -> Iterator[tuple[Path, Port, Json]]:
    for site in module.sites.values():
        if site.role == "with" and isinstance(site.value, Constant):
            signature = module.called(site.call)
            port = signature.inputs.get(str(site.path[-1])) if signature else None
            if port and port.secret:
                yield site.path, port, site.value.data


def _defaults(module: Module) -> Iterator[tuple[Path, Port, Json]]:
    components = module.library.components.values()
    for ports in (module.pipeline.inputs, *(component.inputs for component in components)):
        for port in ports.values():
            if port.secret and port.default is not msgspec.UNSET:
                yield (*port.place.path, "default"), port, port.default


def _scheduled(module: Module) -> Iterator[tuple[Path, Port, Json]]:
    for index, entry in enumerate(module.pipeline.schedule):
        for name, data in entry.inputs.items():
            port = module.pipeline.inputs.get(name)
            if port and port.secret:
                yield ("schedule", index, "inputs", name), port, data


def _texts(data: Json, path: Path) -> Iterator[Path]:
    """The paths of the texts in a literal, but of those that are keys by their form."""
    match data:
        case str():
            if data and not _CREDENTIAL.search(data):
                yield path
        case list():
            for index, item in enumerate(data):
                yield from _texts(item, (*path, index))
        case dict():
            for name, item in data.items():
                yield from _texts(item, (*path, name))
        case _:
            return
