"""A tag or a directive has no meaning here.

## Why it matters

Every Flow file is also a JSON document, which has neither. A tag such as `!secret` looks as if it
did something, and does nothing.

## Fails

```yaml
flow: 1
name: greet
steps:
  hello:
    uses: std.log
    with:
      message: !upper hello
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

Remove the tag or the directive. Text that starts with `!` needs quotes.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL014", "unsupported-yaml", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Tags and directives."""
    yield from from_syntax(module, "bad-directive", "custom-tag", "tag-mismatch")
