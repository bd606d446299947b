"""An expression inside of `{…}` or `[…]` has no quotes.

## Why it matters

The braces of `${{ … }}` are brackets to YAML there: it reads mappings where text was meant, and the
first `}` ends the value.

## Fails

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: ${{ inputs.name }}}
```

## Passes

```yaml
flow: 1
name: greet
inputs: {name: string}
steps:
  hello:
    uses: std.log
    with: {message: "${{ inputs.name }}"}
```

## How to fix

Quote the whole value, or write the mapping on lines of its own, where expressions need no quotes.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL005", "unquoted-expression", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Expressions that YAML takes for brackets."""
    yield from from_syntax(module, "flow-expression")
