"""Exploration: every outcome that conditions, errors and timeouts allow, up to a bound.

From each situation the run goes on in every way that is possible: each effect succeeds, fails with
each error that it declares, or hangs where a timeout ends that; each condition that is only known
after the run holds or does not. Situations that go on in the same way are one (see `fingerprint`).
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

import msgspec

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Event, Failed, Note, Start, Succeeded
from flow_core.plan.plan import PipelinePlan
from flow_core.simulate.fingerprint import fingerprint
from flow_core.simulate.given import check_inputs
from flow_core.simulate.outcomes import Result, built_in, unknown_outputs

MOST_STATES = 20_000
"""So many situations are looked at unless asked otherwise."""
MOST_WAYS = 4_096
"""So many ways are gone from one situation."""


class Choice(msgspec.Struct, frozen=True):
    """What was chosen: how an attempt ends or a condition comes out.

    ``how`` is "ok", an error, "hangs", "no answer" of a wait for a signal; or "true", "false".
    """

    what: str
    how: str


class End(msgspec.Struct, frozen=True):
    """How a run can end. ``missing`` are outputs that are null although it succeeded."""

    status: str
    error: str
    missing: tuple[str, ...] = ()
    uncompensated: bool = False


class Way(msgspec.Struct, frozen=True):
    """A run from its start to its end: what was chosen, how long it took and what it cost."""

    end: End
    choices: tuple[Choice, ...]
    elapsed: int
    cost: float


class Exploration(msgspec.Struct, frozen=True):
    """What was found. ``complete`` is False where the bound was reached.

    ``ends`` has an example for each; ``reached`` are the paths of the steps that can run, without
    those that can't, ``unreachable``.
    """

    states: int
    complete: bool
    ends: tuple[Way, ...]
    longest: Way | None
    dearest: Way | None
    reached: frozenset[str]
    unreachable: tuple[str, ...]


class _Node:
    """A situation: a kernel between two instants, and what is still to come."""

    __slots__ = ("edges", "end", "now", "pending", "snapshot")

    def __init__(self, snapshot: bytes, now: int, pending: tuple[tuple[int, Event], ...]) -> None:
        self.snapshot = snapshot
        self.now = now
        self.pending = pending
        self.edges: list[_Edge] = []
        self.end: End | None = None


class _Edge(msgspec.Struct):
    """From one situation to the next: what was chosen, and the time and cost in between."""

    node: _Node
    choices: tuple[Choice, ...]
    elapsed: int
    cost: float


Answers: TypeAlias = Mapping[str, bool]


def explore(
    plan: PipelinePlan,
    inputs: Mapping[str, Json],
    *,
    most: int = MOST_STATES,
    counts: bool = True,
    tick: Callable[[], object] = lambda: None,
) -> Exploration:
    """Explore a plan. ``counts`` tells that its expressions may ask how many attempts were made.

    The outputs of effects are only known after the run.

    Raises:
        SimulationError: an input is missing, unknown or does not fit.
    """
    check_inputs(plan, inputs, None)
    return _Explorer(plan, inputs, most, tick, counts=counts).explore()


class _Explorer:
    def __init__(
        self,
        plan: PipelinePlan,
        inputs: Mapping[str, Json],
        most: int,
        tick: Callable[[], object],
        *,
        counts: bool,
    ) -> None:
        self._plan = plan
        self._inputs = dict(inputs)
        self._most = most
        self._tick = tick
        self._counts = counts
        self._known: dict[bytes, _Node] = {}
        self._todo: deque[_Node] = deque()
        self._reached: set[str] = set()
        self._complete = True

    def explore(self) -> Exploration:
        kernel = Kernel(self._plan, self._inputs)
        root = _Node(kernel.snapshot(), 0, ())
        self._todo.append(root)
        looked = 0
        while self._todo:
            if looked >= self._most:
                self._complete = False
                break
            looked += 1
            self._expand(self._todo.popleft())
            self._tick()
        return self._result(root, looked)

    def _expand(self, node: _Node) -> None:
        """Go one instant on, in every way."""
        for answers in self._answers(node):
            kernel, starts, questions = self._step(node, answers)
            choices = tuple(Choice(q, "true" if answers[q] else "false") for q in questions)
            for ends in self._ways(kernel, starts):
                self._follow(node, kernel, choices, ends)

    def _answers(self, node: _Node) -> Iterator[Answers]:
        """Every way to answer the conditions that come up at this instant."""
        todo: list[dict[str, bool]] = [{}]
        while todo:
            answers = todo.pop()
            _, _, questions = self._step(node, answers)
            new = [question for question in questions if question not in answers]
            if new:
                todo += [{**answers, new[0]: False}, {**answers, new[0]: True}]
            else:
                yield answers

    def _step(self, node: _Node, answers: Answers) -> tuple[Kernel, list[Start], list[str]]:
        """The kernel after the next instant, what it starts, and what it had to assume."""
        kernel = Kernel.restore(self._plan, node.snapshot)
        decided = set(kernel.state.assumed)
        kernel.state.assumed.update(answers)
        events = [event for at, event in node.pending if at <= node.now]
        commands = kernel.handle(events, node.now)
        notes = kernel.take_notes()
        self._reached.update(_reached(notes))
        questions = [n.asks for n in notes if n.what == "assumed" and n.asks not in decided | {""}]
        starts = [c for c in commands if isinstance(c, Start) and c.id in kernel.state.running]
        return kernel, starts, list(dict.fromkeys(questions))

    def _ways(
        self, kernel: Kernel, starts: Sequence[Start]
    ) -> Iterator[tuple[tuple[Start, str, Result], ...]]:
        """Every way in which the attempts that start can end."""
        options = [list(self._options(kernel, start)) for start in starts if start.until is None]
        for number, way in enumerate(product(*options)):
            if number >= MOST_WAYS:
                self._complete = False
                return
            yield way

    def _options(self, kernel: Kernel, start: Start) -> Iterator[tuple[Start, str, Result]]:
        leaf = kernel.leaf(start.id)
        result = built_in(start, leaf, kernel)
        if result is not None:
            yield start, "", result
            return
        takes = leaf.target.p50 or 0
        yield start, "ok", Result(takes, Succeeded(start.id, unknown_outputs(start, leaf)))
        for name in sorted(leaf.target.errors or ()):
            yield start, name, Result(takes, Failed(start.id, name))
        if leaf.policy.timeout is not None:
            yield start, "hangs", Result(0, None)
        elif leaf.waits:
            yield start, "no answer", Result(0, None)

    def _follow(
        self,
        node: _Node,
        kernel: Kernel,
        answered: tuple[Choice, ...],
        ends: tuple[tuple[Start, str, Result], ...],
    ) -> None:
        """Make the situation that a choice leads to, or find it again."""
        state = kernel.state
        pending = [(at, e) for at, e in node.pending if at > node.now and _is_running(kernel, e)]
        pending += [(node.now + r.takes, r.event) for _, _, r in ends if r.event is not None]
        chosen = tuple(Choice(start.path, how) for start, how, _ in ends if how)
        times = [at for at, _ in pending] + ([] if kernel.wake is None else [kernel.wake])
        now = min(times, default=node.now)
        before = msgspec.json.decode(node.snapshot, type=_Spent)
        cost = state.cost - before.cost
        if kernel.outcome is not None or not times:
            reached = _Node(b"", node.now, ())
            reached.end = _end_of(kernel)
            node.edges.append(_Edge(reached, (*answered, *chosen), 0, cost))
            return
        mark = fingerprint(state, pending, counts=self._counts)
        known = self._known.get(mark)
        if known is None:
            known = self._known[mark] = _Node(kernel.snapshot(), now, tuple(pending))
            self._todo.append(known)
        node.edges.append(_Edge(known, (*answered, *chosen), now - node.now, cost))

    # What was found

    def _result(self, root: _Node, looked: int) -> Exploration:
        longest = _best(root, lambda way: (way.elapsed, way.cost, -_unusual(way)))
        dearest = _best(root, lambda way: (way.cost, way.elapsed, -_unusual(way)))
        steps = tuple(_paths(self._plan))
        return Exploration(
            states=looked,
            complete=self._complete,
            ends=tuple(_examples(root)),
            longest=longest,
            dearest=dearest,
            reached=frozenset(self._reached),
            unreachable=tuple(path for path in steps if path not in self._reached),
        )


class _Spent(msgspec.Struct):
    """The part of a snapshot that says what was spent."""

    cost: float


def _is_running(kernel: Kernel, event: Event) -> bool:
    return getattr(event, "id", 0) in kernel.state.running


def _reached(notes: Sequence[Note]) -> Iterator[str]:
    from flow_core.plan.find import without_indices

    for note in notes:
        if note.what == "started" or (note.what == "settled" and note.how != "cancelled"):
            yield without_indices(note.path)


def _end_of(kernel: Kernel) -> End:
    outcome = kernel.outcome
    if outcome is None:
        return End("waiting", "")
    missing = tuple(name for name, value in (outcome.outputs or {}).items() if value is None)
    root = next(iter(kernel.state.scopes.values()))
    error = outcome.error.name if outcome.error else ""
    return End(outcome.status, error, missing, root.uncompensated > 0)


def _paths(plan: PipelinePlan) -> Iterator[str]:
    """The paths of all steps of a plan, those inside groups and pipelines too."""
    from flow_core.plan.find import inner_graphs

    todo = [("", plan.graph)]
    while todo:
        prefix, graph = todo.pop(0)
        for step in graph.steps:
            yield prefix + step.name
            todo += [(f"{prefix}{step.name}/", inner) for inner in inner_graphs(step.call)]


Measure: TypeAlias = Callable[[Way], tuple[float, float, int]]


def _best(root: _Node, measure: Measure) -> Way | None:
    """The way to an end that measures most; of several one in which the least goes wrong."""
    best: dict[int, Way | None] = {}
    for node in _inside_out(root):
        ways = [Way(node.end, (), 0, 0)] if node.end is not None else []
        for edge in node.edges:
            way = best.get(id(edge.node))
            if way is not None:
                ways.append(_before(edge, way))
        best[id(node)] = max(ways, key=measure, default=None)
    return best[id(root)]


def _before(edge: _Edge, way: Way) -> Way:
    return Way(
        way.end,
        (*edge.choices, *way.choices),
        edge.elapsed + way.elapsed,
        edge.cost + way.cost,
    )


def _examples(root: _Node) -> Iterator[Way]:
    """For each end the way to it that takes the fewest choices."""
    shortest: dict[int, dict[End, Way]] = {}
    for node in _inside_out(root):
        found: dict[End, Way] = {}
        if node.end is not None:
            found[node.end] = Way(node.end, (), 0, 0)
        for edge in node.edges:
            for end, way in shortest.get(id(edge.node), {}).items():
                mine = _before(edge, way)
                if end not in found or _unusual(mine) < _unusual(found[end]):
                    found[end] = mine
        shortest[id(node)] = found
    yield from shortest[id(root)].values()


def _unusual(way: Way) -> int:
    """How many things went wrong."""
    return sum(choice.how not in ("ok", "true") for choice in way.choices)


def _inside_out(root: _Node) -> list[_Node]:
    """The situations, each after all that it leads to."""
    done: list[_Node] = []
    entered = {id(root)}
    stack = [(root, iter(root.edges))]
    while stack:
        node, edges = stack[-1]
        following = next((e.node for e in edges if id(e.node) not in entered), None)
        if following is None:
            done.append(node)
            stack.pop()
        else:
            entered.add(id(following))
            stack.append((following, iter(following.edges)))
    return done
