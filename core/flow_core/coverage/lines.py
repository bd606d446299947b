"""Coverage by lines, for editors and for formats that know nothing else."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import msgspec

from flow_core.coverage.data import Coverage, name_of
from flow_core.coverage.goal import Goal
from flow_core.coverage.goals import goals
from flow_core.module import Module


class BranchHits(msgspec.Struct, frozen=True):
    """One of the ways that a line can go, and how many runs went it."""

    id: str
    label: str
    hits: int


class LineHits(msgspec.Struct, frozen=True):
    """A line, from 1, with something to cover: how many runs came there, and its ways.

    A line with one thing to cover has no ``branches``. ``label`` names all that stands there.
    """

    line: int
    hits: int
    label: str
    branches: tuple[BranchHits, ...] = ()

    @property
    def covered(self) -> int:
        """How many of the branches were taken."""
        return sum(branch.hits > 0 for branch in self.branches)


def coverage_lines(
    module: Module, coverage: Coverage, root: str | None = None
) -> tuple[LineHits, ...]:
    """The lines of a module's file that have something to cover, from the first to the last.

    ``root`` is what the names in ``coverage`` start from: the root of the project, if it is not
    given. A module that is no pipeline, or that can't be run, has no lines.
    """
    name = name_of(module.file, module.project.settings.root if root is None else root)
    return lines_of(goals(module), coverage.hits(name, module.document.text))


def lines_of(found: Sequence[Goal], hits: Mapping[str, int]) -> tuple[LineHits, ...]:
    """The lines of goals of one file."""
    ordered = sorted(found, key=attrgetter("line"))
    return tuple(
        _line(number, list(group), hits) for number, group in groupby(ordered, attrgetter("line"))
    )


def _line(number: int, found: Sequence[Goal], hits: Mapping[str, int]) -> LineHits:
    steps = [goal for goal in found if goal.kind == "step"]
    ways = [goal for goal in found if goal.kind != "step"] if len(found) > 1 else []
    came = max(hits.get(goal.id, 0) for goal in steps or found)
    label = ", ".join(dict.fromkeys(goal.path or goal.kind for goal in found))
    branches = tuple(BranchHits(goal.id, goal.named, hits.get(goal.id, 0)) for goal in ways)
    return LineHits(number, came, label, branches)
