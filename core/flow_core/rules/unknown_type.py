"""A type is named that nothing defines.

## Why it matters

A value of an unknown type can't be checked, so every mistake behind it stays hidden until a run.

## Fails

```yaml
flow: 1
name: greet
types:
  Person: {fields: {name: string}}
inputs:
  person: Persn
steps:
  hello:
    uses: std.log
    with: {message: "${{ json(inputs.person) }}"}
```

## Passes

```yaml
flow: 1
name: greet
types:
  Person: {fields: {name: string}}
inputs:
  person: Person
steps:
  hello:
    uses: std.log
    with: {message: "${{ json(inputs.person) }}"}
```

## How to fix

Write one of the names of the language (`string`, `integer`, `list<T>`, …), a name under `types`, or
`alias.Name` of an import. Words of other languages (`str`, `int`, `array`) have a name here too.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from flow_core.diagnostics import Finding, Severity
from flow_core.fields import text
from flow_core.module import Module
from flow_core.problems import Problem
from flow_core.rules.rule import Rule, finding, from_problems
from flow_core.suggest import closest

RULE = Rule("FL301", "unknown-type", Severity.ERROR)

KINDS = ("unknown-type", "foreign-type")


def check(module: Module) -> Iterator[Finding]:
    """Names in types; those of other languages too."""
    yield from from_problems(module, "foreign-type")
    for problem in module.problems.of("unknown-type"):
        found = _unknown(module, problem)
        if module.is_whole or (found.suggestion and "types" not in module.lost):
            yield finding(module, found)  # else what defines it may be unreadable


def _unknown(module: Module, problem: Problem) -> Problem:
    """The problem with the name that is most likely meant."""
    place = problem.place
    name = text(module.document.get(place.path))[max(place.start, 0) : place.end]
    alias, dot, _ = name.rpartition(".")
    if dot and alias not in module.imports:
        hint = f"nothing is imported as `{alias}`: import it, or declare the type under `types`"
        return replace(problem, help=hint)
    meant = problem.suggestion or closest(name, _known(module, alias))
    return replace(problem, help=f"did you mean `{meant}`?", suggestion=meant) if meant else problem


def _known(module: Module, alias: str) -> list[str]:
    """The names of the types of an import, or of the file and all that it imports."""
    own = [] if alias else list(module.pipeline.types)
    aliases = [alias] if alias else list(module.imports)
    return [*own, *(f"{each}.{name}" for each in aliases for name in _types(module, each))]


def _types(module: Module, alias: str) -> Iterator[str]:
    found = module.imported(alias)
    library = found.module.library if found.module else found.library
    yield from library.types if library else ()
