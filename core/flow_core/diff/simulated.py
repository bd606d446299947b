"""What a change does to time and cost: both versions, simulated alike."""

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from flow_core.expr.unknown import unknown
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate import SimulationError, simulate
from flow_core.simulate.run import plan_of
from flow_core.simulate.sampling import Spread, sample

if TYPE_CHECKING:
    from flow_core.module import Module

_SEED = 0
_SAMPLES = 200
_ATTEMPTS = 20_000
"""So many attempts are drawn at most, roughly: large pipelines get fewer samples."""


class Figures(msgspec.Struct, frozen=True):
    """What simulating one version came to. Durations in microseconds."""

    duration: Spread
    cost: Spread
    failure_probability: float
    critical_path: tuple[str, ...]


class Delta(msgspec.Struct, frozen=True):
    """Both versions, and which steps can no longer, or only now, run.

    Where a version can't be simulated there are no figures, and ``omitted`` says why.
    """

    old: Figures | None = None
    new: Figures | None = None
    unreachable: tuple[str, ...] = ()
    reachable: tuple[str, ...] = ()
    omitted: str = ""

    @property
    def differs(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.old != self.new or self.unreachable or self.reachable or self.omitted)


def simulated_delta(old: "Module", new: "Module") -> Delta:
    """What simulations of both versions come to; inputs that have to be given are unknown."""
    delta = Delta(unreachable=_dead_since(old, new), reachable=_dead_since(new, old))
    which = "old"
    try:
        before = _figures(old)
        which = "new"
        return replace(delta, old=before, new=_figures(new))
    except SimulationError as error:
        return replace(delta, omitted=f"the {which} version can't be simulated: {error.message}")


def _dead_since(before: "Module", after: "Module") -> tuple[str, ...]:
    """The steps of both that never run in one version, and may in the other."""
    dead, known = after.liveness.cause, before.liveness.cause
    return tuple(name for name in dead if name in before.steps and name not in known)


def _figures(module: "Module") -> Figures:
    plan = plan_of(module)
    inputs: dict[str, Any] = {
        name: unknown(f"the input `{name}`")
        for name, port in module.pipeline.inputs.items()
        if port.required
    }
    found = sample(plan, inputs, samples=_samples(plan), seed=_SEED)
    critical = simulate(plan, inputs, seed=_SEED).critical_path
    return Figures(found.duration, found.cost, found.failure_probability, tuple(critical))


def _samples(plan: PipelinePlan) -> int:
    steps = len(plan.graph.steps) or 1
    return max(1, min(_SAMPLES, _ATTEMPTS // steps))
