"""The file is almost JSON: it has comments, a comma too many, or the wrong quotes.

## Why it matters

JavaScript, JSON5 and Python allow what JSON forbids. Other tools that read the file will refuse it.

## Fails

```json
{
  "flow": 1,
  "name": 'greet', // no comments either
  "steps": {"hello": {"uses": "std.log", "with": {"message": "hello"}}},
}
```

## Passes

```json
{
  "flow": 1,
  "name": "greet",
  "steps": {"hello": {"uses": "std.log", "with": {"message": "hello"}}}
}
```

## How to fix

Apply the fixes, or turn the file into YAML by `flow convert`, which has comments.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL017", "json-syntax", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """What is JavaScript or Python, but not JSON."""
    yield from from_syntax(module, "bare-word", "json-comment", "single-quotes", "trailing-comma")
