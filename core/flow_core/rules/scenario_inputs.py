"""The inputs of a scenario are not those of its pipeline.

## Why it matters

A scenario starts the pipeline like any caller: each required input must be given, none that the
pipeline does not have, and each with a value that fits its type. Else the run ends before its first
step.

## Fails

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {nme: Ada}
    mocks:
      greet: {returns: {text: "Hello, Ada!"}}
    expect:
      status: succeeded
      ran: [greet, say]
      outputs: {text: "Hello, Ada!"}
```

```yaml file=greet.flow.yaml
flow: 1
name: greet
inputs:
  name: string
components:
  greet:
    inputs: {name: string}
    outputs: {text: string}
    errors: {Unkind: it would not}
    run: {python: "shop:greet"}
steps:
  greet:
    uses: greet
    with: {name: "${{ inputs.name }}"}
  say:
    uses: std.log
    with: {message: "${{ steps.greet.outputs.text }}"}
outputs:
  text: ${{ steps.greet.outputs.text }}
```

## Passes

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      greet: {returns: {text: "Hello, Ada!"}}
    expect:
      status: succeeded
      ran: [greet, say]
      outputs: {text: "Hello, Ada!"}
```

```yaml file=greet.flow.yaml
flow: 1
name: greet
inputs:
  name: string
components:
  greet:
    inputs: {name: string}
    outputs: {text: string}
    errors: {Unkind: it would not}
    run: {python: "shop:greet"}
steps:
  greet:
    uses: greet
    with: {name: "${{ inputs.name }}"}
  say:
    uses: std.log
    with: {message: "${{ steps.greet.outputs.text }}"}
outputs:
  text: ${{ steps.greet.outputs.text }}
```

## How to fix

Give each input by its name. Inputs with a `default`, or whose type admits null, may be left out.
"""

from collections.abc import Iterator

from flow_core.analysis.misfits import literal_findings
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.fields import named
from flow_core.model.scenario import Scenario
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule, rewrite
from flow_core.suggest import closest
from flow_core.types import literal_problems

RULE = Rule("FL803", "scenario-inputs", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Inputs that are missing, unknown or ill-typed; secrets that are unknown."""
    if module.tested is None or not module.tested.is_whole:
        return
    tested = module.tested.module
    for scenario in module.scenario.scenarios.values():
        yield from _missing(module, tested, scenario)
        for noun, known in (("input", tested.pipeline.inputs), ("secret", module.tested.secrets)):
            yield from _unknown(module, (*scenario.path, f"{noun}s"), noun, sorted(known))
        yield from _ill_typed(module, tested, scenario)


def _missing(module: Module, tested: Module, scenario: Scenario) -> Iterator[Finding]:
    path: Path = (*scenario.path, "inputs")
    place = Place(path, "key") if module.document.get(path) else Place(scenario.path, "key")
    for name, port in tested.pipeline.inputs.items():
        meant = closest(name, [given for given in scenario.inputs if _is_stranger(tested, given)])
        if port.required and not port.env and name not in scenario.inputs and not meant:
            note = Related(port.place, f"input `{name}` is declared here")
            message = f"required input `{name}` is missing"
            yield Finding(place, message, f"add `{name}` to `inputs`", (note,))


def _is_stranger(tested: Module, name: str) -> bool:
    return name not in tested.pipeline.inputs


def _unknown(module: Module, path: Path, noun: str, known: list[str]) -> Iterator[Finding]:
    given = module.document.get(path)
    names = named(given)
    for name in names:
        if name not in known:
            place = Place((*path, name), "key")
            meant = closest(name, [each for each in known if each not in names])
            help_ = f"did you mean `{meant}`?" if meant else _listing(noun, known)
            message = f"the pipeline has no {noun} `{name}`"
            yield Finding(place, message, help_, mend=rewrite(module, place, meant))


def _listing(noun: str, known: list[str]) -> str:
    if not known:
        return f"it has no {noun}s; leave it out"
    return f"it has {', '.join(f'`{name}`' for name in known[:8])}"


def _ill_typed(module: Module, tested: Module, scenario: Scenario) -> Iterator[Finding]:
    for name, value in scenario.inputs.items():
        port = tested.pipeline.inputs.get(name)
        if port is not None:
            path = (*scenario.path, "inputs", name)
            yield from literal_findings(
                literal_problems(value, port.type, path, module.scalar_text)
            )
