"""The critical path: the chain of steps that the end of a run had to wait for."""

from collections.abc import Iterator, Mapping

from flow_core.plan import plan as p
from flow_core.plan.find import find_calls
from flow_core.simulate.timeline import Row


def critical_path(plan: p.PipelinePlan, rows: Mapping[str, Row]) -> list[str]:
    """The paths of the steps on the critical path, from the first to the last.

    A step follows the one it waited for: of its dependencies the one that settled last, or where
    its attempt queued, the one that gave the slot back.
    """
    return list(_path(plan.graph, rows, ""))


def _path(graph: p.GraphPlan, rows: Mapping[str, Row], prefix: str) -> Iterator[str]:
    """The critical path through one graph, with what is inside of its steps."""
    chain: dict[int, None] = {}
    position = _last(graph, rows, prefix, range(len(graph.steps)))
    while position is not None and position not in chain:
        chain[position] = None
        position = _waited_for(graph, rows, prefix, position)
    for step in reversed(chain):
        path = prefix + graph.steps[step].name
        yield path
        yield from _inside(graph.steps[step], rows, path)


def _last(
    graph: p.GraphPlan, rows: Mapping[str, Row], prefix: str, among: range | list[int]
) -> int | None:
    """Of some steps the one that ended last; ties go to the later one."""
    ended = [
        (row.end, position)
        for position in among
        if (row := rows.get(prefix + graph.steps[position].name))
        and row.start is not None
        and row.end is not None
    ]
    return max(ended)[1] if ended else None


def _waited_for(
    graph: p.GraphPlan, rows: Mapping[str, Row], prefix: str, position: int
) -> int | None:
    """What a step waited for before it could start."""
    step = graph.steps[position]
    row = rows[prefix + step.name]
    if row.attempts and row.attempts[0].ready < row.attempts[0].start:
        for other, plan in enumerate(graph.steps):
            found = rows.get(prefix + plan.name)
            if other != position and found and found.end == row.attempts[0].start:
                return other
    if step.dependencies:
        return _last(graph, rows, prefix, [d.step for d in step.dependencies])
    if position >= graph.finals:
        return _last(graph, rows, prefix, range(graph.finals))
    return None


def _inside(step: p.StepPlan, rows: Mapping[str, Row], path: str) -> Iterator[str]:
    """The critical path inside of a step: through its last element, group or sub-pipeline."""
    if step.for_each is not None:
        elements = [
            row
            for row in rows.values()
            if row.path.startswith(f"{path}[")
            and "/" not in row.path[len(path) :]
            and "!" not in row.path[len(path) :]
        ]
        ended = [row for row in elements if row.end is not None]
        if not ended:
            return
        path = max(ended, key=lambda row: (row.end, row.path)).path
        yield path
    for call in find_calls(step, path):
        if not isinstance(call, p.Leaf):
            graph = call.graph if isinstance(call, p.GroupCall) else call.pipeline.graph
            yield from _path(graph, rows, f"{path}/")
