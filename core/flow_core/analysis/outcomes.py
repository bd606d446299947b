"""What can become of each step, as far as the file tells: whether it may be skipped or fail."""

from collections.abc import Set as AbstractSet

from flow_core.analysis.graph import Graph
from flow_core.expr.narrowing import NOTHING, facts
from flow_core.expr.scope import Scope
from flow_core.model.pipeline import Constant, Expression, Give, Handler, Skip, Step, Switch, Value
from flow_core.model.walk import StepInfo
from flow_core.places import Path
from flow_core.types import Type


class Outcomes:
    """The statuses that each step of a file can end with in a run that nobody cancels.

    ``misread`` are the paths of expressions that could not be read.
    """

    def __init__(self, graph: Graph, inputs: Type, misread: AbstractSet[Path]) -> None:
        self._graph = graph
        self._misread = misread
        self._inputs = Scope({"inputs": inputs})
        self._skips: set[str] = set()
        self._fails: set[str] = set()
        for name in graph.order:
            self._judge(graph.infos[name])

    def may_skip(self, step: str) -> bool:
        """Whether a run that does not fail may skip a step."""
        return step in self._skips

    def may_fail(self, step: str) -> bool:
        """Whether a step may fail: all but those that handle it or only give values."""
        return step in self._fails

    def skips_activation(self, step: Step) -> bool:
        """Whether one activation may give nothing: no branch matches, or a handler skips."""
        if any(isinstance(handler.call, Skip) for handler in step.catch):
            return True
        return isinstance(step.call, Switch) and not self.is_total(step.call)

    def is_total(self, switch: Switch) -> bool:
        """Whether some branch always matches and none skips."""
        branches = switch.branches
        if not branches or any(isinstance(branch.call, Skip) for branch in branches):
            return False
        return branches[-1].when is None or self._is_exhaustive(switch)

    def _is_exhaustive(self, switch: Switch) -> bool:
        """Whether the last condition holds wherever none before it does.

        That of a `switch` over an enum does, where it names the only value that is left.
        """
        *before, last = (branch.when for branch in switch.branches)
        known = NOTHING
        for condition in before:
            if isinstance(condition, Expression):
                known = known.both(facts(condition.tree, truth=False))
        from flow_core.expr.constants import truth

        scope = self._inputs.narrowed(known)
        return isinstance(last, Expression) and truth(last.tree, scope) is True

    def _skips_itself(self, step: Step) -> bool:
        """Whether a step's own keys can skip it; of a list, elements are skipped instead."""
        return self.has_condition(step) or (step.for_each is None and self.skips_activation(step))

    def has_condition(self, step: Step) -> bool:
        """Whether a step has a `when` that may skip it; one that can't be read decides nothing."""
        match step.when:
            case None:
                return False
            case Constant(data=data):
                return isinstance(data, bool)
            case _:
                return (*step.path, "when") not in self._misread

    def _judge(self, info: StepInfo) -> None:
        step = info.step
        if self._skips_itself(step) or self._waits_in_vain(step.name):
            self._skips.add(step.name)
        if may_fail(step):
            self._fails.add(step.name)

    def _waits_in_vain(self, name: str) -> bool:
        """Whether a dependency may settle in a way that skips the step in a run without failure.

        Only those of its own level: for the others the step waits whose group holds this one.
        """
        edges = self._graph.edges[name]
        return any(
            (target in self._skips and "skipped" not in edges[target].statuses)
            or "succeeded" not in edges[target].statuses
            for target in self._graph.siblings[name]
        )


def may_fail(step: Step) -> bool:
    """Whether a step's own keys leave room for a failure.

    An expression can fail wherever it stands. A handler that takes every error and only gives a
    constant or skips leaves nothing but failures of `set`.
    """
    if any(not isinstance(value, Constant) for value in step.set.values()):
        return True
    if any(_takes_everything(handler) for handler in step.catch):
        return False
    values = (step.when, step.for_each)
    return not isinstance(step.call, Give) or not all(map(_is_constant, (*values, step.call.value)))


def _takes_everything(handler: Handler) -> bool:
    certain = isinstance(handler.call, Skip) or (
        isinstance(handler.call, Give) and isinstance(handler.call.value, Constant)
    )
    return certain and handler.errors is None and handler.when is None


def _is_constant(value: Value | None) -> bool:
    return value is None or isinstance(value, Constant)
