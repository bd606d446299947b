"""The parts of a long file that name a step, as a text of their own."""

from collections.abc import Iterator, Sequence

from flow_core.ide.outline import Outline

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
