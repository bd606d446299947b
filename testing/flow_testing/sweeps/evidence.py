"""What a sweep of a pipeline has shown: the evidence that is judged."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from flow_core.kernel.events import Error
from flow_core.places import Place
from flow_core.plan.find import without_indices
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.fault_sweep import Case, Sweep
from flow_core.simulate.run import Run
from flow_testing.sweeps.spots import Order, Spot, spots
from flow_testing.sweeps.worlds import World

if TYPE_CHECKING:
    from flow_core.module import Module


class Flaw(msgspec.Struct, frozen=True):
    """Something that a sweep holds against a pipeline. ``case`` of ``world`` shows it."""

    code: str
    place: Place
    message: str
    help: str
    world: World | None = None
    case: Case | None = None


class Trial(msgspec.Struct, frozen=True):
    """A world and all that was tried in it; ``late`` is its run in which everything takes long."""

    world: World
    sweep: Sweep
    late: Case

    @property
    def base(self) -> Case:
        """The run without faults."""
        return self.sweep.cases[0]


class Evidence:
    """All trials of a pipeline."""

    def __init__(self, module: "Module", plan: PipelinePlan, trials: tuple[Trial, ...]) -> None:
        self.module = module
        self.plan = plan
        self.trials = trials

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """The calls of the pipeline by their paths without indices."""
        return spots(self.plan)

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """The paths of the steps among them, but for those that handle or undo something."""
        return tuple(path for path in self.spots if "!" not in path)

    @cached_property
    def order(self) -> Order:
        """What waits for what."""
        return Order(self.plan)

    @cached_property
    def compensates(self) -> bool:
        """Whether anything in the pipeline is ever undone."""
        return any(spot.role.endswith("compensate") for spot in self.spots.values())

    def spot(self, path: str) -> Spot | None:
        """What stands at a path of a run."""
        return self.spots.get(without_indices(path))

    def place(self, path: str) -> Place:
        """Where the thing at a path stands; the steps as a whole where that is unsure."""
        spot = self.spot(path)
        return spot.place if spot else Place(("steps",), "key", file=self.plan.file)

    def cases(self) -> Iterator[tuple[World, Case]]:
        """All that was tried, the plainest first."""
        for trial in self.trials:
            for case in trial.sweep.cases:
                yield trial.world, case

    def runs(self) -> Iterator[tuple[World, Case, Run]]:
        """The same, where it could be simulated."""
        for world, case in self.cases():
            if case.run is not None:
                yield world, case, case.run

    def failed(self) -> Iterator[tuple[World, Case, Run]]:
        """The runs that failed."""
        return ((world, case, run) for world, case, run in self.runs() if run.status == "failed")

    def bases(self) -> Iterator[tuple[World, Case]]:
        """The runs without faults."""
        return ((trial.world, trial.base) for trial in self.trials)

    @property
    def is_complete(self) -> bool:
        """Whether no bound was reached."""
        return all(trial.sweep.complete for trial in self.trials)


def errors(run: Run) -> Iterator[Error]:
    """All errors of a run's steps with their causes, the handled ones too, each once."""
    seen: set[int] = set()
    results = [*run.steps.values(), *run.inner_steps.values()]
    found = [result.error for result in results if result.error]
    todo = [*found, *(run.outcome.errors if run.outcome else ())]
    while todo:
        error = todo.pop()
        if id(error) in seen:
            continue
        seen.add(id(error))
        yield error
        if error.cause is not None:
            todo.append(error.cause)


def succeeded_effects(run: Run, *, handlers: bool = False) -> list[str]:
    """The paths of the calls that ended well, in order, without indices, each once.

    Those of steps, and with ``handlers`` those that took an error; no compensations.
    """
    ended = (note for note in run.notes if note.what == "ended" and note.how == "ok")
    paths = (without_indices(note.path) for note in ended if not note.composite)
    kept = (p for p in paths if "!" not in p or (handlers and "!compensate" not in p))
    return list(dict.fromkeys(kept))
