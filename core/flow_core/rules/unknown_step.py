"""An expression or `depends_on` names a step that the file does not have.

## Why it matters

The step can never be waited for, and what is read of it is not there.

## Fails

```yaml
flow: 1
name: greet
steps:
  fetch:
    uses: std.http
    with: {url: https://example.com/name}
  hello:
    uses: std.log
    with:
      message: Hello ${{ json(steps.fetched.outputs.body) }}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  fetch:
    uses: std.http
    with: {url: https://example.com/name}
  hello:
    uses: std.log
    with:
      message: Hello ${{ json(steps.fetch.outputs.body) }}
```

## How to fix

Correct the name. Steps are found by their keys under `steps`, wherever in the file they stand.
"""

import re
from collections.abc import Iterator

from flow_core.analysis.uses import Use
from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, rewrite
from flow_core.suggest import closest
from flow_core.syntax.nodes import Mapping

RULE = Rule("FL201", "unknown-step", Severity.ERROR)

MOST_GUESSES = 100
"""For how many names a likely one is looked for; each look goes through all steps."""


def check(module: Module) -> Iterator[Finding]:
    """Names of steps that are none."""
    if not isinstance(module.document.get(("steps",)), Mapping):
        return
    meant: dict[tuple[str, str], str | None] = {}
    for use in module.uses:
        name = use.target
        if name in module.steps or _is_lost(module, name):
            continue
        key = (use.step, name)
        if key not in meant:
            meant[key] = _closest(module, use) if len(meant) < MOST_GUESSES else None
        yield _finding(module, use, meant[key])


def _is_lost(module: Module, name: str) -> bool:
    """Whether the step may be there, in a part of the file that can't be read."""
    broken = bool(module.document.problems)
    return broken and re.search(rf"\b{re.escape(name)}\s*['\"]?:", module.document.text) is not None


def _closest(module: Module, use: Use) -> str | None:
    visible = (name for name in module.steps if module.graph.sees(use.place.path, name))
    return closest(use.target, visible)


def _finding(module: Module, use: Use, meant: str | None) -> Finding:
    message = f"there is no step `{use.target}`"
    if meant is None:
        return Finding(use.name, message, "name a key of `steps`")
    if meant == use.step:
        return Finding(use.name, message, f"what `{meant}` itself gives is `outputs` here")
    known = module.steps[use.step].step.depends_on if use.explicit else ()
    mend = None if meant in known else rewrite(module, use.name, meant)
    return Finding(use.name, message, f"did you mean `{meant}`?", mend=mend)
