"""Problems of shape that only echo a fault of the text: one cause, one finding.

Where the text is broken its tree is a guess. A value that could not be read is not also missing,
and a key that could not be read is not also unknown.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from flow_core.language.problem import ProblemKind, ShapeProblem
from flow_core.places import Path, Place, Span
from flow_core.syntax import Document, Mapping, Sequence

_LACKING: Final[tuple[ProblemKind, ...]] = ("missing-call", "missing-key")


def without_echoes(document: Document, problems: Iterable[ShapeProblem]) -> Iterator[ShapeProblem]:
    """The problems that have a cause of their own."""
    faults = sorted({problem.span for problem in document.problems})
    if not faults:
        yield from problems
        return
    paths = {document.at(span.start)[0] for span in faults}
    unclear = paths | {path[:-1] for path in paths}
    for problem in problems:
        is_unclear = problem.kind in _LACKING and _subject(problem) in unclear
        if not is_unclear and not _touches(_source(problem.place, document), faults):
            yield problem


def _subject(problem: ShapeProblem) -> Path:
    """The mapping that lacks a key; for the root, its first key is pointed at."""
    path = problem.place.path
    return path if len(path) > 1 else ()


def _source(place: Place, document: Document) -> Span:
    """The text of what a problem is about: the key alone where collections stand behind it."""
    is_large = isinstance(document.get(place.path), Mapping | Sequence)
    return document.locate(Place(place.path, "key" if is_large else "entry"))


def _touches(span: Span, faults: list[Span]) -> bool:
    """Whether a fault stands in a span, or begins before it and reaches into it."""
    index = bisect_left(faults, span)
    inside = index < len(faults) and faults[index].start <= span.end
    return inside or (index > 0 and faults[index - 1].end > span.start)
