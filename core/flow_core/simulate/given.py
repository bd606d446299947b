"""What a run is given, looked at before it starts (R-input-3): inputs, and when it starts."""

import math
from collections.abc import Mapping
from typing import cast

import msgspec

from flow_core.diagnostics import Json
from flow_core.expr.times import parse_timestamp
from flow_core.expr.unknown import unknown
from flow_core.model.pipeline import Pipeline
from flow_core.places import Place
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.errors import SimulationError
from flow_core.suggest import closest
from flow_core.syntax.nodes import MAX_DEPTH
from flow_core.types.runtime import Misfit

_CODE = "FL803"


def check_inputs(plan: PipelinePlan, inputs: Mapping[str, Json], place: Place | None) -> None:
    """See that the inputs are those of a pipeline, and fit.

    ``place`` is where they stand; where that is nowhere, a message shows the input's declaration.

    Raises:
        SimulationError: one is unknown, missing, or does not fit.
    """
    for name in inputs:
        if name not in plan.inputs:
            raise _unknown(plan, name, place)
    for name, port in plan.inputs.items():
        shown = place or Place(("inputs", name), "key", file=plan.file)
        if name not in inputs:
            if port.required and port.default is msgspec.UNSET:
                help_ = f"give it: `--input {name}=…`, or `inputs` of a scenario"
                raise SimulationError(f"the input `{name}` is missing", shown, help_, _CODE)
            continue
        wrong = no_data(inputs[name])
        if wrong:
            raise SimulationError(f"`{name}`: {wrong}", shown, "", _CODE)
        try:
            port.check(inputs[name])
        except Misfit as misfit:
            raise SimulationError(f"`{name}`: {misfit.message}", shown, "", _CODE) from None


def with_unknown(pipeline: Pipeline, inputs: Mapping[str, Json]) -> dict[str, Json]:
    """Inputs, and unknown values for those that are required and missing (R-input-3)."""
    missing = (n for n, port in pipeline.inputs.items() if port.required and n not in inputs)
    return {**inputs, **{name: unknown(f"the input `{name}`") for name in missing}}


def _unknown(plan: PipelinePlan, name: str, place: Place | None) -> SimulationError:
    meant = closest(name, plan.inputs)
    known = ", ".join(f"`{each}`" for each in plan.inputs) or "none"
    help_ = f"did you mean `{meant}`?" if meant else f"its inputs: {known}"
    return SimulationError(f"`{plan.name}` has no input `{name}`", place, help_, _CODE)


def no_data(value: object, depth: int = 0) -> str:
    """Why a value is no JSON data, "" if it is: a value of Python can be more than that."""
    if depth > MAX_DEPTH:
        return f"this is nested deeper than {MAX_DEPTH} levels"
    match value:
        case None | bool() | int():
            return ""
        case float():
            return "" if math.isfinite(value) else f"{value} is no number"
        case str():
            return "" if _is_text(value) else "a character is only half there"
        case list():
            parts = cast("list[object]", value)
        case dict():
            found = cast("dict[object, object]", value)
            odd = next((key for key in found if not isinstance(key, str)), "")
            if odd != "":
                return f"the key `{odd!r}` is no text"
            parts = [*found, *found.values()]
        case _:
            name = type(value).__name__
            return f"{'an' if name[0] in 'aeiou' else 'a'} {name} is no JSON data"
    return next((wrong for part in parts if (wrong := no_data(part, depth + 1))), "")


def _is_text(text: str) -> bool:
    """Whether a text can be written in UTF-8: none of its characters is a lone surrogate."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def microseconds_of(start: str | None) -> int | None:
    """The time of a start as microseconds since 1970.

    Raises:
        SimulationError: it is no time.
    """
    if not start:
        return None
    moment = parse_timestamp(start)
    if moment is None:
        message = f"`{start}` is no time with an offset"
        raise SimulationError(message, None, "write `2026-01-31T06:00:00Z`")
    return moment.microseconds
