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
    lines, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
    head = _common(lines, others)
    tail = _common(lines[head:][::-1], others[head:][::-1])
    before, after = lines[head : len(lines) - tail], others[head : len(others) - tail]
    at = start + sum(map(len, lines[:head]))
    for _, first, last, begin, end in SequenceMatcher(None, before, after).get_opcodes():
        pairs = [("".join(before[first:last]), "".join(after[begin:end]))]
        if last - first == end - begin:
            pairs = list(zip(before[first:last], after[begin:end], strict=True))
        for source, wanted in pairs:
            yield from _trimmed(source, wanted, at)
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
