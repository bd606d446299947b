"""The steps may cost, or always cost, more than `budget.cost`.

## Why it matters

Each attempt is charged what its `estimate` says until it reports its cost. Once the budget is spent
no attempt starts any more, and the run ends as `budget_exceeded`.

## Fails

```yaml
flow: 1
name: ask
budget: {cost: 1}
components:
  ask:
    estimate: {p50: 2s, cost: 0.4}
    run: {shell: [ask-model]}
steps:
  ask:
    uses: ask
    retry: {max_attempts: 3}
```

## Passes

```yaml
flow: 1
name: ask
budget: {cost: 2}
components:
  ask:
    estimate: {p50: 2s, cost: 0.4}
    run: {shell: [ask-model]}
steps:
  ask:
    uses: ask
    retry: {max_attempts: 3}
```

## How to fix

Raise the budget, or bound the retries and repetitions of what costs the most. Lists of unknown
length are taken to have one element.
"""

from collections.abc import Iterator

from flow_core.diagnostics import Finding, Related, Severity
from flow_core.module import Module
from flow_core.places import Place
from flow_core.rules.rule import Rule

RULE = Rule("FL413", "worst-case-cost", Severity.WARNING, whole=True)

_MOST_NOTES = 3


def check(module: Module) -> Iterator[Finding]:
    """A budget that the steps exceed, always or in the worst case."""
    budget = module.pipeline.budget.cost
    if budget is None:
        return
    found = module.worst_case.pipeline.cost
    if _exceeds(found.least, budget):
        verdict = f"by their estimates the steps cost at least {found.least:.6g}"
    elif _exceeds(found.most, budget):
        verdict = f"in the worst case the steps cost {found.most:.6g}"
        verdict += "" if found.bounded else " or more"
    else:
        return
    yield Finding(
        Place(("budget", "cost")),
        f"{verdict}, and the budget allows {budget:.6g}",
        "allow more, or bound the retries and repetitions of what costs the most",
        tuple(_notes(module)),
    )


def _exceeds(cost: float, budget: float) -> bool:
    """Whether a sum is above a bound by more than adding up doubles may err."""
    return cost > budget * (1 + 1e-9)


def _notes(module: Module) -> Iterator[Related]:
    """The steps that cost the most."""
    costs = [
        (module.worst_case.step(step).cost.most, step) for step in module.pipeline.steps.values()
    ]
    costs.sort(key=lambda pair: -pair[0])
    for cost, step in costs[:_MOST_NOTES]:
        if cost:
            yield Related(Place(step.path, "key"), f"`{step.name}` may cost {cost:.6g}")
