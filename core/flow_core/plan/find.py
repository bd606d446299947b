"""Finding the plan of what happened at a step path."""

import re

from flow_core.plan import plan as p

_INDEX = re.compile(r"\[\d+\]")
_BELOW = re.compile(r"catch\[(\d+)\]|compensate")


def without_indices(path: str) -> str:
    """A step path without the indices of elements; those of handlers stay.

    >>> without_indices("orders[2]/pick!catch[0]")
    'orders/pick!catch[0]'
    """
    return "/".join(
        _INDEX.sub("", name) + bang + below
        for name, bang, below in (segment.partition("!") for segment in path.split("/"))
    )


def find_step(plan: p.PipelinePlan, path: str) -> p.StepPlan | None:
    """The step that a path leads to, or that the handler there serves; None for no step."""
    graphs = [plan.graph]
    found: p.StepPlan | None = None
    for segment in path.split("/"):
        name, _, below = segment.partition("!")
        name = name.partition("[")[0]
        found = next((g.steps[g.names[name]] for g in graphs if name in g.names), None)
        if found is None:
            return None
        graphs = [graph for call in _calls(found, below) for graph in inner_graphs(call)]
    return found


def find_calls(step: p.StepPlan, path: str) -> list[p.Attempted]:
    """The calls that the last part of a path may mean: one for each branch of a switch."""
    below = path.rpartition("/")[2].partition("!")[2]
    return [leaf for call in _calls(step, below) for leaf in attempted(call)]


def _calls(step: p.StepPlan, below: str) -> list[p.CallPlan]:
    """The call of a step, or of its handlers and compensations that ``below`` leads to."""
    handler: p.HandlerPlan | None = None
    for part in below.split("!") if below else ():
        match = _BELOW.fullmatch(part)
        if match is None:
            return []
        if match[1] is not None:
            handler = step.catch[int(match[1])] if int(match[1]) < len(step.catch) else None
        else:
            handler = handler.compensate if handler else step.compensate
        if handler is None:
            return []
    return [handler.call if handler else step.call]


def attempted(call: p.CallPlan) -> list[p.Attempted]:
    """The calls behind a switch, or the call itself; those that make no attempt are left out."""
    if isinstance(call, p.Choice):
        return [found for branch in call.branches for found in attempted(branch.call)]
    return [call] if isinstance(call, p.Leaf | p.SubPipeline | p.GroupCall) else []


def inner_graphs(call: p.CallPlan) -> list[p.GraphPlan]:
    """The graphs of steps that a call may run."""
    return [
        found.graph if isinstance(found, p.GroupCall) else found.pipeline.graph
        for found in attempted(call)
        if not isinstance(found, p.Leaf)
    ]


def siblings(plan: p.PipelinePlan, path: str) -> tuple[p.StepPlan, ...]:
    """The steps beside the one at a path, itself among them."""
    above = path.rpartition("/")[0]
    if not above:
        return plan.graph.steps
    step = find_step(plan, above)
    name = path.rpartition("/")[2].partition("[")[0]
    for call in find_calls(step, above) if step else ():
        for graph in inner_graphs(call):
            if name in graph.names:
                return graph.steps
    return ()
