"""Every end of a run by brute force: one simulation for each combination of what can happen."""

from collections.abc import Iterator, Mapping

from flow_core.diagnostics import Json
from flow_core.kernel import Kernel
from flow_core.kernel.events import Assume, Event, Failed, Start, Succeeded
from flow_core.plan.plan import Leaf, PipelinePlan
from flow_core.simulate import Run, simulate
from flow_core.simulate.explore import End
from flow_core.simulate.outcomes import Result, unknown_outputs

Choices = dict[str, str]


class TooManyRunsError(Exception):
    """There are more combinations than were asked for."""


class _Chosen:
    """Ends attempts as was chosen, and notes the first attempt for which nothing was."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self.open: tuple[str, list[str]] | None = None

    def __call__(self, start: Start, leaf: Leaf, _kernel: Kernel) -> Result | None:
        if not leaf.target.effect:
            return None
        what = f"{start.key}:{start.attempt}"
        how = self._choices.get(what)
        if how is None:
            self.open = self.open or (what, _options(leaf))
            how = "ok"
        takes = leaf.target.p50 or 0
        if how == "hangs":
            return Result(takes, None)
        if how == "ok":
            return Result(takes, Succeeded(start.id, unknown_outputs(start, leaf)))
        return Result(takes, Failed(start.id, how))


def _options(leaf: Leaf) -> list[str]:
    hangs = ["hangs"] if leaf.policy.timeout is not None else []
    return ["ok", *sorted(leaf.target.errors or ()), *hangs]


def every_run(plan: PipelinePlan, inputs: Mapping[str, Json], most: int) -> Iterator[Run]:
    """One run for each way in which attempts can end and conditions can come out."""
    todo: list[tuple[Choices, dict[str, bool]]] = [({}, {})]
    runs = 0
    while todo:
        choices, answers = todo.pop()
        runs += 1
        if runs > most:
            raise TooManyRunsError
        chosen = _Chosen(choices)
        events: list[tuple[int, Event]] = [(0, Assume(q, a)) for q, a in answers.items()]
        run = simulate(plan, inputs, source=chosen, events=events)
        asked = [n.path for n in run.notes if n.what == "assumed"]
        question = next(
            (q for q in asked if q not in answers and not q.endswith(".for_each")), None
        )
        if question is not None:
            todo += [(choices, {**answers, question: answer}) for answer in (True, False)]
        elif chosen.open is not None:
            what, options = chosen.open
            todo += [({**choices, what: how}, answers) for how in options]
        else:
            yield run


def end_of(run: Run) -> End:
    """How a run ended, as an exploration tells it."""
    outcome = run.outcome
    if outcome is None:
        return End("waiting", "")
    missing = tuple(name for name, value in (outcome.outputs or {}).items() if value is None)
    error = outcome.error.name if outcome.error else ""
    return End(outcome.status, error, missing, run.kernel.root.uncompensated > 0)
