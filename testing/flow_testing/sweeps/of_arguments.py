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
    """FL835: a port gets something else, and a step gives something of its name that is unused."""
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
    """Ports with what they are given, and the step that gives something of their name."""
    path, order = call.start.path, evidence.order
    for name, value in call.start.inputs.items():
        given = _given(evidence, spot, known, name, value)
        for step, outputs in known.items() if given else ():
            named = outputs.get(name)
            is_late = order.is_after(step, path) or step == path or "!" in step
            is_seen = path.startswith(step[: step.rfind("/") + 1]) and not is_late
            if is_seen and named not in (None, value) and _fits(spot, name, named):
                yield name, given, step


def _given(evidence: Evidence, spot: Spot, known: Outputs, name: str, value: Json) -> str:
    """What a port gets, in words; "" where that says too little, or bears the name itself."""
    sources = [(step, each) for step, gave in known.items() for each in gave if gave[each] == value]
    is_named = any(name in source for source in sources)
    if not value or isinstance(value, bool | int | float) or is_named:
        return ""
    if sources:
        step, output = sources[0]
        return f"`{output}` of `{step}`"
    formulas = [formula for leaf in spot.leaves for port, formula in leaf.arguments if port == name]
    module = evidence.module.project.module(spot.file)
    is_plain = any(formula.is_constant for formula in formulas)
    has_input = module is not None and name in module.pipeline.inputs
    return "" if is_plain or has_input or not formulas else "another value"


def _fits(spot: Spot, port: str, value: Json) -> bool:
    """Whether a port of a call takes a value."""
    try:
        for leaf in spot.leaves:
            leaf.inputs[port].check(value)
    except (KeyError, Misfit):
        return False
    return True
