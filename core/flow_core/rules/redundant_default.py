"""A key says what would hold without it.

## Why it matters

What is written asks to be read. A key that only repeats the language's default hides those that
decide something.

## Fails

```yaml
flow: 1
name: fetch
steps:
  items:
    uses: std.http
    with: {url: "https://example.com"}
    retry:
      max_attempts: 3
      delay: 1s
      backoff: fixed
```

## Passes

```yaml
flow: 1
name: fetch
steps:
  items:
    uses: std.http
    with: {url: "https://example.com"}
    retry:
      max_attempts: 3
      delay: 1s
```

## How to fix

Delete the key; `flow docs` and the editor show what is in force.
"""

from collections.abc import Iterator
from functools import lru_cache

import msgspec

from flow_core.diagnostics import Finding, Json, Mend, Patch, Severity
from flow_core.durations import parse_duration
from flow_core.language.keys import key_at, records
from flow_core.language.type_keys import INPUT, TYPE_KEYS
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule
from flow_core.syntax.nodes import Mapping, Node, Scalar, Sequence

RULE = Rule("FL606", "redundant-default", Severity.OFF)


def check(module: Module) -> Iterator[Finding]:
    """Keys with their own defaults, where they are written and override nothing."""
    if module.document.root is not None and not module.is_scenario:
        for path, value in _scalars(module.document.root, ()):
            key = key_at(path)
            if key is not None and _is_same(value, key.default):
                yield _finding(path, value)


@lru_cache
def _names() -> frozenset[str]:
    """The names of the keys that have a default."""
    found = [key for record, _ in records("pipeline") for key in record.keys]
    found += (*TYPE_KEYS, *INPUT.keys)
    return frozenset(key.name for key in found if key.default is not msgspec.UNSET)


def _scalars(node: Node, path: Path) -> Iterator[tuple[Path, Scalar]]:
    """The scalars under such names, but of mappings that merge others: they may override."""
    match node:
        case Mapping(entries=entries):
            merges = any(entry.merges for entry in entries)
            for entry in entries:
                here = (*path, entry.key.text)
                if not isinstance(entry.value, Scalar):
                    yield from _scalars(entry.value, here)
                elif not merges and entry.key.text in _names():
                    yield here, entry.value
        case Sequence(items=items):
            for index, item in enumerate(items):
                yield from _scalars(item, (*path, index))
        case _:
            return


def _is_same(node: Scalar, default: "Json | msgspec.UnsetType") -> bool:
    if isinstance(node.value, str) and isinstance(default, str):
        duration = parse_duration(default)
        same_duration = duration is not None and parse_duration(node.value) == duration
        return node.value == default or same_duration
    if isinstance(node.value, bool) or isinstance(default, bool):
        return node.value is default
    return node.value == default


def _finding(path: Path, value: Scalar) -> Finding:
    name = path[-1]
    return Finding(
        Place(path, "entry"),
        f"`{name}` is `{value.text}` without being told",
        "delete it",
        mend=Mend(f"Delete `{name}`", (Patch("delete", path),)),
        tags=("unnecessary",),
    )
