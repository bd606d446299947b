"""An imported Python module has a syntax error, so nothing of it is known.

## Why it matters

Python can't import it either: every run would fail at the first call of one of its functions.

## Fails

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
    return "receipt
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

Mend the syntax of the module; the finding shows where Python gave up.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL716", "broken-python", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """One finding for each module that can't be parsed, at its first import."""
    seen: set[str] = set()
    for alias, target in module.imports.items():
        library = module.imported(alias).library
        if library is None or library.file in seen:
            continue
        seen.add(library.file)
        for problem in library.problems:
            if problem.kind == "python-syntax":
                place, message = Place(("imports", alias)), f"`{target}`: {problem.message}"
                notes = (Related(problem.place, problem.message),)
                yield Finding(place, message, problem.help, notes)
