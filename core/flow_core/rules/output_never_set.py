"""An output is always null: the steps that it is read from never succeed.

## Why it matters

Callers are promised a value that no run can give.

## Fails

```yaml
flow: 1
name: greet
steps:
  ask:
    when: false
    uses: std.http
    with: {url: https://example.com/name}
outputs:
  name: ${{ steps.ask.outputs.body }}
```

## Passes

```yaml
flow: 1
name: greet
steps:
  ask:
    uses: std.http
    with: {url: https://example.com/name}
outputs:
  name: ${{ steps.ask.outputs.body }}
```

## How to fix

Read the output from a step that can succeed, or delete it.
"""

from collections.abc import Iterator

from flow_core.analysis.uses import Mention
from flow_core.diagnostics import Finding, Related, Severity
from flow_core.model.pipeline import Constant
from flow_core.model.sites import Site
from flow_core.module import Module
from flow_core.places import Path, Place
from flow_core.rules.rule import Rule
from flow_core.types import alternatives
from flow_core.types.kinds import NullType

RULE = Rule("FL210", "output-never-set", Severity.WARNING)


def check(module: Module) -> Iterator[Finding]:
    """Outputs, of the pipeline and of groups, that are null in every run."""
    mentions: dict[Path, list[Mention]] = {}
    for mention in module.mentions:
        if mention.site.role == "output":
            mentions.setdefault(mention.site.path, []).append(mention)
    for path, found in mentions.items():
        site = module.sites[path]
        if missing := _missing(module, found):
            yield _of_step(module, site, missing)
        elif _is_null(module, site):
            yield Finding(
                Place(path), f"{_name(site)} is always null", "give a value, or delete it"
            )


def _missing(module: Module, mentions: list[Mention]) -> str:
    """A step without whose outputs there is no value, and that never succeeds."""
    steps: list[str] = []
    for mention in mentions:
        match mention.path:
            case ("steps", step, "outputs", *_) if not mention.reference.guarded:
                steps.append(step)
            case _:
                return ""
    if not all(step in module.steps and not module.liveness.succeeds(step) for step in steps):
        return ""
    return steps[0]


def _is_null(module: Module, site: Site) -> bool:
    type_ = module.typing.checked(site.path).result.type
    return not isinstance(site.value, Constant) and all(
        isinstance(member, NullType) for member in alternatives(type_)
    )


def _name(site: Site) -> str:
    last = site.path[-1] if site.path[-2] == "outputs" else site.path[-2]
    return f"the output `{last}`"


def _of_step(module: Module, site: Site, step: str) -> Finding:
    cause = module.liveness.cause.get(step, step)
    ends = "never runs" if step in module.liveness.cause else "never succeeds"
    note = Related(Place(module.steps[cause].step.path, "key"), f"`{cause}` {ends}")
    message = f"{_name(site)} is never set: `{step}` {ends}"
    hint = "read it from a step that can succeed, or delete it"
    return Finding(Place(site.path), message, hint, (note,))
