"""Slices of a long file about a word: the parts that hold it, as a text of their own."""

import re
from collections.abc import Sequence

from flow_core.ide.outline import Outline
from flow_core.ide.slices import MOST_PARTS, Slice, slice_of, whole

NEAREST = 20
"""How many parts are looked at: those that are nearest, so more than an editor shows at once."""


def slice_with(lines: Sequence[str], outline: Outline, line: int, word: str) -> Slice:
    """The slice that is about the parts nearest to a line that hold a word."""
    if outline.whole or not outline.parts:
        return whole(lines)
    here = outline.at(line)
    holds = re.compile(rf"\b{re.escape(word)}\b").search
    holding = (
        index
        for index, part in enumerate(outline.parts)
        if part.name and any(map(holds, lines[part.start : part.end]))
    )
    nearest = sorted({here, *holding}, key=lambda index: abs(index - here))[:NEAREST]
    return slice_of(lines, outline, sorted(nearest), room=max(MOST_PARTS, len(nearest)))
