"""An import is never used.

## Why it matters

It tells readers of a dependency that is none, and a change of that file seems to concern this one.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: "python:shop"}
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

```python file=shop.py
from flow_core import component


@component
def charge(amount: float) -> str:
    return "receipt"
```

## Passes

```yaml
flow: 1
name: sell
imports: {shop: "python:shop"}
steps:
  pay:
    uses: shop.charge
    with: {amount: 5}
```

```python file=shop.py
from flow_core import component


@component
def charge(amount: float) -> str:
    return "receipt"
```

## How to fix

Delete the import, or use a component or a type of it.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, removal

RULE = Rule("FL704", "unused-import", Severity.WARNING, whole=True)


def check(module: Module) -> Iterator[Finding]:
    """Aliases that no call and no type begins with; none where part of the file is unreadable."""
    if not module.shows_uses:
        return
    used = _called(module) | _in_types(module)
    for alias in module.imports:
        if alias not in used and module.imported(alias).problem is None:
            mend = removal(module, ("imports", alias), f"Delete the import `{alias}`", "safe")
            message = f"nothing of `{alias}` is used"
            place = Place(("imports", alias), "entry")
            yield Finding(place, message, "delete it", (), mend, ("unnecessary",))


def _called(module: Module) -> set[str]:
    calls = (info.call for info in module.calls.values())
    return {call.target.rpartition(".")[0] for call in calls if isinstance(call, Uses)}


def _in_types(module: Module) -> set[str]:
    """The aliases in types; that they were read shows only when all types have been, forms too."""
    for path in module.calls:
        module.resolved(path)
    _ = module.reading, module.library
    return module.type_names.aliases
