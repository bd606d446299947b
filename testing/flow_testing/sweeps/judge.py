"""Sweeps a pipeline and judges what that has shown."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.faults import FaultPlan
from flow_core.simulate.run import plan_of
from flow_testing.sweeps import (
    of_arguments,
    of_effects,
    of_ends,
    of_errors,
    of_reach,
    of_times,
    of_undoing,
)
from flow_testing.sweeps.evidence import Evidence, Flaw, Trial
from flow_testing.sweeps.worlds import choose_worlds, sweeper

if TYPE_CHECKING:
    from flow_core.module import Module

MOST_RUNS = 2_000
"""So many runs are made of a pipeline unless asked otherwise."""

Oracle: TypeAlias = Callable[[Evidence], Iterator[Flaw]]

ORACLES: tuple[Oracle, ...] = (
    of_ends.never_succeeds,
    of_ends.never_ends,
    of_ends.misfits,
    of_ends.budget_spent,
    of_ends.silent_losses,
    of_effects.not_undone,
    of_effects.left_behind,
    of_effects.gates_that_hold_nothing,
    of_undoing.undone_wrongly,
    of_errors.untaken,
    of_errors.outage_not_retried,
    of_errors.not_outlasted,
    of_errors.unlucky,
    of_reach.unreached,
    of_reach.never_runs,
    of_times.cut_when_late,
    of_times.hardly_any_time,
    of_times.waits_out_of_proportion,
    of_arguments.another_of_that_name,
)


class Judged(msgspec.Struct, frozen=True):
    """A pipeline with what was tried and what is held against it."""

    evidence: Evidence
    flaws: tuple[Flaw, ...]

    @property
    def cases(self) -> int:
        """How many runs were made with faults or without."""
        return sum(len(trial.sweep.cases) for trial in self.evidence.trials)


def judge(
    module: "Module",
    *,
    depth: int = 2,
    most: int = MOST_RUNS,
    tick: Callable[[], object] = lambda: None,
) -> Judged:
    """Sweep the pipeline of a module.

    Raises:
        SimulationError: it has errors.
    """
    plan = plan_of(module)
    evidence = Evidence(module, plan, tuple(trials(plan, depth=depth, most=most, tick=tick)))
    found: dict[tuple[str, object], Flaw] = {}
    for oracle in ORACLES:
        for flaw in oracle(evidence):
            found.setdefault((flaw.code, flaw.place), flaw)
    return Judged(evidence, tuple(found.values()))


def trials(
    plan: PipelinePlan, *, depth: int, most: int, tick: Callable[[], object] = lambda: None
) -> Iterator[Trial]:
    """What is tried: in each world that was chosen all faults, and all calls slow.

    There are ``most`` runs at most, those of the first world first.
    """
    left = most
    for world in choose_worlds(plan, tick=tick):
        swept = sweeper(plan, world).sweep(depth, max(left, 1), tick)
        late = sweeper(plan, world, late=True).run(FaultPlan())
        left -= len(swept.cases)
        yield Trial(world, swept, late)
