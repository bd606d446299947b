"""Slices: the lines of a long file that one place depends on, as a text of their own.

All that is no step, component, type or scenario is in every slice; of those, the part at hand and
what it names are, with what those name, as far as a bound allows. So what a keystroke costs does
not depend on the length of the file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from flow_core.ide.outline import Outline

_WORD = re.compile(r"[^\W\d]\w*")

MOST_PARTS = 8
"""How many parts a slice may have beside those that it is about, and how many declarations."""

_DECLARED = frozenset({"types", "components"})


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
    return slice_of(lines, outline, range(outline.at(first), outline.at(last) + 1))


def slice_of(
    lines: Sequence[str], outline: Outline, about: Sequence[int], room: int = MOST_PARTS
) -> Slice:
    """The slice that is about parts by their indices; of what those name it has ``room`` for."""
    chosen, cut = _closure(lines, outline, about, room)
    if len(chosen) == len(outline.parts):
        return whole(lines)
    parts = outline.parts
    numbers = [n for index in sorted(chosen) for n in range(parts[index].start, parts[index].end)]
    names = {parts[index].name for index in chosen}
    text = _json_text(lines, numbers) if outline.kind == "json" else [lines[n] for n in numbers]
    return Slice(
        "".join(text),
        numbers,
        range(parts[about[0]].start, parts[about[-1]].end),
        cut,
        tuple(name for name in outline.steps if name not in names),
    )


def _json_text(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[str]:
    """Lines of JSON, blanks for the commas behind what is the last of its object here."""
    for number, following in pairwise((*numbers, len(lines))):
        line = lines[number]
        bare = line.rstrip()
        gap = following != number + 1 and following < len(lines)
        if gap and bare.endswith(",") and lines[following].lstrip().startswith("}"):
            line = bare[:-1] + " " + line[len(bare) :]
        yield line


def _closure(
    lines: Sequence[str], outline: Outline, about: Sequence[int], room: int
) -> tuple[set[int], bool]:
    """The parts of a slice, and whether the bound left some out."""
    parts = outline.parts
    chosen = {*about}
    cut = _grow(lines, outline, list(about), chosen, room)
    shared = list(outline.shared)
    named = [
        i for at in shared for i in _named(lines, outline, at) if parts[i].section in _DECLARED
    ]
    cut = _grow(lines, outline, shared, chosen, MOST_PARTS, among=frozenset(named)) or cut
    filled = {parts[index].section for index in chosen if parts[index].name}
    # A section without any child would be another mistake than the file has.
    firsts = [first for section, first in outline.firsts.items() if section not in filled]
    return chosen.union(shared, firsts), cut


def _grow(  # noqa: PLR0913, PLR0917 -- a text, its parts, what is there and what may come
    lines: Sequence[str],
    outline: Outline,
    waiting: list[int],
    chosen: set[int],
    room: int,
    among: frozenset[int] | None = None,
) -> bool:
    """Add what the waiting parts name, nearest first; tells whether there was more than may be.

    Of what the waiting parts themselves name only that ``among`` counts.
    """
    while waiting:
        named = (i for index in waiting for i in _named(lines, outline, index))
        found = [
            i for i in dict.fromkeys(named) if i not in chosen and (among is None or i in among)
        ]
        chosen.update(found[:room])
        if len(found) > room:
            return True
        room -= len(found)
        waiting, among = found, None
    return False


def _named(lines: Sequence[str], outline: Outline, index: int) -> Iterable[int]:
    """The parts that a part may name."""
    part = outline.parts[index]
    named = outline.named
    for word in _words("".join(lines[part.start : part.end])):
        yield from named.get(word, ())


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_WORD.findall(text)))
