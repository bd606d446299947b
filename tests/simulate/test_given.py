"""What a run does not start with."""

from typing import Any

import pytest
from simulating import module_of

from flow_core.plan.build import make_plan
from flow_core.simulate import SimulationError, simulate
from flow_core.simulate.explore import explore
from flow_core.simulate.sampling import sample

PIPELINE = """\
inputs:
  count: {type: integer, default: 1}
  text: {type: string, default: ""}
  free: {type: any, default: null}
steps: {a: {uses: k.work}}
"""
DEEP: list[Any] = []
for _ in range(2000):
    DEEP = [DEEP]
REFUSED = {
    "unknown": ({"cuont": 1}, "has no input `cuont`"),
    "another type": ({"count": "x"}, "`count`: .* integer is expected"),
    "a fraction": ({"count": 1.5}, "`count`: 1.5 is not a whole number"),
    "too large": ({"count": 2**63}, "`count`: .* 64 bits"),
    "half a character": ({"text": "\ud800"}, "`text`: a character is only half there"),
    "half a character in a key": ({"free": {"\ud800": 1}}, "`free`: a character"),
    "no number": ({"free": [float("nan")]}, "`free`: nan is no number"),
    "endless": ({"free": float("inf")}, "`free`: inf is no number"),
    "deep": ({"free": DEEP}, "`free`: this is nested deeper than 100 levels"),
    "no data": ({"free": {"a": {1, 2}}}, "`free`: a set is no JSON data"),
}


@pytest.mark.parametrize("start", [simulate, explore, sample])
@pytest.mark.parametrize(("inputs", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(start: Any, inputs: dict[str, Any], message: str) -> None:
    with pytest.raises(SimulationError, match=message) as refused:
        start(make_plan(module_of(PIPELINE)), inputs)
    assert refused.value.code == "FL803"


@pytest.mark.parametrize("start", ["", "2026-01-31", "2026-13-01T00:00:00Z", "yesterday"])
def test_a_start_that_is_no_time(start: str) -> None:
    plan = make_plan(module_of(PIPELINE))
    if not start:
        assert simulate(plan, start=start).status == "succeeded"
        return
    with pytest.raises(SimulationError, match="is no time"):
        simulate(plan, start=start)
