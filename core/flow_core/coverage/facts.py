"""What a run has covered, read from its notes."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flow_core.analysis.waits import wait
from flow_core.coverage.names import (
    BUDGET,
    DEFAULTS,
    FINALLY,
    breaker_id,
    elements_id,
    goal_id,
    transition_id,
)
from flow_core.coverage.spots import breakers, options, pipelines
from flow_core.coverage.where import Where, find
from flow_core.kernel.attempts import NOT_RETRIED
from flow_core.kernel.events import Note
from flow_core.plan import plan as p

if TYPE_CHECKING:
    from flow_core.simulate.run import Run


def covered(run: "Run") -> dict[str, frozenset[str]]:
    """The ids of what a run covered, by absolute file: its own and those of sub-pipelines."""
    return covered_by(run.plan, run.notes)


def covered_by(plan: p.PipelinePlan, notes: Iterable[Note]) -> dict[str, frozenset[str]]:
    """The same of a plan and what happened in a run of it."""
    reader = _Reader(plan)
    for note in notes:
        reader.read(note)
    reader.finish()
    return {file: frozenset(ids) for file, ids in reader.found.items()}


class _Reader:
    """Reads notes in their order.

    ``statuses`` are those of steps by path, ``chosen`` the branches that were last taken there,
    ``failed`` is an attempt that has just failed, of which the next note tells whether it is tried
    again.
    """

    def __init__(self, plan: p.PipelinePlan) -> None:
        self.plan = plan
        self.found: dict[str, set[str]] = {plan.file: set()}
        self.statuses: dict[str, str] = {}
        self.chosen: dict[str, tuple[int, ...]] = {}
        self.began: dict[str, tuple[int, int]] = {}
        self.failed: Note | None = None

    def read(self, note: Note) -> None:
        if self.failed is not None and not _is_about_retry(note, self.failed):
            self.finish()
        reader = _READERS.get(note.what)
        if reader is not None:
            reader(self, note)

    def finish(self) -> None:
        """The attempt that failed last is not tried again."""
        note, self.failed = self.failed, None
        where = self._where(note.path) if note is not None else None
        if note is None or where is None:
            return
        if where.spot.undoes:
            self._add(where, "uncompensated")
        if self._is_exhausted(where, note):
            self._add_policy(where, "retry:exhausted")

    def _is_exhausted(self, where: Where, note: Note) -> bool:
        """Whether there is no further attempt because all that may be made were made."""
        retry = where.call.policy.retry if where.call else None
        if retry is None or retry.policy.max_attempts == 1 or not _may_retry(retry, note.how):
            return False
        last = retry.policy.max_duration
        late = note.at + wait(retry.policy, note.attempt) - self.began[note.path][0]
        return note.attempt == retry.policy.max_attempts or (last is not None and late >= last)

    def _where(self, path: str) -> Where | None:
        return find(self.plan, path, self.chosen)

    def _add(self, where: Where, what: str) -> None:
        self._cover(where.pipeline.file, goal_id(where.spot.name, what))

    def _add_policy(self, where: Where, what: str) -> None:
        """Add what a policy did: it counts where it is written."""
        inherited = where.call.policy.inherited if where.call is not None else ()
        spot = DEFAULTS if what.partition(":")[0] in inherited else where.spot.name
        self._cover(where.pipeline.file, goal_id(spot, what))

    def _cover(self, file: str, goal: str) -> None:
        self.found.setdefault(file, set()).add(goal)

    # Conditions

    def decided(self, note: Note) -> None:
        path, _, what = note.path.partition(".")
        path, _, iteration = path.partition("#")
        where = self._where(path)
        if where is None:
            return
        if what.rpartition(".")[2].startswith("switch["):
            self._branch(where, path, what, note.how)
        elif what == "when":
            self._add(where, f"when:{note.how}")
        elif what == "for_each":
            self._add(where, elements_id(int(note.how.partition(" ")[0])))
        elif what == "repeat.until":
            self._until(where, int(iteration), note.how)
        elif note.how == "false" and what == "retry.when":
            self._add_policy(where, "retry:declined")
        elif note.how == "false":
            handler = what.removesuffix(".when")
            self._cover(where.pipeline.file, goal_id(f"{where.spot.name}!{handler}", "declined"))

    def _branch(self, where: Where, path: str, what: str, how: str) -> None:
        option = next((each for each in options(where.spot.call) if each.name == what), None)
        if how == "true":
            self._add(where, f"{what}:taken")
            self.chosen[path] = tuple(int(part[:-1]) for part in what.split("switch[")[1:])
        elif option is not None and option.last:
            self._add(where, f"{option.switch}:none")

    def _until(self, where: Where, iteration: int, how: str) -> None:
        repeat = where.spot.step.repeat
        if how == "true":
            self._add(where, "repeat:until")
        elif repeat is not None and iteration >= repeat.max_iterations:
            self._add(where, "repeat:exhausted")

    # Attempts

    def started(self, note: Note) -> None:
        first = self.began[note.path][0] if note.attempt > 1 else note.at
        self.began[note.path] = first, note.at
        where = self._where(note.path)
        if where is not None and where.spot.handler is None:
            self._add(where, "ran")
            self._entered(where, note.path)

    def ended(self, note: Note) -> None:
        where = self._where(note.path)
        if where is None or where.call is None or note.how == "cut":
            return
        signalled = isinstance(where.call, p.Leaf) and where.call.waits == "signal"
        if note.how == "ok":
            if signalled:
                self._add(where, "signal:answered")
            return
        self.failed = note
        if note.how == "timeout" and self._is_cut(where.call.policy, note):
            self._add_policy(where, "signal:timed out" if signalled else "timeout:cut")

    def _is_cut(self, policy: p.Policy, note: Note) -> bool:
        """Whether the timeout of the call ended it, and not that of all its attempts."""
        if policy.timeout is None:
            return False
        has_last = policy.retry is not None and policy.retry.policy.max_duration is not None
        return not has_last or note.at - self.began[note.path][1] >= policy.timeout

    def waits(self, note: Note) -> None:
        if note.how != "retry":
            return
        self.failed = None
        where = self._where(note.path)
        if where is not None:
            self._add_policy(where, "retry:used")

    def caught(self, note: Note) -> None:
        where = self._where(f"{note.path}!catch[{note.attempt}]")
        if where is not None:
            self._add(where, "taken")

    def compensating(self, note: Note) -> None:
        where = self._where(note.path)
        if where is not None:
            self._add(where, "compensated")

    # Steps

    def settled(self, note: Note) -> None:
        where = self._where(note.path)
        if where is None:
            return
        if note.how != "cancelled":
            self._add(where, "ran")
        if not note.path.endswith("]"):
            self.statuses[note.path] = "succeeded" if note.how == "recovered" else note.how
        self._entered(where, note.path)

    def skipped(self, note: Note) -> None:
        where = self._where(note.path)
        self.statuses[note.path] = "skipped"
        if where is not None and note.how in ("when", "skip", "no_match"):
            self._entered(where, note.path)

    def _entered(self, where: Where, path: str) -> None:
        """The conditions of a step held: what it waited for had these statuses."""
        around, slash, _ = path.rpartition("/")
        step = where.spot.step
        for dependency in (*step.dependencies, *step.outer):
            source = where.spot.graph.steps[dependency.step].name
            status = self.statuses.get(around + slash + source)
            if status is not None:
                self._cover(where.pipeline.file, transition_id(source, step.name, status))

    # Scopes, and what all of a run share

    def finally_(self, note: Note) -> None:
        if note.how != "succeeded":
            self._in_scope(note.path, FINALLY)

    def budget(self, note: Note) -> None:
        self._in_scope(note.path, BUDGET)

    def _in_scope(self, path: str, goal: str) -> None:
        if not path:
            self._cover(self.plan.file, goal)
            return
        where = self._where(path.rstrip("/"))
        if where is not None and isinstance(where.call, p.SubPipeline):
            self._cover(where.call.pipeline.file, goal)

    def breaker(self, note: Note) -> None:
        if note.how != "open":
            return
        for file, plans in pipelines(self.plan).items():
            for plan in plans:
                if note.path in (known := breakers(plan)):
                    self._cover(file, breaker_id(known[note.path][0][2]))


_READERS: dict[str, Callable[[_Reader, Note], None]] = {
    "decided": _Reader.decided,
    "assumed": _Reader.decided,
    "started": _Reader.started,
    "ended": _Reader.ended,
    "waits": _Reader.waits,
    "caught": _Reader.caught,
    "compensating": _Reader.compensating,
    "settled": _Reader.settled,
    "skipped": _Reader.skipped,
    "finally": _Reader.finally_,
    "budget": _Reader.budget,
    "breaker": _Reader.breaker,
}


def _is_about_retry(note: Note, failed: Note) -> bool:
    """Whether a note tells if an attempt that failed is tried again."""
    if note.what == "waits":
        return note.path == failed.path
    return note.what in ("decided", "assumed") and note.path == f"{failed.path}.retry.when"


def _may_retry(retry: p.RetryPlan, error: str) -> bool:
    errors = retry.policy.errors
    return error not in NOT_RETRIED if errors is None else error in errors
