"""The edits between two versions of some lines, as small as they can be read."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from flow_core.diagnostics import Edit
from flow_core.syntax.problems import edit


def line_edits(old: str, new: str, start: int = 0) -> Iterator[Edit]:
    r"""Edits of a text that begins at an offset: line by line, and in a line only what differs.

    >>> [(e.span.start, e.span.end, e.text) for e in line_edits("a:  1\nb\nc\n", "a: 1\nb\n")]
    [(3, 4, ''), (8, 10, '')]
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    at = start + len("".join(old.splitlines(keepends=True)[:head]))
    for _, first, last, begin, end in SequenceMatcher(None, before, after).get_opcodes():
        lines, others = before[first:last], after[begin:end]
        if len(lines) == len(others):
            for line, other in zip(lines, others, strict=True):
                yield from _trimmed(line, other, at)
                at += len(line)
        else:
            source = "".join(lines)
            yield from _trimmed(source, "".join(others), at)
            at += len(source)


def _common(one: list[str], other: list[str]) -> int:
    """How many lines two versions begin with in common."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _trimmed(old: str, new: str, at: int) -> Iterator[Edit]:
    """The edit from one text to another, without what they begin and end with in common."""
    if old == new:
        return
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    yield edit(at + head, at + len(old) - tail, new[head : len(new) - tail])
