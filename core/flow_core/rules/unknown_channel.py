"""A step writes or reads a channel that `state` does not declare.

## Why it matters

Channels have a type, a reducer and maybe a default; without a declaration there is nothing to write
to.

## Fails

```yaml
flow: 1
name: greet
state:
  mood: {type: string, default: calm}
steps:
  tease:
    uses: std.log
    with: {message: boo}
    set: {moood: angry}
outputs:
  mood: ${{ state.mood }}
```

## Passes

```yaml
flow: 1
name: greet
state:
  mood: {type: string, default: calm}
steps:
  tease:
    uses: std.log
    with: {message: boo}
    set: {mood: angry}
outputs:
  mood: ${{ state.mood }}
```

## How to fix

Correct the name, or declare the channel: `state: {mood: string}`.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Severity
from flow_core.module import Module
from flow_core.rules.rule import Rule, rewrite
from flow_core.suggest import closest

RULE = Rule("FL216", "unknown-channel", Severity.ERROR)


def check(module: Module) -> Iterator[Finding]:
    """Names in `set` and behind `state.` that are no channels; silent where none can be read."""
    if "state" in module.lost:
        return
    for name, writes in module.state.writes.items():
        if name not in module.pipeline.state:
            meant = closest(name, module.pipeline.state)
            for write in writes:
                own = module.graph.infos[write.step].step.set
                mend = None if meant in own else rewrite(module, write.place, meant)
                yield Finding(write.place, _message(name), _hint(name, meant), mend=mend)
    for problem in module.problems.of("unknown-channel"):
        name, meant = problem.about[1], problem.suggestion
        mend = rewrite(module, problem.place, meant)
        yield Finding(problem.place, _message(name), _hint(name, meant), mend=mend)


def _message(name: str) -> str:
    return f"there is no channel `{name}`"


def _hint(name: str, meant: str | None) -> str:
    declare = f"declare it: `state: {{{name}: …}}`"
    return f"did you mean `{meant}`?" if meant else declare
