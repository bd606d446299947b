"""Which faults a test wants: of which kinds, and at which steps."""

from collections.abc import Collection
from typing import TypeAlias, get_args

from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.faults import Kind
from flow_core.suggest import closest
from flow_testing.sweeps.spots import spots

Kinds: TypeAlias = Kind | Collection[Kind]
"""Kinds of faults, or the only one."""
Steps: TypeAlias = str | Collection[str]
"""Names of steps, or the only one."""


def chosen_kinds(each: Kinds) -> frozenset[Kind]:
    """The kinds of faults that a test asks for.

    Raises:
        SimulationError: one is none.

    >>> chosen_kinds("error")
    frozenset({'error'})
    """
    kinds: Collection[Kind] = (each,) if isinstance(each, str) else each
    for kind in kinds:
        if kind not in get_args(Kind):
            raise SimulationError(f"`{kind}` is no kind of fault: `error`, `timeout` or `slow`")
    return frozenset(kinds)


def chosen_steps(plan: PipelinePlan, steps: Steps | None) -> Collection[str] | None:
    """The steps at which a test asks for faults, None for all.

    Raises:
        SimulationError: the pipeline has none of a name.
    """
    chosen = (steps,) if isinstance(steps, str) else steps
    names = {part.partition("!")[0] for path in spots(plan) for part in path.split("/")}
    for step in chosen or ():
        if step not in names:
            near = closest(step, names)
            help_ = f"did you mean `{near}`?" if near else ""
            raise SimulationError(f"`{plan.name}` has no step `{step}`", None, help_)
    return chosen
