"""A line does not line up with what it belongs to.

## Why it matters

Indentation is what gives YAML its structure. A line that stands one space off belongs to something
else, or to nothing; a tab counts for nothing at all.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
      with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Line the key up with the others of its mapping, with spaces. An editor that shows blanks helps.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL004", "bad-indentation", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Lines that are indented too far, too little, or by tabs."""
    yield from from_syntax(module, "bad-indentation", "tab-indentation")
