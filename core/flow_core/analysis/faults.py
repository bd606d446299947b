"""Where a text is broken, and what stands too near to be judged."""

from bisect import bisect_right
from itertools import accumulate

from flow_core.places import Path, Place
from flow_core.syntax import Document

_MAX_GAP = 200
"""How many blanks may stand between an entry and a fault that concerns it."""


class Faults:
    """The spans of a document's syntax problems, in order."""

    def __init__(self, document: Document) -> None:
        self._document = document
        spans = sorted(problem.span for problem in document.problems)
        self._starts = [span.start for span in spans]
        self._furthest_ends = list(accumulate((span.end for span in spans), max))

    def touch(self, path: Path) -> bool:
        """Whether a fault touches or follows the entry at a path.

        More may belong to such an entry than could be read.
        """
        if not self._starts:
            return False
        entry = self._document.locate(Place(path, "entry"))
        rest = self._document.text[entry.end : entry.end + _MAX_GAP]
        end = entry.end + len(rest) - len(rest.lstrip())
        before = bisect_right(self._starts, end)
        return before > 0 and self._furthest_ends[before - 1] >= entry.start
