"""An expression is written without `${{ … }}`.

## Why it matters

Without the braces it is text. Other tools evaluate the text of a condition; Flow evaluates only
what is marked.

## Fails

```yaml
flow: 1
name: greet
inputs: {loud: boolean}
steps:
  hello:
    when: inputs.loud
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {loud: boolean}
steps:
  hello:
    when: ${{ inputs.loud }}
    uses: std.log
    with: {message: hello}
```

## How to fix

Write it between `${{` and `}}`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_shape, from_syntax

RULE = Rule("FL119", "bare-expression", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Text that is meant as an expression."""
    yield from from_shape(module, "bare-expression")
    yield from from_syntax(module, "bare-expression")
