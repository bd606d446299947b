"""Formatting some lines: the parts of a text that they touch, each as it would be in the whole.

A part is what can be formatted without the rest, so a fault elsewhere is no obstacle: in YAML a
run of whole blocks, in JSON an entry.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise, takewhile

from flow_core.diagnostics import Edit
from flow_core.ide.formatting.json_text import json_edits
from flow_core.ide.formatting.line_diff import line_edits
from flow_core.syntax import Document, data, parse
from flow_core.syntax.blocks import split
from flow_core.syntax.format import format_document, format_text
from flow_core.syntax.patch import apply_edits

_COLUMN = 2
"""Where the style has the children of a section."""
_END = "__end__:"
"""A key that stands for what comes behind a part."""


def format_edits(document: Document, first: int, last: int) -> list[Edit]:
    """The edits that format the parts on some lines (the last one included)."""
    covers_all = first <= 0 and last >= len(document.lines) - 1
    if not document.problems and (covers_all or _is_one(document)):
        return list(_all_edits(document))
    if document.kind == "json":
        found = list(json_edits(document, first, last))
        return found if _keeps(document, found) else []
    blocks = _Blocks(document)
    runs = _runs(blocks.wanted(first, last))
    return [edit for low, high in runs for edit in blocks.edits(low, high)]


def _keeps(document: Document, edits: list[Edit]) -> bool:
    """Whether edits leave what a text says: a broken one is read by its indentation."""
    if not document.problems:
        return True
    after = parse(apply_edits(document.text, edits), document.kind)
    faults = [[problem.kind for problem in each.problems] for each in (document, after)]
    return faults[0] == faults[1] and repr(data(after.root)) == repr(data(document.root))


def _all_edits(document: Document) -> Iterator[Edit]:
    """The edits that format all of a sound text, block by block where it has as many after it."""
    text, wanted = document.text, format_document(document)
    if wanted == text:
        return
    ends = [placed.start for placed in document.blocks[1:]]
    others = [start for section in split(wanted) for start, _ in section.ranges][1:]
    if len(ends) != len(others):
        ends = others = []
    old, new = pairwise([0, *ends, len(text)]), pairwise([0, *others, len(wanted)])
    for (start, end), (first, last) in zip(old, new, strict=True):
        yield from line_edits(text[start:end], wanted[first:last], start)


def _is_one(document: Document) -> bool:
    """Whether a text of YAML cannot be formatted in parts, for its blocks share anchors."""
    shared = any(placed.block.shift or placed.block.undefined for placed in document.blocks)
    return document.kind == "yaml" and (shared or len(document.blocks) == 1)


def _runs(indices: set[int]) -> Iterator[tuple[int, int]]:
    """Numbers as ranges of consecutive ones."""
    for _, group in groupby(enumerate(sorted(indices)), key=lambda each: each[1] - each[0]):
        run = [index for _, index in group]
        yield run[0], run[-1] + 1


class _Blocks:
    """The blocks of a text, by index."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks = document.blocks
        self._starts = [placed.start for placed in document.blocks]
        self._starts.append(len(document.text))
        faults = [problem.span.start for problem in document.problems]
        self._whole = [
            placed.block.state == "sound" and not any(start <= fault < end for fault in faults)
            for placed, (start, end) in zip(document.blocks, pairwise(self._starts), strict=True)
        ]

    def wanted(self, first: int, last: int) -> set[int]:
        """The whole blocks that some lines touch.

        Where children stand at another column than the style has them, all move or none.
        """
        lines = self._document.lines
        start, end = lines.offset(first, 0), lines.offset(last + 1, 0)
        low = bisect_right(self._starts, start) - 1
        touched = set(
            range(low, bisect_left(self._starts, max(end, start + 1), hi=len(self._blocks)))
        )
        found = {index for index in touched if self._whole[index]}
        for members in self._sections():
            if self._column(members[-1]) != _COLUMN and touched & set(members):
                is_whole = all(self._whole[index] for index in members)
                found = found | set(members) if is_whole else found - set(members)
        return found

    def _sections(self) -> Iterator[range]:
        """Each key whose children are blocks, with them."""
        for path, group in groupby(range(len(self._blocks)), key=lambda n: self._blocks[n].path):
            members = list(group)
            if path:
                yield range(members[0] - 1, members[-1] + 1)

    def _column(self, index: int) -> int:
        text = self._blocks[index].block.text
        return len(text) - len(text.lstrip(" ")) if self._blocks[index].path else 0

    def _styled_column(self, index: int) -> int:
        return _COLUMN if self._blocks[index].path else 0

    def edits(self, low: int, high: int) -> Iterator[Edit]:
        """Format a run of blocks, with lines around it that stand for the rest of the text."""
        text = self._document.text
        start, end = self._starts[low], self._starts[high]
        above, below = self._frame(low, high, self._column)
        formatted = format_text(above + text[start:end] + below, "yaml")
        above, below = self._frame(low, high, self._styled_column)
        if formatted.startswith(above) and formatted.endswith(below):
            inner = formatted[len(above) : len(formatted) - len(below)]
            yield from line_edits(text[start:end], inner, start)

    def _frame(self, low: int, high: int, column: Callable[[int], int]) -> tuple[str, str]:
        """What stands above and below a run; ``column`` says where blocks start."""
        path, indent = self._blocks[low].path, " " * column(low)
        above = [f"{path[0]}:"] if path else []
        above += [indent + comment for comment in self._comments(low)]
        below = [" " * column(high) + _END] if high < len(self._blocks) else []
        newline = "\r\n" if "\r\n" in self._document.text else "\n"
        return "".join(f"{line}{newline}" for line in above), "".join(
            f"{line}{newline}" for line in below
        )

    def _comments(self, index: int) -> list[str]:
        """The comments right above a block: they may suppress what its first line breaks."""
        lines = self._blocks[index - 1].block.text.splitlines() if index else []
        blank = takewhile(lambda line: not line or line[0] == "#", map(str.strip, lines[::-1]))
        return [line for line in blank if line][::-1]
