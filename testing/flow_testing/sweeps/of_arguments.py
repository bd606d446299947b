"""Whether calls are given what they ask for by name."""

from collections.abc import Iterator

from flow_core.diagnostics import Json
from flow_core.simulate.fault_sweep import Call
from flow_core.types.runtime import Misfit
from flow_testing.sweeps.evidence import Evidence, Flaw
from flow_testing.sweeps.spots import Spot

Outputs = dict[str, dict[str, Json]]
"""What each step gave."""


def another_of_that_name(evidence: Evidence) -> Iterator[Flaw]:
    """FL835: a port gets a step's output, and another step has one of the port's name unused."""
    for world, case in evidence.bases():
        plain = [call for call in case.calls if call.outputs is not None]
        known = {c.start.path: c.outputs or {} for c in plain if "[" not in c.start.path}
        passed = [value for call in case.calls for value in call.start.inputs.values()]
        for call in case.calls:
            spot = evidence.spot(call.start.path)
            for name, given, meant in _mistaken(evidence, spot, call, known) if spot else ():
                if spot and known[meant][name] not in passed:
                    message = (
                        f"`{name}` is given {given}, "
                        f"though `{meant}` gives a `{name}` that nothing takes"
                    )
                    help_ = f"write `${{{{ steps.{meant}.outputs.{name} }}}}`"
                    yield Flaw("FL835", spot.place, message, help_, world, case)


def _mistaken(
    evidence: Evidence, spot: Spot, call: Call, known: Outputs
) -> Iterator[tuple[str, str, str]]:
    """Ports with what they are given, and the step before that gives something of their name."""
    for name, value in call.start.inputs.items():
        source = _source(known, value)
        if source is None or name in source:
            continue
        for step, outputs in known.items():
            named = outputs.get(name)
            is_before = step != source[0] and evidence.order.is_after(call.start.path, step)
            if is_before and named not in (None, value) and _fits(spot, name, named):
                yield name, f"`{source[1]}` of `{source[0]}`", step


def _source(known: Outputs, value: Json) -> tuple[str, str] | None:
    """The step and the output that a value came from; None of values that say too little."""
    if not value or isinstance(value, bool | int | float):
        return None
    found = ((step, name) for step, gave in known.items() for name in gave if gave[name] == value)
    return next(found, None)


def _fits(spot: Spot, port: str, value: Json) -> bool:
    """Whether a port of a call takes a value."""
    try:
        for leaf in spot.leaves:
            leaf.inputs[port].check(value)
    except (KeyError, Misfit):
        return False
    return True
