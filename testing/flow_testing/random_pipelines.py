"""Random pipelines and fault plans, for those who extend Flow: what must hold of every run."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Failed, Start, Succeeded
from flow_core.plan.build import make_plan
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate.outcomes import Result

COMPONENTS = {
    "work": {
        "inputs": {"text": "string?"},
        "outputs": {"n": "integer"},
        "errors": {"A": "one", "B": "another"},
        "estimate": {"cost": 1},
        "run": {"shell": ["x"]},
    },
    "ask": {
        "outputs": {"n": "integer"},
        "errors": {"A": "one"},
        "circuit_breaker": {"failure_threshold": 2, "reset_timeout": "4s"},
        "run": {"shell": ["x"]},
    },
    "undo": {"errors": {"A": "one"}, "run": {"shell": ["x"]}},
}
_DELAYS = st.sampled_from(["0s", "1s", "3s"])
_STATUSES = st.sampled_from(["succeeded", "failed", "skipped", "settled"])


@st.composite
def retries(draw: st.DrawFn) -> dict[str, Any]:
    """A retry policy."""
    found: dict[str, Any] = {"max_attempts": draw(st.integers(1, 3)), "delay": draw(_DELAYS)}
    if draw(st.booleans()):
        found["jitter"] = 0.5
    if draw(st.integers(0, 3)) == 0:
        found["max_duration"] = draw(st.sampled_from(["2s", "5s"]))
    if draw(st.integers(0, 3)) == 0:
        found["errors"] = ["A", "timeout"]
    return found


@st.composite
def calls(draw: st.DrawFn, name: str, depth: int) -> dict[str, Any]:
    """What a step calls."""
    kinds = ["work", "ask", "work", "wait", "switch", *(["group"] * 3 if depth else [])]
    kind = draw(st.sampled_from(kinds))
    if kind == "group":
        outputs = {"n": f"${{{{ coalesce(steps.{name}x.outputs.n, 0) }}}}"}
        inner = draw(graphs(f"{name}x", depth - 1))
        return {"steps": inner, "outputs": outputs}
    if kind == "switch":
        when = draw(st.sampled_from(["${{ inputs.flag }}", "${{ !inputs.flag }}"]))
        return {"switch": [{"when": when, "uses": "work"}, {"value": {"n": 1}}]}
    if kind == "wait":
        return {"uses": "std.wait", "with": {"duration": draw(_DELAYS)}}
    return {"uses": kind}


@st.composite
def steps(  # noqa: C901 - each key may be there or not
    draw: st.DrawFn, name: str, before: list[str], depth: int
) -> dict[str, Any]:
    """One step; ``before`` are those that it may wait for."""
    step = draw(calls(name, depth))
    waits = step.get("uses") == "std.wait"
    is_ordered = draw(st.booleans())
    if before and is_ordered:
        some = st.lists(st.sampled_from(before), min_size=1, max_size=2, unique=True)
        chosen: list[str] = draw(some)
        step["depends_on"] = {target: draw(_STATUSES) for target in chosen}
    if draw(st.integers(0, 4)) == 0:
        step["when"] = draw(st.sampled_from(["${{ inputs.flag }}", "${{ !inputs.flag }}"]))
    if draw(st.integers(0, 2)) == 0:
        step["for_each"] = list(range(draw(st.integers(0, 3))))
        step["fail_fast"] = draw(st.booleans())
        if draw(st.booleans()):
            step["max_parallel"] = draw(st.integers(1, 2))
    if draw(st.integers(0, 5)) == 0 and not waits:
        until = "${{ iteration >= 2 }}"
        step["repeat"] = {
            "until": until,
            "max_iterations": draw(st.integers(1, 3)),
            "delay": draw(_DELAYS),
        }
    if draw(st.booleans()):
        step["retry"] = draw(retries())
    if draw(st.booleans()):
        step["timeout"] = draw(st.sampled_from(["1s", "2s", "6s"]))
    if draw(st.integers(0, 3)) == 0:
        handlers: list[dict[str, Any]] = [{"skip": True}, {"uses": "work"}, {"value": {"n": 0}}]
        handler = draw(st.sampled_from(handlers))
        step["catch"] = [{"errors": ["A", "timeout"], **handler}]
    if draw(st.integers(0, 1)) == 0 and not waits:
        step["compensate"] = {"uses": "undo"}
    if draw(st.integers(0, 4)) == 0:
        step["concurrency"] = {"group": "g", "limit": 1}
    if draw(st.integers(0, 3)) == 0:
        step["set"] = {"seen": [name]}
    return step


@st.composite
def graphs(draw: st.DrawFn, name: str, depth: int) -> dict[str, Any]:
    """Some steps, the first of which is called like the graph."""
    names = [name, *(f"{name}{number}" for number in range(draw(st.integers(0, 3))))]
    found: dict[str, Any] = {}
    for each in names:
        found[each] = draw(steps(each, list(found), depth))
    return found


@st.composite
def pipelines(draw: st.DrawFn) -> dict[str, Any]:
    """A whole pipeline, as data."""
    made: dict[str, Any] = {
        "flow": 1,
        "name": "random",
        "components": COMPONENTS,
        "inputs": {"flag": "boolean"},
        "state": {"seen": {"type": "list<string>", "reduce": "append"}},
        "steps": draw(graphs("s", 2)),
    }
    if draw(st.booleans()):
        made["max_parallel"] = draw(st.integers(1, 3))
    if draw(st.integers(0, 3)) == 0:
        made["budget"] = {"attempts": draw(st.integers(1, 8))}
    if draw(st.booleans()):
        made["finally"] = {
            "f": {"uses": "work"},
            "f2": {"uses": "std.log", "with": {"message": "x"}},
        }
    return made


def plan_of(data: Mapping[str, Json]) -> PipelinePlan:
    """The plan of a pipeline given as data."""
    import json

    project = Project(Settings(root="/random"), lambda _: None)
    return make_plan(project.add("/random/random.flow.json", json.dumps(data)))


class Faults:
    """A fault plan: what each attempt does follows from a seed and from where it is made."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def __call__(self, start: Start, leaf: Leaf, _kernel: Kernel) -> Result | None:
        """How an attempt ends."""
        if leaf.target.name == "std.log":
            return None
        text = f"{self._seed}|{start.key}|{start.attempt}"
        drawn = sha256(text.encode()).digest()
        takes = (0, 0, 1, 1, 2, 5)[drawn[0] % 6] * 1_000_000
        if drawn[1] % 8 == 0 and leaf.policy.timeout is not None:
            return Result(takes, None)
        if drawn[1] % 3 == 0 and leaf.target.errors:
            names = sorted(leaf.target.errors or ())
            return Result(takes, Failed(start.id, names[drawn[2] % len(names)]))
        return Result(takes, Succeeded(start.id, dict.fromkeys(leaf.outputs, 1)))
