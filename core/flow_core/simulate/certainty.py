"""Which steps will run, which may, and which won't: what a dry run knows and what it assumed.

A step whose `when` depends on what is only known after the run *may* run, and so may all that waits
for it. That effects succeed is taken for granted: the question is what conditions decide.
"""

from collections.abc import Iterable, Mapping

from flow_core.kernel.events import Note
from flow_core.plan import plan as p
from flow_core.plan.find import attempted, without_indices
from flow_core.simulate.timeline import Certainty, Row

_EITHER_WAY = {"succeeded", "skipped"}
"""Who accepts both does not care whether a step runs."""


def certainties(
    plan: p.PipelinePlan, rows: Mapping[str, Row], notes: Iterable[Note]
) -> dict[str, Certainty]:
    """How certain it is that each step runs, by its path without indices."""
    assumed = {_question(note.path) for note in notes if note.what == "assumed"}
    unsure = _Unsure(assumed)
    unsure.graph(plan.graph, "", inherited=False)
    ran = {without_indices(row.path) for row in rows.values() if row.start is not None}
    found: dict[str, Certainty] = {}
    for path, is_unsure in unsure.found.items():
        found[path] = "may" if is_unsure else "will" if path in ran else "wont"
    return found


def _question(path: str) -> str:
    """A question without indices and iterations."""
    head, dot, tail = path.rpartition(".")
    return without_indices(head.partition("#")[0]) + dot + tail


class _Unsure:
    """Walks a plan: which steps depend on what was assumed."""

    def __init__(self, assumed: set[str]) -> None:
        self._assumed = assumed
        self.found: dict[str, bool] = {}

    def graph(self, graph: p.GraphPlan, prefix: str, *, inherited: bool) -> None:
        """Judge the steps of a graph, dependencies first."""
        known = [False] * len(graph.steps)
        for position in graph.order:
            step = graph.steps[position]
            path = prefix + step.name
            known[position] = (
                inherited
                or f"{path}.when" in self._assumed
                or f"{path}.for_each" in self._assumed
                or any(
                    known[d.step] and not {*d.statuses} >= _EITHER_WAY for d in step.dependencies
                )
            )
            self.found[path] = known[position]
            self._inside(step, path, inherited=known[position])

    def _inside(self, step: p.StepPlan, path: str, *, inherited: bool) -> None:
        chosen = any(question.startswith(f"{path}.switch[") for question in self._assumed)
        for call in attempted(step.call):
            if not isinstance(call, p.Leaf):
                graph = call.graph if isinstance(call, p.GroupCall) else call.pipeline.graph
                self.graph(graph, f"{path}/", inherited=inherited or chosen)
