"""Which parts of a long file have to do with one another by the names of steps."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from flow_core.ide.outline import Outline
from flow_core.module import Module

MOST_PARTS = 60
"""More parts than that are not looked at."""


def text_naming(lines: Sequence[str], outline: Outline, name: str) -> str:
    """The text of what is no step, of a step, and of the steps that name it.

    So the text has all that waits for the step, as far as the bound allows.
    """
    chosen = set(_steps(lines, outline, name))
    numbers = (
        number
        for index, part in enumerate(outline.parts)
        if not part.name or index in chosen
        for number in range(part.start, part.end)
    )
    return "".join([lines[number] for number in numbers])


def _steps(lines: Sequence[str], outline: Outline, name: str) -> Iterator[int]:
    """The indices of the parts that hold a name."""
    room = MOST_PARTS
    for index, part in enumerate(outline.parts):
        if part.name == name:
            yield index
        elif room and part.name and any(name in line for line in lines[part.start : part.end]):
            room -= 1
            yield index


def reaches(module: Module, steps: Iterable[str], others: Collection[str]) -> bool:
    """Whether one of some steps depends, through whatever steps, on one of others.

    If those are the steps that a slice leaves out, it can't tell how the first may end.
    """
    waiting = list(steps) if others else []
    seen = set(waiting)
    for step in waiting:  # grows while it is walked
        named = {use.target for use in module.uses if use.step == step} - seen
        seen |= named
        waiting += named
    return not seen.isdisjoint(others)
