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
from flow_core.rules.rule import Rule, finding

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
    for problem in module.problems.of(*KINDS):
        if not module.is_faulty(problem.place.path):
            yield finding(module, problem)
