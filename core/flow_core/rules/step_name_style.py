"""The name of a step is not written in `snake_case`.

## Why it matters

Step names appear in expressions, mocks, signals and pictures. One style for all of them means that
nobody has to remember which step was written how.

## Fails

```yaml
flow: 1
name: greet
steps:
  sayHello:
    uses: std.log
    with: {message: hello}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  say_hello:
    uses: std.log
    with: {message: hello}
```

## How to fix

Rename the step, and all that refers to it: expressions, `depends_on`, scenarios. A renamed step is
a new one for runs that are under way.
"""

from collections.abc import Iterator

from flow_core.analysis.naming import is_snake_case, snake_case
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL604", "step-name-style", Severity.OFF)


def check(module: Module) -> Iterator[Finding]:
    """Steps, those of groups included."""
    for name, info in module.steps.items():
        if name.isidentifier() and not is_snake_case(name):
            message = f"step `{name}` is not written in `snake_case`"
            help_ = f"rename it to `{snake_case(name)}`, with all that refers to it"
            yield Finding(Place(info.step.path, "key"), message, help_)
