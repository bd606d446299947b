"""Signals: who is waiting for one, which are kept, and which are refused (R-signal)."""

from typing import cast

from msgspec.structs import replace

from flow_core.diagnostics import Json
from flow_core.kernel import attempts
from flow_core.kernel.board import Board
from flow_core.kernel.events import Note, Refuse, Signal
from flow_core.kernel.state import Scope, Step, Task
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
        why = _unwanted(board, path) or _undecided(board, path, signal.data)
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
    options = task.inputs.get("options") if "decision" in call.outputs else None
    why = _not_among(outputs.get("decision"), options)
    if not why:
        attempts.end(board, task, outputs)
    return why


def take_kept(board: Board, task: Task) -> bool:
    """End an attempt with a signal that came early; False if that does not fit it."""
    data = board.state.signals.pop(task.path, None)
    if data is None:
        return False
    why = answer(board, task, data)
    if why:
        board.commands.append(Refuse(task.path, why))
        board.note(Note(board.state.now, "refused", task.path, how=why))
    return not why


def _undecided(board: Board, path: str, data: dict[str, Json]) -> str:
    """Why an approval that does not wait yet can't take a decision, if its options are literal."""
    call = _call_at(board, path)
    if call is None or "decision" not in call.outputs:
        return ""
    given = next((formula for name, formula in call.arguments if name == "options"), None)
    options: object = call.inputs["options"].default
    if given is not None:
        options = given.data({}) if given.is_constant else None
    return _not_among(data.get("decision"), options)


def _not_among(decision: Json, options: object) -> str:
    """Why a decision is none, "" where it is one of the options."""
    if not isinstance(options, list) or decision in options:
        return ""
    known = ", ".join(str(option) for option in cast("list[object]", options))
    return f"{decision!r} is not among {known}"


def _call_at(board: Board, path: str) -> p.Leaf | None:
    """The leaf call that the step at a path makes itself."""
    graph: p.GraphPlan | None = board.plan.graph
    call: p.CallPlan | None = None
    parsed = read_step_path(path)
    for segment in parsed.segments if parsed else ():
        if graph is None or segment.name not in graph.names:
            return None
        step = graph.steps[graph.names[segment.name]]
        call, graph = step.call, _inside(step)
    return call if isinstance(call, p.Leaf) else None


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
        why = _is_over(scope.steps[position], segment.index) if scope is not None else ""
        if why:
            return why
        inner = _inside(graph.steps[position])
        if inner is None:
            break
        graph, scope = inner, _scope_at(board, scope, position, segment.index)
    return ""


def _is_over(step: Step, index: int | None) -> str:
    """Why a step, or an element of it, will never ask for a signal."""
    if step.status:
        return "the step has settled"
    if index is None or step.items is None:
        return ""
    if index >= len(step.items):
        return "there is no such element"
    return "the element has settled" if index < step.next and index not in step.live else ""


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
    return board.state.scopes.get(task.child) if task and task.site[2] < 0 else None
