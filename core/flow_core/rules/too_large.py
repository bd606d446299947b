"""The file is too large, too deep, or its aliases expand without bound.

## Why it matters

Aliases of aliases multiply: a few lines can stand for more values than fit into memory. Flow reads
at most 200,000 values from aliases, 100 levels of nesting and 50 million characters, and shows at
most 1,000 problems of a file.

## Fails

```yaml
flow: 1
name: greet
x-one: &one [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
x-two: &two [*one, *one, *one, *one, *one, *one, *one, *one, *one, *one]
x-three: &three [*two, *two, *two, *two, *two, *two, *two, *two, *two, *two]
x-four: &four [*three, *three, *three, *three, *three, *three, *three, *three, *three, *three]
x-five: &five [*four, *four, *four, *four, *four, *four, *four, *four, *four, *four]
x-six: &six [*five, *five, *five, *five, *five, *five, *five, *five, *five, *five]
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

Read data from a file in a step, and put inner parts into pipelines of their own.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, from_syntax

RULE = Rule("FL012", "too-large", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """What goes beyond the limits of what is read."""
    yield from from_syntax(module, "expansion-bomb", "too-deep", "too-large")
