"""How runs end: they do, with values that fit, and well where nothing goes wrong."""

from collections.abc import Iterator, Mapping

from flow_core.diagnostics import Json
from flow_core.places import Place
from flow_core.simulate.fault_sweep import Case
from flow_core.simulate.run import Run
from flow_testing.sweeps.evidence import Evidence, Flaw, Trial, errors
from flow_testing.sweeps.worlds import World

_OF_VALUES = ("type_error", "expression_error")


def never_succeeds(evidence: Evidence) -> Iterator[Flaw]:
    """FL820: not one world in which the pipeline does what it is there for."""
    runs = [(world, case, case.run) for world, case in evidence.bases() if case.run is not None]
    if not runs or any(run.succeeded for _, _, run in runs):
        return
    world, case, run = runs[0]
    error = run.error
    what = f"{run.status} with {error.name} at `{error.step}`" if error else run.status
    message = f"no run goes well, though nothing goes wrong in it: the first ends as {what}"
    place = evidence.place(error.step if error else "")
    yield Flaw("FL820", place, message, "look at the timeline of that run", world, case)


def never_ends(evidence: Evidence) -> Iterator[Flaw]:
    """FL821: a run that waits for what never comes, or that makes attempts without end."""
    for world, case in evidence.cases():
        if case.error is not None:
            place = case.error.place if case.error.place.file else evidence.place("")
            yield Flaw("FL821", place, case.error.message, case.error.help, world, case)
        elif case.run is not None and case.run.outcome is None:
            for path in case.run.waiting:
                message = f"the run never ends: nothing ends the wait of `{path}`"
                help_ = "give it a `timeout`"
                yield Flaw("FL821", evidence.place(path), message, help_, world, case)


def misfits(evidence: Evidence) -> Iterator[Flaw]:
    """FL822: values of the right types that an expression or a port can't take."""
    for world, case, run in evidence.runs():
        for error in errors(run):
            if error.name in _OF_VALUES:
                message = f"{error.name} though all values fit their types: {error.message}"
                help_ = "guard it (`coalesce`, `has`, a `when`), or narrow the type of the source"
                yield Flaw("FL822", evidence.place(error.step), message, help_, world, case)
        yield from _mute_compensations(evidence, run, world, case)


def _mute_compensations(evidence: Evidence, run: Run, world: World, case: Case) -> Iterator[Flaw]:
    """Compensations that make no call when they are due, as what they are given has no value."""
    started = {call.start.path for call in case.calls}
    for note in run.notes:
        spot = evidence.spot(note.path) if note.what == "compensating" else None
        if spot and spot.leaves and note.path not in started:
            message = "this compensation makes no call when it is due: it can't be evaluated"
            yield Flaw("FL822", spot.place, message, "look at what its `with` reads", world, case)


def budget_spent(evidence: Evidence) -> Iterator[Flaw]:
    """FL833: a budget that a run without a fault does not keep."""
    for trial in evidence.trials:
        for case in (trial.base, trial.late):
            if case.run is not None and case.run.status == "budget_exceeded":
                message = "a run in which nothing goes wrong does not keep within the budget"
                help_ = "raise the `budget`, or make fewer or shorter attempts"
                place = Place(("budget",), "key", file=evidence.plan.file)
                yield Flaw("FL833", place, message, help_, trial.world, case)


def silent_losses(evidence: Evidence) -> Iterator[Flaw]:
    """FL837: a fault makes an output null that the pipeline promises, and the run succeeds."""
    for trial in evidence.trials:
        before = (trial.base.run.outputs if trial.base.run else None) or {}
        for case in _without_stand_in(trial):
            for name in _lost(evidence, before, case):
                output = evidence.module.pipeline.outputs[name]
                place = Place(output.path, "key", file=evidence.plan.file)
                message = f"`{name}` is null in a run that succeeds though {case.plan}"
                help_ = "let the run fail, or give a value in the handler"
                yield Flaw("FL837", place, message, help_, trial.world, case)


def _without_stand_in(trial: Trial) -> Iterator[Case]:
    """The cases in which no handler gave a value: one that gives null says so."""
    for case in trial.sweep.cases[1:]:
        if case.run is not None and not any(note.how == "recovered" for note in case.run.notes):
            yield case


def _lost(evidence: Evidence, before: Mapping[str, Json], case: Case) -> Iterator[str]:
    """The outputs without a declared type that are null only with a fault."""
    outputs = (case.run.outputs if case.run else None) or {}
    declared = evidence.module.pipeline.outputs
    for name, value in outputs.items():
        has_type = name not in declared or declared[name].type is not None
        if value is None and before.get(name) is not None and not has_type:
            yield name
