"""A mock fails with an error that the component never raises.

## Why it matters

An error of another name is `unexpected` in the run, so the handlers and retries that are meant are
not tested, while the run fails just as the scenario may expect.

## Fails

```yaml
flow_test: 1
pipeline: ./greet.flow.yaml
scenarios:
  somebody is greeted:
    inputs: {name: Ada}
    mocks:
      greet: {fail: Unknd}
    expect:
      status: failed
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

Name one of the errors that the component declares, or one that the language raises by itself, such
as `timeout` or `unexpected`. If the component does raise the error, declare it there.
"""

from collections.abc import Iterator

from flow_core.analysis.raises import BUILT_IN
from flow_core.analysis.tested import errors_of
from flow_core.diagnostics import Finding, Severity
from flow_core.model.scenario import Mock
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule, rewrite
from flow_core.suggest import closest

RULE = Rule("FL805", "unknown-mock-error", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Names of errors that what is mocked can't raise, where all that it raises is known."""
    if module.tested is None or not module.tested.is_whole:
        return
    for scenario in module.scenario.scenarios.values():
        for mocks in scenario.mocks.values():
            errors = errors_of(module.tested.mocked(mocks.key))
            for mock in mocks.attempts:
                if mock.fail and errors is not None and mock.fail not in (*errors, *BUILT_IN):
                    yield _finding(module, mocks.key, mock, sorted(errors - {*BUILT_IN}))


def _finding(module: Module, key: str, mock: Mock, errors: list[str]) -> Finding:
    place = Place((*mock.path, "fail"))
    meant = closest(mock.fail, (*errors, *BUILT_IN))
    listed = ", ".join(f"`{name}`" for name in errors[:8])
    known = (
        f"it raises {listed}"
        if listed
        else "it declares no errors; `unexpected` is always possible"
    )
    return Finding(
        place,
        f"`{key}` never raises `{mock.fail}`",
        f"did you mean `{meant}`?" if meant else known,
        mend=rewrite(module, place, meant),
    )
