"""What only echoes a fault of the text: one cause, one finding.

Where the text is broken its tree is a guess. A value that could not be read is not also missing,
a key that could not be read is not also unknown.
"""

from bisect import bisect_left
from typing import Final

from flow_core.language.problem import ProblemKind, ShapeProblem
from flow_core.places import Place, Span
from flow_core.syntax import Document, Mapping, Scalar, Sequence, SyntaxProblem

_LACKING: Final[tuple[ProblemKind, ...]] = ("missing-call", "missing-key")


class Echoes:
    """The faults of a document, and what else follows from them."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._faults = sorted({_reach(problem, document.text) for problem in document.problems})
        paths = {document.at(problem.span.start)[0] for problem in document.problems}
        self._unclear = paths | {path[:-1] for path in paths}

    def has(self, place: Place) -> bool:
        """Whether a fault stands in what is found fault with.

        That is the key alone where a collection stands behind it. A fault right behind an entry is
        in it where the value may stand there.
        """
        if not self._faults or place.file or not place.path:
            return False
        value = self._document.get(place.path)
        is_large = isinstance(value, Mapping | Sequence)
        span = self._document.locate(Place(place.path, "key" if is_large else "entry"))
        is_full = isinstance(value, Scalar) and value.text != ""
        return self._touches(Span(span.start, span.end - 1) if is_full else span)

    def has_problem(self, problem: ShapeProblem) -> bool:
        """Whether a problem of shape follows from a fault: a key that is lacking may be unread."""
        path = problem.place.path if len(problem.place.path) > 1 else ()
        return (problem.kind in _LACKING and path in self._unclear) or self.has(problem.place)

    def _touches(self, span: Span) -> bool:
        """Whether a fault begins in a span, or begins before it and reaches into it."""
        index = bisect_left(self._faults, span)
        inside = index < len(self._faults) and self._faults[index].start <= span.end
        return inside or (index > 0 and self._faults[index - 1].end > span.start)


def _reach(problem: SyntaxProblem, text: str) -> Span:
    """What a fault spoils: a line that is badly indented, and a value that it should have been."""
    span = problem.span
    if problem.kind not in ("bad-indentation", "tab-indentation"):
        return span
    end = text.find("\n", span.end)
    return Span(max(text.rfind("\n", 0, span.start), 0), len(text) if end < 0 else end)
