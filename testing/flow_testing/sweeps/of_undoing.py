"""Whether compensations undo what was done."""

from collections.abc import Iterator

from flow_core.diagnostics import Json
from flow_core.simulate.fault_sweep import Case
from flow_testing.sweeps.evidence import Evidence, Flaw

Inputs = dict[str, Json]


def undone_wrongly(evidence: Evidence) -> Iterator[Flaw]:
    """FL825: a compensation is given another value than what the step gave under that name."""
    for world, case, _ in evidence.runs():
        for path, inputs in _undoing(case):
            undone = path.removesuffix("!compensate")
            name, source = _other_value(case, undone, inputs)
            spot = evidence.spot(path)
            if spot and name:
                message = (
                    f"`{name}` of this compensation is another value than the one among the "
                    f"{source} of `{undone}`"
                )
                write = f"${{{{ outputs.{name} }}}}"
                help_ = (
                    f"write `{write}`" if source == "outputs" else "pass what the step was given"
                )
                yield Flaw("FL825", spot.place, message, help_, world, case)


def _undoing(case: Case) -> Iterator[tuple[str, Inputs]]:
    """The compensations of a run that were called, or that would be if it failed later."""
    for call in case.calls:
        if call.start.path.endswith("!compensate"):
            yield call.start.path, call.start.inputs
    for kept in case.run.kernel.root.registrations if case.run else ():
        yield kept.path, kept.inputs


def _other_value(case: Case, undone: str, given: Inputs) -> tuple[str, str]:
    """An argument that is none of the values that the step had under that name, and where."""
    calls = [call for call in case.calls if call.start.path == undone and call.outputs is not None]
    gave = [call.outputs or {} for call in calls]
    took = [call.start.inputs for call in calls]
    for name, value in given.items():
        for source, known in (("outputs", gave), ("inputs", took)):
            values = [each[name] for each in known if name in each]
            if values and value not in values:
                return name, source
            if values:
                break
    return "", ""
