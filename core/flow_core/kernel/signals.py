"""Signals: who is waiting for one, which are kept, and which are refused (R-signal)."""

from msgspec.structs import replace

from flow_core.diagnostics import Json
from flow_core.kernel import attempts
from flow_core.kernel.board import Board
from flow_core.kernel.events import Note, Refuse, Signal
from flow_core.kernel.state import Scope, Task
from flow_core.kernel.waiting import wall_clock
from flow_core.model.read_scenario import read_step_path
from flow_core.model.scenario import Segment, show_step_path
from flow_core.plan import plan as p


def receive(board: Board, signal: Signal) -> None:
    """Give a signal to the attempt that waits for it, keep it for the next one, or refuse it."""
    waiting = _waiting(board, signal.path)
    path = _with_groups(board.plan.graph, signal.path)
    if waiting is not None:
        why = answer(board, waiting, signal.data)
    elif path in board.state.signals:
        why = "another one is kept"
    else:
        why = _unwanted(board, path)
        if not why:
            board.state.signals[path] = signal.data
    if why:
        board.commands.append(Refuse(signal.path, why))
        board.note(Note(board.state.now, "refused", signal.path, how=why))
    else:
        board.note(Note(board.state.now, "signal", signal.path))


def _waiting(board: Board, path: str) -> Task | None:
    for number in board.state.running.values():
        task = board.state.tasks[number]
        if _is_named(board, task, path) and _is_signalled(board, task):
            return task
    return None


def _is_named(board: Board, task: Task, path: str) -> bool:
    """Whether a path names a task; the names of groups may be left out."""
    scope = board.scope_of(task)
    return path in {task.path, scope.short + task.path.removeprefix(scope.path)}


def _is_signalled(board: Board, task: Task) -> bool:
    call = board.attempted(task)
    return isinstance(call, p.Leaf) and call.waits == "signal"


def answer(board: Board, task: Task, data: dict[str, Json]) -> str:
    """End an attempt with the data of a signal; else say why that can't be."""
    call = board.attempted(task)
    assert isinstance(call, p.Leaf)  # noqa: S101 - only those wait for signals
    outputs: dict[str, Json] = {"by": "", "at": wall_clock(board), "data": None, **data}
    outputs = {name: value for name, value in outputs.items() if name in call.outputs}
    options = task.inputs.get("options")
    decision = outputs.get("decision")
    if "decision" in call.outputs and isinstance(options, list) and decision not in options:
        return f"{decision!r} is not among {', '.join(map(str, options))}"
    attempts.end(board, task, outputs)
    return ""


def take_kept(board: Board, task: Task) -> bool:
    """End an attempt with a signal that came early; False if that does not fit it."""
    data = board.state.signals.pop(task.path, None)
    return data is not None and not answer(board, task, data)


def _unwanted(board: Board, path: str) -> str:
    """Why nobody can ever ask for a signal: there is no such step, or it has settled."""
    parsed = read_step_path(path)
    if parsed is None:
        return "that is no path of a step"
    scope: Scope | None = board.root
    graph = board.plan.graph
    for segment in parsed.segments:
        position = graph.names.get(segment.name)
        if position is None:
            return "there is no such step"
        if (graph.steps[position].for_each is None) != (segment.index is None):
            return "an element has an index, and nothing else has"
        if scope is not None and scope.steps[position].status:
            return "the step has settled"
        inner = _inside(graph.steps[position])
        if inner is None:
            break
        graph, scope = inner, _scope_at(board, scope, position, segment.index)
    return ""


def _with_groups(graph: p.GraphPlan, path: str) -> str:
    """A path with the names of the groups that it leaves out; those with elements can't be."""
    parsed = read_step_path(path)
    segments = list[Segment]()
    inner: p.GraphPlan | None = graph
    for segment in parsed.segments if parsed else ():
        way = None if inner is None else _way_to(inner, segment.name)
        if way is None:
            return path
        segments += [*(Segment(group.name) for group in way[:-1]), segment]
        inner = _inside(way[-1])
    return path if parsed is None else show_step_path(replace(parsed, segments=tuple(segments)))


def _way_to(graph: p.GraphPlan, name: str) -> list[p.StepPlan] | None:
    """The groups that lead to a step, and the step."""
    position = graph.names.get(name)
    if position is not None:
        return [graph.steps[position]]
    for step in graph.steps:
        if isinstance(step.call, p.GroupCall) and step.for_each is None:
            inner = _way_to(step.call.graph, name)
            if inner is not None:
                return [step, *inner]
    return None


def _inside(step: p.StepPlan) -> p.GraphPlan | None:
    """The steps of a step's own composite call."""
    match step.call:
        case p.GroupCall(graph=graph):
            return graph
        case p.SubPipeline(pipeline=pipeline):
            return pipeline.graph
        case _:
            return None


def _scope_at(board: Board, scope: Scope | None, position: int, index: int | None) -> Scope | None:
    """The scope of the attempt that a step is making, if it is making one."""
    if scope is None:
        return None
    number = scope.steps[position].live.get(-1 if index is None else index)
    activation = board.state.activations.get(number or 0)
    task = board.state.tasks.get(activation.task) if activation else None
    return board.state.scopes.get(task.child) if task else None
