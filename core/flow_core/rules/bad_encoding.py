r"""A character can't be read, or must not stand in a text.

## Why it matters

Files are UTF-8. Bytes that are none come from an editor that saves in another encoding, and every
tool guesses differently what they mean. Control characters are invisible and never meant.

## Fails

```json
{
  "flow": 1,
  "name": "greet",
  "steps": {"hello": {"uses": "std.log", "with": {"message": "hello \ud83d"}}}
}
```

## Passes

```json
{
  "flow": 1,
  "name": "greet",
  "steps": {"hello": {"uses": "std.log", "with": {"message": "hello \ud83d\ude00"}}}
}
```

## How to fix

Save the file as UTF-8, and write control characters as escapes in a double-quoted string.
"""

import re
from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL015", "bad-encoding", Severity.ERROR)

_UNDECODABLE = re.compile("[\udc80-\udcff]+")
"""Bytes that are no UTF-8, as Python's ``surrogateescape`` shows them."""


def check(module: Module) -> Iterator[Finding]:
    """Another encoding, or bytes that are no text and characters that texts must not hold."""
    other = list(from_syntax(module, "other-encoding"))
    yield from other or _unreadable(module)


def _unreadable(module: Module) -> Iterator[Finding]:
    for run in _UNDECODABLE.finditer(module.document.text):
        source = run[0].encode(errors="surrogateescape").hex(" ")
        word = "byte" if len(run[0]) == 1 else "bytes"
        place = Place(start=run.start(), end=run.end())
        verb = "is" if word == "byte" else "are"
        yield Finding(place, f"the {word} `{source}` {verb} no UTF-8", "save the file as UTF-8")
    for finding in from_syntax(module, "invalid-character", "lone-surrogate"):
        if not _UNDECODABLE.match(module.document.text, finding.place.start):
            yield finding
