"""What the parts of the kernel share: the plan, the state, and what they hand on to each other.

Calls go down (scopes → steps → activations → tasks); what ends goes up as `Done` values, which the
kernel hands to the part above before it does anything else.
"""

from collections import deque
from heapq import heappush
from typing import Literal, TypeAlias

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel.events import Command, Error, Note
from flow_core.kernel.state import (
    Activation,
    Order,
    Registration,
    Scope,
    Site,
    State,
    Step,
    Task,
    Timer,
    Write,
)
from flow_core.model.pipeline import Status
from flow_core.plan import plan as p
from flow_core.plan.formula import EvaluationFailed, Formula, Names, NotKnown


class TaskDone(msgspec.Struct, frozen=True, gc=False):
    """A call is over, all its attempts included.

    ``cut`` tells one that was stopped, ``uncaught`` an error that no handler may take. ``handed``
    are the registrations of a composite call, ``writes`` those of a group to state.
    """

    task: Task
    outputs: dict[str, Json] | None = None
    error: Error | None = None
    cut: bool = False
    uncaught: bool = False
    handed: tuple[Registration, ...] = ()
    writes: tuple[Write, ...] = ()


class ActivationDone(msgspec.Struct, frozen=True, gc=False):
    """An element is over."""

    activation: Activation
    status: Status
    outputs: Json = None
    error: Error | None = None
    reason: str = ""
    recovered: bool = False


class StepDone(msgspec.Struct, frozen=True, gc=False):
    """A step has settled."""

    scope: Scope
    position: int


class ScopeDone(msgspec.Struct, frozen=True, gc=False):
    """An attempt of a pipeline or group is over."""

    scope: Scope


Done: TypeAlias = TaskDone | ActivationDone | StepDone | ScopeDone


class Board:
    """The plan and the state of a run, and how its parts are found."""

    def __init__(self, plan: p.PipelinePlan, state: State) -> None:
        self.plan = plan
        self.state = state
        self.commands: list[Command] = []
        self.notes: list[Note] = []
        self.done: deque[Done] = deque()
        self.views: dict[tuple[int, int], object] = {}
        self.ended: dict[str, Scope] = {}
        self.ancestors: dict[tuple[int, int], set[int]] = {}
        self._graphs: dict[int, p.GraphPlan] = {}
        self._calls: dict[int, p.Attempted] = {}

    def number(self) -> int:
        """A new number."""
        self.state.numbers += 1
        return self.state.numbers

    def note(self, note: Note) -> None:
        """Tell what happened."""
        self.notes.append(note)

    def timer(self, at: int, kind: int, order: Order, number: int) -> None:
        """Be told when it is ``at``."""
        timer: Timer = (at, kind, order, number)
        heappush(self.state.timers, timer)

    def forget(self, scope: int, steps: int) -> None:
        """Forget the values that were made of a scope."""
        for position in range(-1, steps):
            self.views.pop((scope, position), None)

    # Plans

    def graph(self, scope: Scope) -> p.GraphPlan:
        """The steps of a scope."""
        found = self._graphs.get(scope.id)
        if found is None:
            call = self.call(scope.site, scope.call) if scope.task else None
            found = call.graph if isinstance(call, p.GroupCall) else self.pipeline(scope).graph
            self._graphs[scope.id] = found
        return found

    def outputs(self, scope: Scope) -> tuple[p.OutputPlan, ...]:
        """The outputs of a scope."""
        call = self.call(scope.site, scope.call) if scope.group else None
        return call.outputs if isinstance(call, p.GroupCall) else self.pipeline(scope).outputs

    def pipeline(self, scope: Scope) -> p.PipelinePlan:
        """The pipeline that a scope is part of."""
        file = self.state.scopes[scope.file]
        if not file.task:
            return self.plan
        call = self.call(file.site, file.call)
        assert isinstance(call, p.SubPipeline)  # noqa: S101 - only those make such scopes
        return call.pipeline

    def step(self, scope: int, position: int) -> p.StepPlan:
        """The plan of a step."""
        graph = self._graphs.get(scope) or self.graph(self.state.scopes[scope])
        return graph.steps[position]

    def handler(self, site: Site) -> p.HandlerPlan | None:
        """The handler or compensation at a site, None for a step's own call."""
        scope, position, index, undo = site
        step = self.step(scope, position)
        handler = step.catch[index] if index >= 0 else None
        if undo:
            return handler.compensate if handler else step.compensate
        return handler

    def root_call(self, site: Site) -> p.CallPlan:
        """The call at a site, as it is written."""
        handler = self.handler(site)
        return handler.call if handler else self.step(site[0], site[1]).call

    def call(self, site: Site, chosen: tuple[int, ...]) -> p.CallPlan:
        """The call at a site behind the branches that were chosen."""
        call = self.root_call(site)
        for index in chosen:
            assert isinstance(call, p.Choice)  # noqa: S101 - where branches were chosen
            call = call.branches[index].call
        return call

    def attempted(self, task: Task) -> p.Attempted:
        """The call that a task attempts."""
        call = self._calls.get(task.id)
        if call is None:
            found = self.call(task.site, task.call)
            assert isinstance(found, p.Leaf | p.SubPipeline | p.GroupCall)  # noqa: S101 - has a task
            call = self._calls[task.id] = found
        return call

    def forget_task(self, task: Task) -> None:
        """A task is over."""
        self.state.tasks.pop(task.id, None)
        self._calls.pop(task.id, None)

    # State

    @property
    def root(self) -> Scope:
        """The scope of the run itself."""
        return next(iter(self.state.scopes.values()))

    def scope_of(self, task: Task) -> Scope:
        """The scope whose step makes a call."""
        return self.state.scopes[task.site[0]]

    def step_of(self, activation: Activation) -> Step:
        """The step that an activation belongs to."""
        return self.state.scopes[activation.scope].steps[activation.step]

    def is_final(self, scope: Scope, position: int) -> bool:
        """Whether a step belongs to ``finally``."""
        return position >= self.graph(scope).finals

    def is_halted(self, scope: Scope, position: int) -> bool:
        """Whether a scope that is failing lets nothing further start in a step (R-failing-1)."""
        if not scope.verdict or scope.phase != "steps":
            return False
        return scope.steps[position].halted or not self.graph(scope).steps[position].tolerant

    # Conditions

    def holds(
        self, formula: Formula | None, names: Names, question: str, *, default: bool = True
    ) -> bool:
        """Whether a condition holds; one that is not known yet comes out as is assumed.

        Conditions that read the same output and nothing else come out as if it had one value.

        Raises:
            EvaluationFailed: it has no value, or none that is a boolean.
        """
        if formula is None:
            return True
        try:
            found = formula.condition(names)
        except NotKnown as reason:
            return self._assumed(formula, question, reason.what, default=default)
        self.decided(question, "true" if found else "false")
        return found

    def decided(self, question: str, how: str) -> None:
        """Tell how a condition came out, or how many elements there are."""
        self.notes.append(Note(self.state.now, "decided", question, how=how))

    def _assumed(self, formula: Formula, question: str, what: str, *, default: bool) -> bool:
        """How a condition comes out that can't be known: by default it holds."""
        key, flips = question, False
        if formula.subject:
            around, slash, _ = question.rpartition("/")
            key, flips = around + slash + formula.subject, formula.negated
            default = default or flips
        answer = self.state.assumed.setdefault(key, default) is not flips
        how = "true" if answer else "false"
        self.note(Note(self.state.now, "assumed", question, how=how, asks=key, data=what))
        return answer


def failure(
    name: str, message: str, path: str, attempt: int = 0, cause: Error | None = None
) -> Error:
    """A built-in error."""
    return Error(name, message, None, path, attempt, cause)


def evaluation_error(reason: EvaluationFailed, path: str, cause: Error | None = None) -> Error:
    """The error of a step in which something could not be evaluated (R-fail-1)."""
    return failure(reason.error, reason.message, path, 0, cause)


def with_cause(error: Error, cause: Error) -> Error:
    """An error whose chain of causes ends with another one (R-catch-4)."""
    inner = cause if error.cause is None else with_cause(error.cause, cause)
    return msgspec.structs.replace(error, cause=inner)


Stop: TypeAlias = Literal["cancelled", "budget_exceeded"]
"""Why a scope is stopped."""
