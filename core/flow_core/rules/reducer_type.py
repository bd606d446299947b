"""The reducer of a channel can't work with its type.

## Why it matters

`append` joins lists, `merge` objects, `sum` adds numbers or durations, `min` and `max` compare.
With any other type the first read of the channel would fail.

## Fails

```yaml
flow: 1
name: greet
state:
  names: {type: string, reduce: append}
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
state:
  names: {type: list<string>, reduce: append}
steps:
  hello:
    uses: std.log
    with: {message: hello}
    set: {names: [hello]}
finally:
  tell:
    uses: std.log
    with: {message: "${{ json(state.names) }}"}
```

## How to fix

Change the type, or the reducer: `last` works with every type.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule
from flow_core.types import alternatives, show, without_null
from flow_core.types.kinds import (
    AnyType,
    DatetimeType,
    DurationType,
    ListType,
    MapType,
    NumberType,
    ObjectType,
    StringType,
)

RULE = Rule("FL323", "reducer-type", Severity.ERROR)

_ADDED = (NumberType, DurationType)
_COMPARED = (*_ADDED, StringType, DatetimeType)
_KINDS: dict[str, tuple[type, ...]] = {
    "append": (ListType,),
    "merge": (ObjectType, MapType),
    "sum": _ADDED,
    "min": _COMPARED,
    "max": _COMPARED,
}
_WORDS = {
    "append": "a list",
    "merge": "an object or a map",
    "sum": "numbers or durations",
    "min": "numbers, strings, times or durations",
    "max": "numbers, strings, times or durations",
}


def check(module: Module) -> Iterator[Finding]:
    """Each channel's reducer against its type."""
    for name, channel in module.pipeline.state.items():
        admitted = _KINDS.get(channel.reduce, ())
        found = alternatives(without_null(channel.type))
        if admitted and not all(isinstance(one, (AnyType, *admitted)) for one in found):
            words = _WORDS[channel.reduce]
            message = f"`{channel.reduce}` needs {words}, and `{name}` is `{show(channel.type)}`"
            hint = f"write `list<{show(channel.type)}>`" if channel.reduce == "append" else ""
            yield Finding(Place(("state", name, "type")), message, hint or _OTHER)


_OTHER = "change the type, or take `reduce: last`, which works with every type"
