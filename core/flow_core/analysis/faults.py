"""Where a text is broken, and what stands too near to be judged."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from flow_core.fields import fields
from flow_core.places import Path, Place
from flow_core.syntax import Document, Mapping, Sequence

_MAX_GAP = 200
"""How many blanks may stand between an entry and a fault that concerns it."""

_DECLARING = {
    **dict.fromkeys(("components", "imports", "inputs", "state", "types"), Mapping),
    "secrets": Sequence,
}
"""The sections of a file that declare names, and how they hold them."""


def lost_sections(document: Document) -> Iterator[str]:
    """The keys of the root that may declare names which nobody can read.

    They stand twice, so that only the first of them counts, or hold no names at all.
    """
    for key, value in fields(document.root).items():
        if key in _DECLARING and not isinstance(value, _DECLARING[key]):
            yield key
    for problem in document.problems:
        path = document.at(problem.span.start)[0] if problem.kind == "duplicate-key" else ()
        if len(path) == 1:
            yield str(path[0])


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
