"""The text is no YAML, or no JSON: a bracket is not closed, a colon is missing, a quote is lost.

## Why it matters

What can't be read has no meaning. The rest of the file is still checked as far as it is whole.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: "hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: "hello"}
```

## How to fix

Look at the place that is marked and at the line before it: close what is open.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL001", "syntax-error", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Faults of the text that no other rule reports."""
    yield from from_syntax(
        module,
        "bad-escape",
        "inline-list",
        "libyaml-missing",
        "missing-colon",
        "missing-comma",
        "missing-value",
        "stray-character",
        "syntax-error",
        "text-after-quote",
        "trailing-text",
        "unclosed-bracket",
        "unclosed-quote",
    )
