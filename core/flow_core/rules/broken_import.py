"""An imported or called file has mistakes of its own, so not all of it is known here.

## Why it matters

What can't be read there is taken for anything here, so mistakes in this file may go unseen.

## Fails

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
steps:
  pay:
    uses: shop.charge
    with: {amount: 5}
```

```yaml file=shop.flow.yaml
flow: 1
name: shop
components:
  charge:
    inputs: {amount: number}
    run: {shell: [charge]
```

## Passes

```yaml
flow: 1
name: sell
imports: {shop: ./shop.flow.yaml}
steps:
  pay:
    uses: shop.charge
    with: {amount: 5}
```

```yaml file=shop.flow.yaml
flow: 1
name: shop
components:
  charge:
    inputs: {amount: number}
    run: {shell: [charge]}
```

## How to fix

Mend that file first; `flow validate` of a Flow file tells all its mistakes.
"""

from collections.abc import Iterator

from flow_core.analysis.resolve import PATHS, Resolution
from flow_core.components.library import Library
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.pipeline import Uses
from flow_core.module import Module
from flow_core.places import Place
from flow_core.problems import Problem
from flow_core.rules.rule import Rule
from flow_core.syntax.problems import LOSING_NOTHING

RULE = Rule("FL712", "broken-import", Severity.WARNING)

_UNSEEN = (("steps",), ("finally",))
"""The parts of a pipeline that nobody sees from outside."""


def check(module: Module) -> Iterator[Finding]:
    """One finding for each file, at the first import or call of it."""
    seen: set[str] = {module.file}
    for place, found in _used(module):
        home = found.module.file if found.module else found.library.file if found.library else ""
        if home not in seen:
            seen.add(home)
            target = module.scalar_text(place.path) or "the file"
            yield from _broken(place, target, found)


def _used(module: Module) -> Iterator[tuple[Place, Resolution]]:
    """What this file gets from elsewhere, and where it says so."""
    for alias in module.imports:
        yield Place(("imports", alias)), module.imported(alias)
    for path, info in module.calls.items():
        if isinstance(info.call, Uses) and info.call.target.startswith(PATHS):
            yield Place((*path, "uses")), module.resolved(path)


def _broken(place: Place, target: str, found: Resolution) -> Iterator[Finding]:
    """The first mistake: of a Flow file's syntax, or of what a Python module offers."""
    mistakes = list(_of_flow(found.module) if found.module else _of_python(found.library))
    if not mistakes:
        return
    first = mistakes[0]
    count = len(mistakes)
    more = f" (and {count - 1} more)" if count > 1 else ""
    message = f"not all of `{target}` is known: {first.message}{more}"
    yield Finding(place, message, first.help, (Related(first.place, first.message),))


def _of_flow(module: Module) -> Iterator[Problem]:
    """The mistakes that hide something from who calls or imports; what the steps do is not seen."""
    for problem in module.document.problems:
        section = module.document.at(problem.span.start)[0][:1]
        if problem.kind not in LOSING_NOTHING and section not in _UNSEEN:
            place = Place(start=problem.span.start, end=problem.span.end, file=module.file)
            yield Problem(problem.kind, place, problem.message, problem.help)


def _of_python(library: Library | None) -> Iterator[Problem]:
    """What hides single components; a module that can't be parsed is an error of its own."""
    problems = library.problems if library else ()
    yield from (problem for problem in problems if problem.kind != "python-syntax")
