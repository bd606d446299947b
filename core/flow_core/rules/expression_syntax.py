"""An expression can't be read.

## Why it matters

What can't be read can't be evaluated: the step would fail whenever it runs.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    when: ${{ inputs.name == 'Ada' && }}
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    when: ${{ inputs.name == 'Ada' }}
    uses: std.log
    with: {message: hello}
```

## How to fix

Expressions are written in CEL: `&&`, `||`, `!`, `==`, `a ? b : c`, `x in list`, `f(x)`, texts in
quotes. In YAML put quotes around a string that holds ` #` or `: `.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place, Span
from flow_core.rules.rule import Rule, from_problems

RULE = Rule("FL303", "expression-syntax", Severity.ERROR)

KINDS = (
    "unclosed-expression",
    "empty-expression",
    "missing-expression",
    "missing-name",
    "unexpected-token",
    "unexpected-character",
    "unclosed-bracket",
    "unclosed-string",
    "bad-escape",
    "bad-number",
    "unsigned-number",
    "reserved-word",
    "unsupported-syntax",
    "bad-macro",
    "too-deep",
)


def check(module: Module) -> Iterator[Finding]:
    """Faults of syntax, but where the text around the expression is broken already."""
    broken = [problem.span for problem in module.document.problems]
    for found in from_problems(module, *KINDS):
        if not any(_touch(span, module.document.locate(_whole(found.place))) for span in broken):
            yield found


def _whole(place: Place) -> Place:
    """The value that holds a place."""
    return Place(place.path)


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end
