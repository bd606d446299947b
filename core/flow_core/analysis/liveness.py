"""Steps that can never run, and steps that can never succeed."""

from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from flow_core.analysis.graph import Edge
from flow_core.diagnostics import Related
from flow_core.model.pipeline import Skip, Step, Switch, Uses
from flow_core.places import Place

if TYPE_CHECKING:
    from flow_core.module import Module

MOST_NOTES = 8


class Liveness:
    """Which steps of a file never run, and where that begins.

    ``roots`` holds the steps that never run for a reason of their own: a dependency that can't be
    as it must, or None where their `when` never holds. ``cause`` leads from each step that never
    runs to its root; only steps whose conditions a skipped step does not meet follow a root.
    """

    def __init__(self, module: "Module") -> None:
        self._module = module
        self._graph = module.graph
        self._tolerant: set[str] = set()
        self.roots: dict[str, Edge | None] = {}
        self.cause: dict[str, str] = {}
        for name in self._graph.order:
            self._judge(name)

    @cached_property
    def _behind(self) -> dict[str, list[str]]:
        """For each root the other steps that never run because of it."""
        found: dict[str, list[str]] = {root: [] for root in self.roots}
        for step, root in self.cause.items():
            if step != root:
                found[root].append(step)
        return found

    def notes(self, root: str) -> tuple[Related, ...]:
        """Where the steps are that never run because of one; only the first few."""
        found = ((step, self._graph.infos[step].step.path) for step in self._behind.get(root, ()))
        return tuple(
            Related(Place(path, "key"), f"so `{step}` never runs either")
            for step, path in islice(found, MOST_NOTES)
        )

    def succeeds(self, step: str) -> bool:
        """Whether a step can succeed, as far as the file tells."""
        return step not in self.cause and not self._never_succeeds(self._graph.infos[step].step)

    def _judge(self, name: str) -> None:
        edges = self._graph.edges[name].values()
        if any("failed" in edge.statuses or edge.target in self._tolerant for edge in edges):
            self._tolerant.add(name)
        step = self._graph.infos[name].step
        if self._module.conditions.outcome((*step.path, "when")) is False:
            self.roots[name] = None
            self.cause[name] = name
            return
        for target in self._graph.siblings[name]:
            edge = self._graph.edges[name][target]
            if target in self.cause and not {"skipped", "cancelled"} & set(edge.statuses):
                self.cause[name] = self.cause[target]
                return
            if target not in self.cause and not self._can_hold(edge):
                self.roots[name] = edge
                self.cause[name] = name
                return

    def _can_hold(self, edge: Edge) -> bool:
        """Whether a dependency that may run can be as its step wants it."""
        outcomes = self._module.outcomes
        target = self._graph.infos[edge.target].step
        possible = {"cancelled"}
        if not self._never_succeeds(target):
            possible.add("succeeded")
        if outcomes.may_fail(edge.target):
            possible.add("failed")
        if outcomes.may_skip(edge.target) or self._may_be_passed_over(edge):
            possible.add("skipped")
        return bool(possible & set(edge.statuses))

    def _may_be_passed_over(self, edge: Edge) -> bool:
        """Whether a failing run may skip the target and still start the step."""
        if self._graph.infos[edge.step].section == "finally":
            return bool(self._graph.edges[edge.target])
        return edge.step in self._tolerant

    def _never_succeeds(self, step: Step) -> bool:
        """Whether a step only fails, with `std.fail`, or each branch of its switch skips it."""
        if step.for_each is not None or step.catch:
            return False
        match step.call:
            case Uses(target="std.fail"):
                return True
            case Switch(branches=branches):
                return bool(branches) and all(isinstance(b.call, Skip) for b in branches)
            case _:
                return False
