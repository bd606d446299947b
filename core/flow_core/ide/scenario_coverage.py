"""What scenarios cover of the pipelines that they test, by line and by step."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from flow_core.check import span_of
from flow_core.coverage.facts import covered
from flow_core.coverage.goals import goals
from flow_core.coverage.lines import LineHits, lines_of
from flow_core.module import Module
from flow_core.places import Place, Span

if TYPE_CHECKING:
    from flow_core.simulate.run import Run


class StepHits(msgspec.Struct, frozen=True):
    """How many runs came to a step, by its path in the file."""

    name: str
    span: Span
    hits: int


class FileHits(msgspec.Struct, frozen=True):
    """What is covered of a file."""

    file: str
    lines: tuple[LineHits, ...]
    steps: tuple[StepHits, ...]


class Listener:
    """Counts what runs cover; it is called with each."""

    def __init__(self) -> None:
        self._hits: dict[str, Counter[str]] = {}

    def __call__(self, run: "Run") -> None:
        """Count a run."""
        for file, ids in covered(run).items():
            self._hits.setdefault(file, Counter()).update(ids)

    def of(self, module: Module) -> Iterator[FileHits]:
        """What was covered of the pipeline that a file tests, and of those that it calls."""
        for each in module.tested.modules if module.tested else ():
            yield self._file(each)

    def _file(self, module: Module) -> FileHits:
        found, hits = goals(module), self._hits.get(module.file, Counter())
        steps = (
            StepHits(goal.path, span_of(module, Place(goal.place, "entry")), hits[goal.id])
            for goal in found
            if goal.kind == "step"
        )
        return FileHits(module.file, lines_of(found, hits), tuple(steps))
