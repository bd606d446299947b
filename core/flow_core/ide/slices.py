"""Slices: the lines of a long file that one place depends on, as a text of their own.

All that is no step, component, type or scenario is in every slice; of those, the part at hand and
what it names are, with what those name, as far as a bound allows. So what a keystroke costs does
not depend on the length of the file.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from flow_core.ide.outline import Outline

_WORD = re.compile(r"[^\W\d]\w*")

MOST_PARTS = 8
"""How many parts a slice may have beside those that it is about."""


class Slice(msgspec.Struct, frozen=True):
    """Some lines of a file.

    ``lines`` are the numbers, in the file, of its lines; ``focus`` is the range of the file's
    lines that it is about. ``cut`` tells that something it depends on may be missing, ``others``
    are the steps of the file that are not in it.
    """

    text: str
    lines: Sequence[int]
    focus: range
    cut: bool = False
    others: tuple[str, ...] = ()


def whole(lines: Sequence[str]) -> Slice:
    """All of a file."""
    return Slice("".join(lines), range(len(lines)), range(len(lines)))


def slice_at(lines: Sequence[str], outline: Outline, first: int, last: int) -> Slice:
    """The slice that is about the parts which hold the lines from ``first`` to ``last``."""
    if outline.whole or not outline.parts:
        return whole(lines)
    about = range(outline.at(first), outline.at(last) + 1)
    chosen, cut = _closure(lines, outline, about)
    if len(chosen) == len(outline.parts):
        return whole(lines)
    parts = outline.parts
    numbers = [n for index in sorted(chosen) for n in range(parts[index].start, parts[index].end)]
    names = {parts[index].name for index in chosen}
    return Slice(
        "".join([lines[number] for number in numbers]),
        numbers,
        range(parts[about[0]].start, parts[about[-1]].end),
        cut,
        tuple(name for name in outline.steps if name not in names),
    )


def _closure(lines: Sequence[str], outline: Outline, about: range) -> tuple[set[int], bool]:
    """The parts of a slice, nearest first, and whether the bound left some out."""
    chosen = {index for index, part in enumerate(outline.parts) if not part.name} | set(about)
    waiting = list(about)
    room = MOST_PARTS
    while waiting:
        found = [i for index in waiting for i in _named(lines, outline, index) if i not in chosen]
        waiting = list(dict.fromkeys(found))
        if len(waiting) > room:
            chosen.update(waiting[:room])
            return chosen, True
        room -= len(waiting)
        chosen.update(waiting)
    return chosen, False


def _named(lines: Sequence[str], outline: Outline, index: int) -> Iterable[int]:
    """The parts that a part may name."""
    part = outline.parts[index]
    named = outline.named
    for word in _words("".join(lines[part.start : part.end])):
        yield from named.get(word, ())


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_WORD.findall(text)))
