"""Whether calls are given what they ask for by name."""

from collections.abc import Iterator

from flow_core.diagnostics import Json
from flow_core.plan.find import without_indices
from flow_core.types.runtime import Misfit
from flow_testing.sweeps.evidence import Evidence, Flaw
from flow_testing.sweeps.spots import Spot


def another_of_that_name(evidence: Evidence) -> Iterator[Flaw]:
    """FL835: a port gets a step's output, and another step has one of the port's name unused."""
    for world, case, _ in evidence.runs():
        if case.plan.faults:
            continue
        known: dict[str, dict[str, Json]] = {}
        for call in case.calls:
            if call.outputs is not None and "[" not in call.start.path:
                known[without_indices(call.start.path)] = call.outputs
        passed = [value for call in case.calls for value in call.start.inputs.values()]
        for call in case.calls:
            spot = evidence.spot(call.start.path)
            for name, value in call.start.inputs.items():
                source = _source(known, value)
                if spot is None or source is None or source[1] == name or source[0] == name:
                    continue
                for step, outputs in known.items():
                    named = outputs.get(name)
                    if (
                        step != source[0]
                        and _fits(spot, name, named)
                        and named not in (None, value, *passed)
                        and evidence.order.is_after(call.start.path, step)
                    ):
                        message = f"`{name}` is given `{source[1]}` of `{source[0]}`, though `{step}` gives a `{name}` that nothing takes"
                        help_ = f"write `${{{{ steps.{step}.outputs.{name} }}}}`"
                        yield Flaw("FL835", spot.place, message, help_, world, case)


def _source(known: dict[str, dict[str, Json]], value: Json) -> tuple[str, str] | None:
    """The step and the output that a value came from; None of values that say too little."""
    if value is None or isinstance(value, bool | int | float) or not value:
        return None
    for step, outputs in known.items():
        for name, each in outputs.items():
            if each == value:
                return step, name
    return None


def _fits(spot: Spot, port: str, value: Json) -> bool:
    try:
        return any(leaf.inputs[port].check(value) is not None for leaf in spot.leaves)
    except (KeyError, Misfit):
        return False
