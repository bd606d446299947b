"""The scenario that shows a way through a pipeline which an exploration has found."""

from collections.abc import Mapping
from typing import Any

from flow_core.diagnostics import Json
from flow_core.markers import has_unknown
from flow_core.plan.find import find_calls, find_step
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate.explore import Way
from flow_core.types.example import example


def scenario_of(plan: PipelinePlan, way: Way, inputs: Mapping[str, Json]) -> dict[str, Any]:
    """A scenario as the language writes it: mocks that end each attempt as it did on this way.

    Outputs are examples of their types: where a condition reads one, ``assumed`` says how it was
    taken to come out, and the value has to be chosen so.
    """
    attempts: dict[str, list[Json]] = {}
    assumed: dict[str, bool] = {}
    for choice in way.choices:
        if choice.how in ("true", "false"):
            assumed[choice.what] = choice.how == "true"
        else:
            attempts.setdefault(choice.what, []).append(_mock(plan, choice.what, choice.how))
    found: dict[str, Any] = {
        "inputs": {name: value for name, value in inputs.items() if not has_unknown(value)},
        "mocks": {path: _shortest(mocks) for path, mocks in attempts.items()},
        "expect": {"status": way.end.status},
    }
    return {**found, "assumed": assumed} if assumed else found


def _mock(plan: PipelinePlan, path: str, how: str) -> Json:
    if how in ("hangs", "no answer"):
        return {"hang": True}
    if how != "ok":
        return {"fail": how}
    step = find_step(plan, path)
    calls = find_calls(step, path) if step else []
    leaf = next((call for call in calls if isinstance(call, Leaf)), None)
    return {"returns": example(leaf.type) if leaf else {}}


def _shortest(mocks: list[Json]) -> Json:
    """One mock for all attempts where there is one that stays the same."""
    return mocks[0] if len(mocks) == 1 and mocks[0] != {"hang": True} else list(mocks)
