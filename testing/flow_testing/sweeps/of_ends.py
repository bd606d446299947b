"""How runs end: they do, with values that fit, and well where nothing goes wrong."""

from collections.abc import Iterator

from flow_core.kernel.events import Error
from flow_core.places import Place
from flow_core.simulate.fault_sweep import Case
from flow_core.simulate.run import Run
from flow_testing.sweeps.evidence import Evidence, Flaw, errors
from flow_testing.sweeps.worlds import World

_OF_VALUES = ("type_error", "expression_error")


def never_succeeds(evidence: Evidence) -> Iterator[Flaw]:
    """FL820: not one world in which the pipeline does what it is there for."""
    bases = [(trial.world, trial.sweep.cases[0]) for trial in evidence.trials]
    runs = [(world, case, case.run) for world, case in bases if case.run is not None]
    if not runs or any(run.succeeded for _, _, run in runs):
        return
    world, case, run = runs[0]
    error = run.error
    what = f"{run.status} with {error.name} at `{error.step}`" if error else run.status
    message = f"no run goes well, though nothing goes wrong in it: the first ends as {what}"
    place = (
        evidence.place(error.step) if error else Place(("steps",), "key", file=evidence.plan.file)
    )
    yield Flaw("FL820", place, message, "look at the timeline of that run", world, case)


def never_ends(evidence: Evidence) -> Iterator[Flaw]:
    """FL821: a run that waits for what never comes, or that makes attempts without end."""
    for world, case in evidence.cases():
        if case.error is not None:
            place = (
                case.error.place
                if case.error.place.file
                else Place(("steps",), "key", file=evidence.plan.file)
            )
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
                yield _misfit(evidence, error, world, case)
        yield from _uncompensated(evidence, run, world, case)


def _misfit(evidence: Evidence, error: Error, world: World, case: Case) -> Flaw:
    message = f"{error.name} in a run with values that fit the types: {error.message}"
    help_ = "guard the expression (`coalesce`, `has`, a `when`), or give the port a narrower type"
    return Flaw("FL822", evidence.place(error.step), message, help_, world, case)


def _uncompensated(evidence: Evidence, run: Run, world: World, case: Case) -> Iterator[Flaw]:
    """A compensation that fails though no fault met it: what it is given can't be evaluated."""
    started = {call.start.path for call in case.calls}
    for note in run.notes:
        undo = f"{note.path.removesuffix('!compensate')}!compensate"
        spot = evidence.spot(undo) if note.what == "compensating" else None
        if spot and spot.leaves and undo not in started:
            message = "this compensation makes no call when it is needed: it can't be evaluated"
            help_ = "look at what its `with` reads"
            yield Flaw("FL822", spot.place, message, help_, world, case)


def budget_spent(evidence: Evidence) -> Iterator[Flaw]:
    """FL833: a budget that a run without a fault does not keep."""
    for trial in evidence.trials:
        for case in (trial.sweep.cases[0], trial.late):
            if case.run is not None and case.run.status == "budget_exceeded":
                message = "a run in which nothing goes wrong does not keep within the budget"
                help_ = "raise the `budget`, or make less or shorter attempts"
                place = Place(("budget",), "key", file=evidence.plan.file)
                yield Flaw("FL833", place, message, help_, trial.world, case)


def silent_losses(evidence: Evidence) -> Iterator[Flaw]:
    """FL837: a fault makes an output null that the pipeline promises, and the run succeeds."""
    declared = evidence.module.pipeline.outputs
    for trial in evidence.trials:
        base = trial.sweep.cases[0].run
        if base is None or not base.outputs:
            continue
        for case in trial.sweep.cases[1:]:
            if case.run is None or any(note.what == "caught" for note in case.run.notes):
                continue  # a handler that gives null says so
            outputs = case.run.outputs or {}
            for name, value in outputs.items():
                output = declared.get(name)
                if (
                    value is None
                    and base.outputs.get(name) is not None
                    and output
                    and output.type is None
                ):
                    place = Place(output.path, "key", file=evidence.plan.file)
                    message = f"`{name}` is null in a run that succeeds though {case.plan}"
                    help_ = "let the run fail, give a value in the handler, or declare the output's type with `?`"
                    yield Flaw("FL837", place, message, help_, trial.world, case)
