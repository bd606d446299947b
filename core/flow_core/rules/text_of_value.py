"""A value without a text stands inside a text.

## Why it matters

In the middle of a text stand strings, numbers, booleans, times and durations. Lists and objects
have no single way to be written.

## Fails

```yaml
flow: 1
name: greet
inputs: {names: list<string>}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.names }}"}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {names: list<string>}
steps:
  hello:
    uses: std.log
    with: {message: "hello ${{ inputs.names.join(', ') }}"}
```

## How to fix

Write `json(x)` around it, join a list with `x.join(', ')`, or name a part of it.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from flow_core.analysis.misfits import misfit_findings
from flow_core.diagnostics import Edit, Finding, Mend, Severity
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.rules.rule import Rule, finding

RULE = Rule("FL316", "text-of-value", Severity.ERROR)

KINDS = ("not-text",)
PURPOSES = ("text",)


def check(module: Module) -> Iterator[Finding]:
    """Values in mixed texts, and names of concurrency groups, which are texts."""
    for problem in module.problems.of(*KINDS):
        found = finding(module, problem)
        yield replace(found, mend=_in_json(module, problem.place))
    yield from misfit_findings(module, "text")


def _in_json(module: Module, place: Place) -> Mend:
    """`json(…)` around an expression; the text is taken from the file, so escapes stay."""
    span = module.document.locate(place)
    edits = (
        Edit(module.file, Span(span.start, span.start), "json("),
        Edit(module.file, Span(span.end, span.end), ")"),
    )
    return Mend("Write it as JSON", safety="unsafe", edits=edits)
